"""The pages: drafting for many, signing only with the password given again, the list, files, the verification that tells nothing more."""

import io

import pytest

from ronghe.common.calendar import at_time, now, today
from ronghe.letters.models import Letter, LetterTemplate, Signature
from ronghe.letters.rules import show_code
from tests.letters.cases import draft, fresh, pend, post_of, prepare, put_in_force
from tests.people import PASSWORD


@pytest.fixture
def real(client, world, settings):
    """enter(person) → a session opened with the password, as people do."""
    settings.RONGHE_REQUIRE_MFA = False

    def enter(person):
        client.logout()
        answer = client.post("/accounts/login/", {"login": person.user.username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()[:2000]
        return client

    return enter


def press(client, letter, digest=None):
    return client.post(f"/letters/{letter.pk}/sign/", {"agree": "on", "digest": digest or letter.digest})


def test_signing_takes_the_password_again(world, real):
    letter = pend(world)
    client = real(world.liuhaitao)
    page = client.post(f"/letters/{letter.pk}/sign/", {"digest": letter.digest})
    assert (page.status_code, "请先通读全文" in page.content.decode()) == (422, True)
    asked = press(client, letter)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert not Signature.objects.exists()
    wrong = client.post(asked["Location"], {"password": "不是这个"})
    assert wrong.status_code == 200
    assert not Signature.objects.exists()
    done = client.post(asked["Location"], {"password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, f"/letters/{letter.pk}/")
    assert Signature.objects.get().how == "password"
    second = real(world.lijianguo)
    asked = press(second, letter)
    second.post(asked["Location"], {"password": PASSWORD})
    assert fresh(letter).state == "active"
    page = second.get(f"/letters/{letter.pk}/").content.decode()
    assert "存档 PDF" in page
    assert show_code(fresh(letter).code) in page


def test_one_proof_is_good_for_one_signature(world, real):
    template = prepare(world)
    first = pend(world, template=template)
    draft(world, template=template, unit="注采二站")
    client = real(world.lijianguo)
    asked = press(client, first)
    client.post(asked["Location"], {"password": PASSWORD})
    assert Signature.objects.count() == 1
    Signature.objects.update(void_at=now())
    again = press(client, first)
    assert again["Location"].startswith("/accounts/reauthenticate/")
    assert Signature.objects.filter(void_at=None).count() == 0


def test_guessing_is_slowed_like_at_the_login(world, real, settings):
    settings.AXES_ENABLED = True
    letter = pend(world)
    client = real(world.liuhaitao)
    asked = press(client, letter)
    codes = [client.post(asked["Location"], {"password": f"猜{n}"}).status_code for n in range(12)]
    assert codes[0] == 200
    assert codes[-1] in (403, 429)
    client.post(asked["Location"], {"password": PASSWORD})
    assert not Signature.objects.exists()


def test_a_text_that_changed_meanwhile_is_not_signed(world, real):
    letter = pend(world)
    client = real(world.liuhaitao)
    asked = press(client, letter, digest="0" * 64)
    page = client.post(asked["Location"], {"password": PASSWORD})
    assert (page.status_code, "没有签" in page.content.decode()) == (422, True)
    assert not Signature.objects.exists()


def test_drafted_for_all_and_sent_together(world, login):
    template = prepare(world)
    client = login(world.lijianguo)
    page = client.get(f"/letters/templates/{template.pk}/draft/")
    offered = [label for _pk, label in page.context["form"].fields["posts"].choices]
    assert offered == [
        "注采一站党小组:刘海涛(党小组长)", "注采二站党小组:孙丽华(党小组长)", "注采三站党小组:马晓燕(党小组长)",
    ]  # fmt: skip
    posts = [post_of(world, "group_leader", world.unit[name]).pk for name in ("注采一站", "注采二站")]
    data = {"year": today().year, "first": post_of(world, "branch_secretary").pk, "posts": posts}
    assert client.post(f"/letters/templates/{template.pk}/draft/", data).status_code == 302
    drafts = list(Letter.objects.order_by("pk"))
    assert [row.second.name for row in drafts] == ["刘海涛", "孙丽华"]
    answer = client.post("/letters/send/", {"letter": [row.pk for row in drafts]}, HTTP_REFERER="/letters/")
    assert (answer.status_code, Letter.objects.filter(state="pending").count()) == (302, 0), "one has no duties: none is sent"
    answer = client.post("/letters/send/", {"letter": [drafts[0].pk]})
    assert [row.state for row in Letter.objects.order_by("pk")] == ["pending", "draft"]
    again = client.post(f"/letters/templates/{template.pk}/draft/", data)
    assert (again.status_code, Letter.objects.count()) == (422, 2)


def test_a_returned_letter_is_edited_in_the_page(world, login):
    letter = pend(world)
    client = login(world.liuhaitao)
    bad = client.post(f"/letters/{letter.pk}/return/", {"r-reason": "", "version": letter.version})
    assert bad.status_code == 422
    assert client.post(f"/letters/{letter.pk}/return/", {"r-reason": "第3条删去", "version": letter.version}).status_code == 302
    client = login(world.lijianguo)
    page = client.get(f"/letters/{letter.pk}/edit/")
    formset = page.context["rows"]
    data = {f"l-{name}": value for name, value in formset.management_form.initial.items()}
    for form in formset:
        data |= {f"{form.prefix}-{name}": form.initial.get(name, "") for name in form.fields}
    data |= {"valid_from": letter.valid_from, "valid_to": letter.valid_to, "extra": "补充", "version": page.context["version"]}
    bad = client.post(f"/letters/{letter.pk}/edit/", data | {"l-0-degree": ""})
    assert (bad.status_code, "第 1 条" in bad.content.decode()) == (422, True)
    dropped = data | {"l-2-what": "", "l-2-how": "", "l-2-degree": ""}
    assert client.post(f"/letters/{letter.pk}/edit/", dropped).status_code == 302
    assert fresh(letter).lines.count() == len(formset) - 3
    stale = client.post(f"/letters/{letter.pk}/edit/", dropped)
    assert (stale.status_code, "没有丢失" in stale.content.decode()) == (422, True)


def test_list_filters_files_and_search(world, login):
    letter = put_in_force(world)
    client = login(world.lijianguo)
    assert [line.pk for line, _ready in client.get("/letters/").context["lines"]] == [letter.pk]
    assert [line.pk for line, _ready in client.get("/letters/?state=pending").context["lines"]] == []
    assert [line.pk for line, _ready in client.get("/letters/?text=刘海涛&state=mine").context["lines"]] == [letter.pk]
    assert client.get("/letters/print/").status_code == 200
    assert client.get(f"/letters/{letter.pk}/print/").status_code == 200
    assert client.get(f"/letters/{letter.pk}/word/").getvalue().startswith(b"PK")
    assert letter.number in client.get(f"/search/?q={letter.number}").content.decode()
    assert login(world.sunlihua).get(f"/letters/{letter.pk}/").status_code == 404


def test_the_review_page(world, login):
    letter = put_in_force(world)
    client = login(world.lijianguo)
    with at_time(now().replace(year=letter.year, month=12, day=10)):
        page = client.get(f"/letters/{letter.pk}/review/")
        rows = page.context["rows"]
        data = {f"v-{name}": value for name, value in rows.management_form.initial.items()} | {
            "version": page.context["version"],
            "summary": "",
        }
        for number, form in enumerate(rows):
            data |= {
                f"{form.prefix}-line": form.initial["line"],
                f"{form.prefix}-verdict": "done" if number else "",
                f"{form.prefix}-note": "",
            }
        bad = client.post(f"/letters/{letter.pk}/review/", data)
        assert (bad.status_code, "第 1 条还没有评议" in bad.content.decode()) == (422, True)
        assert client.post(f"/letters/{letter.pk}/review/", data | {"v-0-verdict": "done"}).status_code == 302
        client = login(world.liuhaitao)
        assert client.post(f"/letters/{letter.pk}/answer/", {"answer": "无异议", "version": fresh(letter).version}).status_code == 302
        assert "无异议" in client.get(f"/letters/{letter.pk}/print/").content.decode()


def test_verification_tells_true_or_false_and_nothing_more(world, client, login):
    from ronghe.documents.actions import read_bytes
    from ronghe.letters import paper
    from ronghe.letters.actions.signing import find_archive

    letter = put_in_force(world)
    paper.archive(letter)
    address = f"/letters/verify/{letter.code}/"
    page = client.get(address).content.decode()
    assert "<strong>真</strong>" in page
    told = [
        word
        for word in ("刘海涛", "李建国", letter.number, letter.digest, "注采一站", "责任书模板", f"/letters/{letter.pk}/")
        if word in page
    ]
    assert told == []
    assert "<strong>假</strong>" in client.get(f"/letters/verify/{'A' * 16}/").content.decode()
    assert "<strong>假</strong>" in client.post("/letters/verify/", {"code": "随便"}).content.decode()
    data = read_bytes(find_archive(letter))
    for content, word in ((data, "真"), (data + b" ", "假")):
        file = io.BytesIO(content)
        file.name = "责任书.pdf"
        page = client.post("/letters/verify/", {"code": show_code(letter.code).lower(), "file": file}).content.decode()
        assert f"<strong>{word}</strong>" in page
    assert f"/letters/{letter.pk}/" in login(world.liuhaitao).get(address).content.decode()
    assert f"/letters/{letter.pk}/" not in login(world.sunlihua).get(address).content.decode()


def test_the_templates_page_says_how_many_have_signed(world, login):
    put_in_force(world)
    page = login(world.lijianguo).get("/letters/templates/")
    row = next(one for one in page.context["rows"] if one[0].whom == "group")
    assert row[1:] == (1, 3)
    template = LetterTemplate.objects.get(whom="group", area=world.area)
    assert login(world.lijianguo).get(f"/letters/templates/{template.pk}/file/").getvalue().startswith(b"PK")
