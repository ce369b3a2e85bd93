"""责任清单: written from pack and matrix, none without its three parts, issued in versions, received by the person; and the plots."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.duties.actions.lists import issue_list, read_rows, receive_list, revise_list, save_draft, start_list
from ronghe.duties.models import DutyVersion, Receipt
from ronghe.duties.packs import read_lists
from ronghe.worklist.models import Task
from tests.duties.cases import adopt, user


@pytest.fixture
def paper(world):
    world.posts = adopt(world)
    return world


def test_the_groups_pack_has_four_fronts_and_twenty_duties():
    pack = read_lists()["group"]
    assert pack.categories == ("宣传上级精神", "作思想政治工作", "彰显作风形象", "夯基础创效益")
    assert len(pack.duties) >= 20
    assert all(one.what and one.how and one.degree for pack in read_lists().values() for one in pack.duties)


def test_a_leaders_list_holds_the_matters_of_the_matrix(paper):
    made = start_list(by=user(paper.lijianguo), post=paper.posts["deputy_geology"])
    rows = read_rows(made)
    assert len({row[0] for row in rows}) == 4
    assert [row[1].partition(":")[0] for row in rows if "(分管)" in row[1]] == [
        "保密工作(分管)", "油气开发(分管)", "动态监测(分管)", "递减控制(分管)",
    ]  # fmt: skip
    with pytest.raises(Refused):
        start_list(by=user(paper.lijianguo), post=paper.posts["deputy_geology"])
    with pytest.raises(PermissionDenied):
        start_list(by=user(paper.liuhaitao), group=paper.group["注采一站"])


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_no_duty_without_its_three_parts(paper, lost):
    made = start_list(by=user(paper.lijianguo), group=paper.group["注采一站"])
    rows = read_rows(made)
    before = list(rows)
    rows[4] = (*rows[4][:lost], " ", *rows[4][lost + 1 :])
    with pytest.raises(ValidationError, match="第 5 条"):
        save_draft(made, rows, basis="手册", reason="", by=user(paper.lijianguo))
    assert read_rows(made) == before


def test_issued_received_and_revised(paper):
    made = start_list(by=user(paper.lijianguo), group=paper.group["注采一站"])
    issue_list(made, valid_from=today(), by=user(paper.lijianguo))
    assert Task.objects.open().get(kind="责任清单签收").owner == paper.liuhaitao
    with pytest.raises(Refused):
        receive_list(made, by=user(paper.sunlihua))
    receive_list(made, by=user(paper.liuhaitao))
    receipt = Receipt.objects.get(version=made)
    assert Entry.objects.get(verb="签收责任清单").note == f"摘要 {receipt.digest[:16]}"
    with pytest.raises(Refused):
        save_draft(made, read_rows(made), basis="手册", reason="", by=user(paper.lijianguo))
    second = revise_list(made.duty_list, by=user(paper.lijianguo))
    with pytest.raises(ValidationError):
        save_draft(second, read_rows(second)[:20], basis="手册", reason="", by=user(paper.lijianguo))
    save_draft(second, read_rows(second)[:20], basis="手册", reason="精简", by=user(paper.lijianguo))
    start = today() + timedelta(days=5)
    issue_list(DutyVersion.objects.get(pk=second.pk), valid_from=start, by=user(paper.lijianguo))
    versions = list(DutyVersion.objects.filter(duty_list=made.duty_list).order_by("number").values_list("valid_from", "valid_to"))
    assert versions == [(today(), start - timedelta(days=1)), (start, None)]


def test_the_pages(paper, login):
    client = login(paper.lijianguo)
    assert client.post(f"/duties/lists/start/post/{paper.posts['area_manager'].pk}/").status_code == 302
    made = DutyVersion.objects.get()
    page = client.get(f"/duties/lists/{made.duty_list_id}/edit/")
    data = {"basis": "手册", "reason": "", "version": page.context["version"]}
    formset = page.context["rows"]
    data |= {f"d-{name}": value for name, value in formset.management_form.initial.items()}
    for form in formset:
        data |= {f"{form.prefix}-{name}": form.initial.get(name, "") for name in form.fields}
    bad = client.post(f"/duties/lists/{made.duty_list_id}/edit/", data | {"d-0-how": ""})
    assert (bad.status_code, "第 1 条" in bad.content.decode()) == (422, True)
    assert client.post(f"/duties/lists/{made.duty_list_id}/edit/", data).status_code == 302
    version = DutyVersion.objects.get().version
    assert client.post(f"/duties/lists/{made.duty_list_id}/issue/", {"valid_from": today(), "version": version}).status_code == 302
    assert login(paper.wanghaitao).post(f"/duties/lists/{made.duty_list_id}/receive/").status_code == 302
    assert Receipt.objects.get().at is not None


def test_a_plot_has_both_sides(paper, login):
    client = login(paper.lijianguo)
    page = client.get(f"/duties/plots/{paper.chenxiaoyan.pk}/")
    assert {title: [row.name for row in rows if row.kind == "分管"] for title, rows in page.context["sides"]} == {
        "党建工作": ["物资与外委", "党风廉政", "“三务”公开", "纪检日常监督"],
        "业务工作": ["人力资源", "经营管理", "存量资产"],
    }
    assert client.get("/duties/plots/").status_code == 200
    assert login(paper.hejing).get(f"/duties/plots/{paper.chenxiaoyan.pk}/").status_code == 404
