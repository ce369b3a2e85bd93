"""目标清单按阶段检查: both sides are said, by the other of the two who lead, once a phase; the committee above sees counts."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.goals.actions.checks import answer_check, check_leader, remind_leader
from ronghe.goals.models import Check
from ronghe.goals.rules.progress import list_phases
from ronghe.rectification.models import Item
from ronghe.worklist.actions.months import generate_month
from ronghe.worklist.models import Task
from tests.goals.cases import YEAR, issue, write_plan

FIRST = f"{YEAR}-Q1"
WORDS = {"business": "产量按月完成", "party": "党小组达标三个", "verdict": "nearly"}


@pytest.fixture
def issued(world):
    world.plan = issue(world, write_plan(world)[0])
    return world


def check(world, person="wanghaitao", by="lijianguo", **more):
    values = {"phase": FIRST, **WORDS, **more}
    return check_leader(world.plan, getattr(world, person), by=getattr(world, by).user, **values)


def test_phases_are_the_quarters_that_have_begun():
    assert list_phases("2026-01", "2026-12", date(2026, 7, 1)) == ["2026-Q3", "2026-Q2", "2026-Q1"]
    assert list_phases("2026-04", "2026-06", date(2027, 1, 1)) == ["2026-Q2"]
    assert list_phases("2027-01", "2027-12", date(2026, 7, 1)) == []


def test_a_check_keeps_the_progress_of_its_moment(issued):
    row = check(issued)
    assert [(line["side"], line["title"], line["value"]) for line in row.lines] == [("business", "原油产量", "36000")]
    assert Entry.objects.get(verb="检查目标清单").note == f"王海涛 {FIRST} 基本达到"


@pytest.mark.parametrize("side", ["business", "party"])
def test_both_sides_are_said(issued, side):
    with pytest.raises(ValidationError) as raised:
        check(issued, **{side: " "})
    assert list(raised.value.message_dict) == [side]
    assert Check.objects.count() == 0


def test_nobody_checks_themselves_and_only_the_two_heads_do(issued):
    with pytest.raises(Refused):
        check(issued, person="lijianguo")
    for who in ("chenxiaoyan", "zhaomin", "liuhaitao", "handong"):
        with pytest.raises(PermissionDenied):
            check(issued, by=who)


def test_once_a_phase_and_none_to_come(issued):
    check(issued)
    for phase in (FIRST, f"{YEAR + 1}-Q1", "没有"):
        with pytest.raises(ValidationError) as raised:
            check(issued, phase=phase)
        assert list(raised.value.message_dict) == ["phase"]


def test_who_answers_for_nothing_is_not_checked(issued):
    with pytest.raises(Refused):
        check(issued, person="chenxiaoyan")


def test_the_page_takes_a_check_and_keeps_what_was_typed(issued, login):
    client, address = login(issued.lijianguo), f"/goals/leaders/{issued.wanghaitao.pk}/"
    assert "按阶段检查目标清单" in client.get(address).content.decode()
    typed = {"plan": issued.plan.pk, "phase": FIRST, **WORDS}
    wrong = client.post(f"{address}check/", {**typed, "party": " "})
    assert wrong.status_code == 422
    assert "产量按月完成" in wrong.content.decode()
    assert client.post(f"{address}check/", typed).status_code == 302
    page = client.get(address).content.decode()
    assert [text in page for text in ("基本达到", "党小组达标三个", "李建国")] == [True] * 3
    assert "按阶段检查目标清单" not in login(issued.wutong).get(address).content.decode()
    assert "党小组达标三个" in client.get(f"{address}print/").content.decode()


def test_the_committee_above_sees_counts_and_no_name(issued, login):
    client = login(issued.gaoming)
    page = client.get("/goals/oversight/").content.decode()
    assert [text in page for text in ("示范采油管理区", "0/5")] == [True, True]
    assert [text in page for text in ("王海涛", "36000", "原油产量")] == [False] * 3
    assert client.get(f"/goals/leaders/{issued.wanghaitao.pk}/").status_code == 403
    assert login(issued.wanghaitao).get("/goals/oversight/").status_code == 403


@pytest.mark.parametrize(
    ("path", "who", "title", "rows"),
    [
        ("plans.xlsx", "wutong", "目标计划", 1),
        ("mine.xlsx", "liuhaitao", "我的目标", 1),
        ("leaders.xlsx", "wutong", "班子目标", 4),
        ("oversight.xlsx", "gaoming", "所辖目标进展", 1),
        (f"targets.xlsx?period={YEAR}-03", "wutong", f"{YEAR}-03目标值", 5),
        ("handbook.xlsx", "wutong", "指标手册", 1),
        ("handbook.xlsx?text=没有", "wutong", "指标手册", 0),
    ],
)
def test_each_table_is_handed_out_as_shown(issued, login, path, who, title, rows):
    book = openpyxl.load_workbook(BytesIO(login(getattr(issued, who)).get(f"/goals/{path}").getvalue()))
    assert (book.sheetnames, book.worksheets[0].max_row - 2) == ([title], rows)


def test_a_phase_that_fell_short_is_answered_or_cured_and_shows_what_became_of_it(issued, login):
    row = check(issued, verdict="missed")
    secretary, page = login(issued.lijianguo), f"/goals/leaders/{issued.wanghaitao.pk}/"
    shown = secretary.get(page)
    (line,) = shown.context["owner"].checks
    way = next(one for one in line.ways if one.label == "转整改")
    form = secretary.get(way.url)
    assert (form.status_code, form.context["form"].initial["owner"]) == (200, str(issued.wanghaitao.pk))
    given = {name: value for name, value in form.context["form"].initial.items() if value}
    rows = {"m-TOTAL_FORMS": 0, "m-INITIAL_FORMS": 0, "origin": f"goals.check:{row.pk}"}
    opened = secretary.post("/rectification/new/", {**given, **rows, "key": f"once {row.pk}"})
    assert opened.status_code == 302, "everything that the form needs is filled in: one tap"
    assert secretary.post(f"/goals/checks/{row.pk}/remind/").status_code == 302
    assert Task.objects.open().filter(kind="目标检查提醒", owner=issued.wanghaitao).count() == 1
    with pytest.raises(Refused):
        remind_leader(row, by=issued.lijianguo.user)
    with pytest.raises(PermissionDenied):
        answer_check(row, text="补上", by=issued.lijianguo.user)
    manager = login(issued.wanghaitao)
    empty = manager.post(f"/goals/checks/{row.pk}/answer/", {"text": " "})
    assert (empty.status_code, "什么时候补上。" in empty.content.decode()) == (422, True)
    assert manager.post(f"/goals/checks/{row.pk}/answer/", {"text": "八月补齐两口井"}).status_code == 302
    assert Task.objects.open().filter(kind="目标检查提醒").count() == 0
    item = Item.objects.get()
    assert (item.owner, item.source) == (issued.wanghaitao, "missed")
    shown = login(issued.lijianguo).get(page)
    (line,) = shown.context["owner"].checks
    assert ([cure.title for cure in line.cures], line.ways) == ([str(item)], [])
    assert "八月补齐两口井" in shown.content.decode()
    assert login(issued.lijianguo).get(f"/goals/checks/{row.pk}/").url == f"{page}#check-{row.pk}"


def test_what_was_met_needs_no_reminder(issued):
    row = check(issued, verdict="met")
    with pytest.raises(Refused):
        remind_leader(row, by=issued.lijianguo.user)
    with pytest.raises(PermissionDenied):
        remind_leader(row, by=issued.wutong.user)


def test_the_quarters_check_is_on_the_heads_list_until_it_is_made(issued):
    """In a quarter's last month the secretary is asked to check each leader with goals, the manager to check the secretary."""
    day = today()
    last = day.replace(month=(day.month + 2) // 3 * 3, day=1)
    month, phase = f"{last:%Y-%m}", f"{day.year}-Q{(day.month + 2) // 3}"
    generate_month(issued.area, month, day=last)
    tasks = Task.objects.open().filter(key__startswith="goals:check:")
    assert sorted(tasks.values_list("owner__name", "title")) == [
        ("李建国", f"检查王海涛的目标清单({phase})"), ("王海涛", f"检查李建国的目标清单({phase})"),
    ]  # fmt: skip
    check(issued, phase=phase)
    assert list(tasks.values_list("owner__name", flat=True)) == ["王海涛"]
    generate_month(issued.area, month, day=last)
    assert list(tasks.values_list("owner__name", flat=True)) == ["王海涛"]
    if day.month % 3 != 0:
        generate_month(issued.area, f"{day:%Y-%m}", day=day)
        assert tasks.count() == 1  # no other month asks
