"""责任书 from the draft to the year's end: every step from every state, by whom, what is signed, what becomes of it."""

import contextlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.common.calendar import at_time, now, today
from ronghe.documents.queries import list_documents
from ronghe.duties.actions.handovers import hand_over
from ronghe.duties.models import HandoverLine
from ronghe.letters.actions.drafts import draft_letters, redraft_letter, return_letter, save_letter, send_letter, withdraw_letter
from ronghe.letters.actions.reviews import answer_review, open_reviews, review_letter
from ronghe.letters.actions.signing import archive_letter, end_letter, sign_letter
from ronghe.letters.models import Letter, LetterLine, Signature
from ronghe.letters.paper import build_letter, follow_letters
from ronghe.letters.permissions import may_keep
from ronghe.letters.queries.letters import count_matters
from ronghe.notices.models import Notice
from ronghe.org.models import Appointment
from ronghe.worklist.models import Task
from tests.duties.cases import adopt, user
from tests.letters.cases import draft, fresh, pend, post_of, prepare, put_in_force
from tests.people import appoint

State = Letter.State


def december(letter):
    return at_time(now().replace(year=letter.year, month=12, day=10))


def verdicts(letter, value="done", note=""):
    return {line.pk: (value, note) for line in LetterLine.objects.filter(letter=letter)}


def test_a_draft_is_filled_from_the_duty_list(world):
    letter = draft(world)
    lines = LetterLine.objects.filter(letter=letter)
    assert (letter.state, letter.first, letter.second, letter.unit) == (
        State.DRAFT,
        world.lijianguo,
        world.liuhaitao,
        world.unit["注采一站"],
    )
    assert lines.count() >= 20
    assert letter.number == f"{today().year}-{letter.template_id:03d}-001"
    with pytest.raises(ValidationError, match="已有一份"):
        draft(world, template=letter.template)


def test_drafts_are_all_or_none(world):
    template = prepare(world)
    posts = [post_of(world, "group_leader", world.unit[name]) for name in ("注采一站", "注采二站")]
    Appointment.objects.filter(post=posts[1]).update(valid_to=today() - timedelta(days=1))
    with pytest.raises(ValidationError, match="岗位空缺"):
        draft_letters(template, year=today().year, first_post=post_of(world, "branch_secretary"), posts=posts, by=user(world.lijianguo))
    assert not Letter.objects.exists()
    with pytest.raises(PermissionDenied):
        draft_letters(template, year=today().year, first_post=post_of(world, "branch_secretary"), posts=posts[:1], by=user(world.liuhaitao))


def test_a_letter_without_a_duty_is_not_sent(world):
    template = prepare(world)
    letter = draft(world, template=template, unit="注采二站")
    with pytest.raises(Refused, match="没有一条责任"):
        send_letter(letter, by=user(world.lijianguo))
    rows = [("duty", "安全", "抓好班前会", "逐人点名", "")]
    with pytest.raises(ValidationError, match="第 1 条:请写明“标准”"):
        save_letter(letter, rows=rows, valid_from=letter.valid_from, valid_to=letter.valid_to, extra="", by=user(world.lijianguo))
    rows = [("duty", "安全", "抓好班前会", "逐人点名", "每班一次")]
    save_letter(letter, rows=rows, valid_from=letter.valid_from, valid_to=letter.valid_to, extra="另附安全附则", by=user(world.lijianguo))
    sent = send_letter(fresh(letter), by=user(world.lijianguo))
    assert any("另附安全附则" in block.get("text", "") for block in sent.text)
    assert ["抓好班前会" in cell for block in sent.text if block["kind"] == "table" for row in block["rows"][1:] for cell in row].count(
        True
    ) == 1


def test_both_sign_the_same_text(world):
    letter = pend(world)
    assert sorted(Task.objects.open().filter(kind="责任书签订").values_list("owner__name", flat=True)) == ["刘海涛", "李建国"]
    with pytest.raises(PermissionDenied):
        sign_letter(letter, digest=letter.digest, how="password", by=user(world.sunlihua))
    with pytest.raises(Refused, match="文本在您打开之后有变化"):
        sign_letter(letter, digest="0" * 64, how="password", by=user(world.liuhaitao))
    once = sign_letter(letter, digest=letter.digest, how="totp", by=user(world.liuhaitao))
    assert (once.state, once.code) == (State.PENDING, None)
    with pytest.raises(Refused, match="已经签过"):
        sign_letter(letter, digest=letter.digest, how="password", by=user(world.liuhaitao))
    done = sign_letter(letter, digest=letter.digest, how="password", by=user(world.lijianguo))
    assert (done.state, len(done.code)) == (State.ACTIVE, 16)
    assert not Task.objects.open().filter(kind="责任书签订").exists()
    assert {row.digest for row in Signature.objects.filter(letter=letter)} == {letter.digest}
    notes = list(Entry.objects.filter(verb="签订责任书").order_by("pk").values_list("note", flat=True))
    assert notes == [f"{who}核验,摘要 {letter.digest[:16]}" for who in ("乙方,动态码", "甲方,密码")]


@pytest.mark.parametrize("changed", ["lines", "text", "party"])
def test_a_changed_text_is_not_signed(world, changed):
    """Whoever changes the rows behind the product's back makes the digest wrong, and the signature is refused."""
    letter = pend(world)
    if changed == "lines":
        LetterLine.objects.filter(letter=letter, order=0).update(degree="随便")
    elif changed == "text":
        Letter.objects.filter(pk=letter.pk).update(text=[{"kind": "text", "text": "别的"}])
    else:
        Letter.objects.filter(pk=letter.pk).update(first=world.wanghaitao)
    with pytest.raises(Refused, match="有变化"):
        sign_letter(letter, digest=letter.digest, how="password", by=user(world.liuhaitao))


def test_a_returned_letter_is_written_anew_and_the_signature_is_void(world):
    letter = pend(world)
    sign_letter(letter, digest=letter.digest, how="password", by=user(world.lijianguo))
    with pytest.raises(ValidationError):
        return_letter(letter, reason=" ", by=user(world.liuhaitao))
    back = return_letter(letter, reason="第3条本站没有这项业务", by=user(world.liuhaitao))
    assert (back.state, back.reason) == (State.RETURNED, "第3条本站没有这项业务")
    assert not Task.objects.open().filter(kind="责任书签订").exists()
    assert Notice.objects.filter(person=world.lijianguo, title__contains="责任书被退回").exists()
    assert Signature.objects.filter(letter=letter, void_at=None).count() == 0
    rows = [tuple(row) for row in LetterLine.objects.filter(letter=letter).values_list("kind", "category", "what", "how", "degree")][1:]
    saved = save_letter(back, rows=rows, valid_from=back.valid_from, valid_to=back.valid_to, extra="", by=user(world.lijianguo))
    again = send_letter(saved, by=user(world.lijianguo))
    assert again.digest != letter.digest
    sign_letter(again, digest=again.digest, how="password", by=user(world.lijianguo))
    assert sign_letter(again, digest=again.digest, how="password", by=user(world.liuhaitao)).state == State.ACTIVE


def test_withdrawn_and_drafted_anew(world):
    letter = pend(world)
    with pytest.raises(PermissionDenied):
        withdraw_letter(letter, reason="文本有误", by=user(world.liuhaitao))
    gone = withdraw_letter(letter, reason="文本有误", by=user(world.lijianguo))
    assert (gone.state, Task.objects.open().filter(kind="责任书签订").count()) == (State.WITHDRAWN, 0)
    anew = redraft_letter(gone, by=user(world.lijianguo))
    assert (anew.state, anew.replaces, anew.number[-3:]) == (State.DRAFT, gone, "002")
    with pytest.raises(Refused):
        redraft_letter(gone, by=user(world.lijianguo))


# step → what it does, from which states it goes
STEPS = {
    "save": (lambda w, x: save_letter(x, rows=[("duty", "", "a", "", "b")], valid_from=x.valid_from, valid_to=x.valid_to, extra="", by=user(w.lijianguo)), {State.DRAFT, State.RETURNED}),
    "send": (lambda w, x: send_letter(x, by=user(w.lijianguo)), {State.DRAFT, State.RETURNED}),
    "sign": (lambda w, x: sign_letter(x, digest=x.digest, how="password", by=user(w.liuhaitao)), {State.PENDING}),
    "return": (lambda w, x: return_letter(x, reason="不妥", by=user(w.liuhaitao)), {State.PENDING}),
    "withdraw": (lambda w, x: withdraw_letter(x, reason="有误", by=user(w.lijianguo)), {State.DRAFT, State.RETURNED, State.PENDING}),
    "end": (lambda w, x: end_letter(x, reason="调离"), {State.ACTIVE}),
    "review": (lambda w, x: review_letter(x, verdicts=verdicts(x), summary="", by=user(w.lijianguo)), {State.ACTIVE}),
    "answer": (lambda w, x: answer_review(x, answer="无异议", by=user(w.liuhaitao)), {State.REVIEWED}),
    "redraft": (lambda w, x: redraft_letter(x, by=user(w.lijianguo)), {State.WITHDRAWN, State.REPLACED}),
}  # fmt: skip


@pytest.mark.parametrize("state", list(State))
def test_every_step_from_every_state(world, state):
    """Each step in each state: it goes where it should, and is refused everywhere else."""

    letter = pend(world)
    Letter.objects.filter(pk=letter.pk).update(state=state, active_at=now(), reviewed_at=now())
    went = set()
    with december(letter):
        for name, (act, _from) in STEPS.items():
            with contextlib.suppress(Refused), transaction.atomic():
                act(world, fresh(letter))
                went.add(name)
                transaction.set_rollback(True)
    assert went == {name for name, (_act, allowed) in STEPS.items() if state in allowed}


def test_the_pdf_is_archived_once_and_says_its_code(world):
    letter = put_in_force(world)
    data = build_letter(letter)
    assert data.startswith(b"%PDF")
    assert archive_letter(letter, data) is not None
    assert archive_letter(letter, data) is None
    assert [row.purpose for row in list_documents(letter)] == ["责任书文本", "责任书存档"]


def test_a_missing_pdf_is_made_up_for_at_night(world):
    letter = put_in_force(world)
    assert follow_letters(today()).endswith("补存档 1 份")
    assert follow_letters(today()).endswith("补存档 0 份")
    assert [row.purpose for row in list_documents(letter)] == ["责任书文本", "责任书存档"]


def test_a_letter_ends_when_a_party_changes_post(world):
    letter = put_in_force(world)
    with december(letter):
        open_reviews(today())
    post = post_of(world, "group_leader", world.unit["注采一站"])
    Appointment.objects.filter(post=post).update(valid_to=today() - timedelta(days=1))
    appoint(world.wutong, "group_leader", world.unit["注采一站"], valid_from=today())
    follow_letters(today())
    ended = fresh(letter)
    assert (ended.state, ended.reason) == (State.REPLACED, "刘海涛已不任党小组长")
    assert list(Task.objects.open().filter(kind__startswith="责任书").values_list("kind", "owner__name")) == [("责任书重签", "李建国")]
    anew = redraft_letter(ended, by=user(world.lijianguo))
    assert (anew.second, anew.valid_from) == (world.wutong, today())
    assert not Task.objects.open().filter(kind="责任书重签").exists()


@pytest.mark.parametrize("kind", ["absence", "move"])
def test_the_successor_signs_in_the_place_of_who_left(world, kind):
    """For good the one who takes the post over signs; of somebody who is only away the letter waits, and the handover says so."""
    letter = pend(world)
    sign_letter(letter, digest=letter.digest, how="password", by=user(world.lijianguo))
    ends = today() + timedelta(days=3) if kind == "absence" else None
    row = hand_over(
        world.liuhaitao, receiver=world.wutong, kind=kind, starts_on=today(), ends_on=ends, note="调整", by=user(world.lijianguo)
    )
    line = HandoverLine.objects.get(handover=row, registry="letters")
    changed = fresh(letter)
    if kind == "absence":
        assert (line.receiver, "责任书由本人回岗后签订" in line.refused, changed.second) == (None, True, world.liuhaitao)
        return
    assert (line.receiver, changed.second, changed.state, changed.digest != letter.digest) == (
        world.wutong,
        world.wutong,
        State.PENDING,
        True,
    )
    assert set(Task.objects.open().filter(kind="责任书签订").values_list("owner__name", flat=True)) == {"吴桐", "李建国"}
    sign_letter(changed, digest=changed.digest, how="password", by=user(world.wutong))


def test_reviewed_line_by_line_and_answered(world):
    letter = put_in_force(world)
    opens = date(letter.year, 11, 30)
    if today() < opens:
        with pytest.raises(Refused, match="以后才评议"):
            review_letter(letter, verdicts=verdicts(letter), summary="", by=user(world.lijianguo))
    with december(letter):
        assert (open_reviews(today()), open_reviews(today())) == (1, 1)
        assert Task.objects.open().filter(kind="责任书评议").count() == 1
        with pytest.raises(PermissionDenied):
            review_letter(letter, verdicts=verdicts(letter), summary="", by=user(world.liuhaitao))
        some = verdicts(letter)
        first, second, *_rest = some
        some[first], some[second] = ("", ""), ("partly", " ")
        with pytest.raises(ValidationError) as caught:
            review_letter(letter, verdicts=some, summary="", by=user(world.lijianguo))
        assert caught.value.messages == ["第 1 条还没有评议。", "第 2 条不是“完成”,请写明差在哪里。"]
        some[first], some[second] = ("done", ""), ("partly", "四季度少一次")
        done = review_letter(letter, verdicts=some, summary="总体完成", by=user(world.lijianguo))
        assert (done.state, Task.objects.open().filter(kind="责任书评议").count()) == (State.REVIEWED, 0)
        with pytest.raises(PermissionDenied):
            answer_review(done, answer="无异议", by=user(world.lijianguo))
        answer_review(done, answer="四季度停产一次,请核", by=user(world.liuhaitao))
        with pytest.raises(Refused):
            answer_review(done, answer="再写", by=user(world.liuhaitao))


def test_what_waits_is_counted(world):
    letter = pend(world)
    sign_letter(letter, digest=letter.digest, how="password", by=user(world.lijianguo))
    assert [(row.what, row.owner_id, row.count) for row in count_matters([world.area.pk])] == [("责任书待签订", world.liuhaitao.pk, 1)]


SEEN = {  # who → which states of a letter between 李建国 and 刘海涛 are read
    "lijianguo": "all", "wanghaitao": "all", "chenxiaoyan": "out", "zhengshuang": "out", "liuhaitao": "out", "sunlihua": "none", "hejing": "none",
    "wutong": "none", "gaoming": "none", "handong": "none", "xitong": "none",
}  # fmt: skip


@pytest.mark.parametrize("state", list(State))
def test_who_reads_what(world, state):
    letter = draft(world)
    Letter.objects.filter(pk=letter.pk).update(state=state)
    out = state not in (State.DRAFT, State.RETURNED)
    for name, what in SEEN.items():
        sees = Letter.objects.visible_to(getattr(world, name).user).exists()
        assert sees == (what == "all" or (what == "out" and out)), (name, state)


def test_who_writes(world):
    posts = adopt(world)
    assert posts
    keepers = {person.name for person in world.person.values() if person.user and may_keep(user(person), world.area)}
    assert keepers == {"李建国", "王海涛", "丁立"}
