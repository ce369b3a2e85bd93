"""季度检查: sheets from duties and the five inputs, never by who is at home there, findings straight to 整改, the mark added again by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.appraisal import holdings
from ronghe.appraisal.actions import onsite
from ronghe.appraisal.models import CheckRound, CheckSheet
from ronghe.appraisal.queries.onsite import prefill_onsite
from ronghe.appraisal.rules.onsite import VERDICTS, Answer, assign, find_faults, find_score, say_score
from ronghe.common.calendar import today
from ronghe.figures.queries.asked import load_asked
from ronghe.figures.queries.inputs import collect_inputs
from ronghe.goals.models import Indicator
from ronghe.goals.packs import adopt_indicators
from ronghe.rectification.models import Item
from ronghe.worklist.models import Task
from tests.appraisal import onsite_cases as cases
from tests.appraisal.cases import fresh, user
from tests.assessment.month import ACTUALS, add_indicators, adopt, report


def test_marks_and_faults():
    assert find_score(["full", "part", "none", "na"]) == Decimal("50.0")
    assert find_score(["full", "full", "part"]) == Decimal("83.3")
    assert find_score(["na"]) is None
    assert say_score(["full", "part", "na"]) == "做到 1 条 ×1 + 部分做到 1 条 ×0.5,除以适用的 2 条 ×100 = 75.0"
    assert find_faults([Answer("full"), Answer(""), Answer("none"), Answer("part", "缺签字")]) == {
        1: "还没选",
        2: "没有做到的,写清看到什么问题",
    }
    assert set(VERDICTS) == {"full", "part", "none", "na"}


def test_nobody_is_sent_home_and_the_work_is_shared():
    assert assign([(1, frozenset({7})), (2, frozenset()), (3, frozenset({7, 8})), (4, frozenset())], [7, 8]) == {1: 8, 2: 7, 4: 7}


pytestmark = pytest.mark.django_db


def test_a_sheet_asks_the_duties_and_the_five_inputs(world):
    add_indicators(world.area)
    adopt(world)
    report(world, "2026-09", ACTUALS)
    Indicator.objects.filter(area=world.area, code="oil").update(input="key")
    cases.issue_duties(world)
    found = cases.open_round(world)
    assert (found.sheets.count(), Task.objects.open().filter(kind="季度检查").count()) == (5, 5)
    lines = list(cases.sheet_of(world).lines.all())
    assert [line.category for line in lines][0::6][:4] == ["宣传上级精神", "作思想政治工作", "彰显作风形象", "夯基础创效益"]
    assert len(lines) >= 23
    assert (lines[-1].category, lines[-1].key) == ("五项输入核对", "input:key")
    assert lines[-1].what.startswith("关键经济技术指标:原油产量 9月 ")
    for sheet in found.sheets.select_related("unit", "checker"):
        assert sheet.checker.unit_id != sheet.unit_id
    with pytest.raises(ValidationError, match="已经发起"):
        cases.open_round(world)
    with pytest.raises(PermissionDenied):
        onsite.open_check_round(world.area, quarter="2026Q2", due=today(), basis="x", by=user(world.zhaomin))


def test_what_was_not_reached_goes_to_cure_and_the_mark_to_the_scheme(world):
    cases.issue_duties(world)
    cases.open_round(world)
    sheet = cases.sheet_of(world)
    with pytest.raises(ValidationError, match="还没选"):
        onsite.file_sheet(sheet, [Answer("")] * sheet.lines.count(), note="", once="a", by=user(sheet.checker))
    with pytest.raises(PermissionDenied):
        onsite.file_sheet(sheet, cases.answers(sheet), note="", once="a", by=user(world.liuhaitao))
    done = cases.fill(sheet, p1="none", p2="part")
    count = done.lines.count()
    assert done.score == ((Decimal(count) - Decimal("1.5")) * 100 / count).quantize(Decimal("0.1"))
    items = list(Item.objects.order_by("pk"))
    assert [(item.source, item.owner, item.verifier, item.problem) for item in items] == [
        ("check", world.liuhaitao, sheet.checker, "台账缺两次")
    ] * 2
    cases.fill(sheet, p1="none")  # the phone sends it again: nothing changes
    assert (Item.objects.count(), fresh(sheet).score) == (2, done.score)
    with pytest.raises(ValidationError, match="已经填过"):
        cases.fill(sheet, once="another-phone")
    assert not Task.objects.open().from_origin(sheet).exists()
    (code,) = [Indicator(pk=9, code="onsite")]
    offered = prefill_onsite(world.area.pk, "2026-09", [code])
    assert {key: one.value for key, one in offered.items()} == {(sheet.unit_id, 9): done.score}
    assert prefill_onsite(world.area.pk, "2026-08", [code]) == {}


def test_the_mark_is_asked_and_scored_once_a_quarter(world):
    """In the quarter's last month it is asked and offered; in the others nobody is asked, and the score says why it does not count."""
    adopt_indicators(world.area, offices={}, by=user(world.zhaomin))
    asked = {month: {row.code for row in load_asked(world.area.pk, month).indicators} for month in ("2026-08", "2026-09")}
    assert asked["2026-09"] - asked["2026-08"] == {"onsite"}
    rows = {month: {row["exempt"] for row in collect_inputs(world.area, month, ["onsite"])} for month in asked}
    assert rows == {"2026-08": {"每季填报一次,季末月才计分"}, "2026-09": {None}}


def test_it_is_passed_on_but_not_home(world):
    cases.open_round(world)
    sheet = cases.sheet_of(world, "综合党群室")
    with pytest.raises(ValidationError, match="自己所在"):
        onsite.pass_sheet(sheet, to=world.zhengshuang, by=user(world.lijianguo))
    with pytest.raises(ValidationError, match="由班子成员"):
        onsite.pass_sheet(sheet, to=world.liuhaitao, by=user(world.lijianguo))
    onsite.pass_sheet(sheet, to=world.zhouweidong, by=user(world.lijianguo))
    held = next(one for one in holdings.list_held(world.zhouweidong.pk) if one.key == f"sheet:{sheet.pk}")
    assert holdings.hand_over(held.key, world.zhouweidong, world.wanghaitao, user(world.lijianguo), "出差") == ""
    assert fresh(sheet).checker == world.wanghaitao


def test_the_pages(world, login):
    cases.issue_duties(world)
    boss = login(world.lijianguo)
    assert boss.post("/appraisal/checks/new/", {"quarter": "三季度", "due": str(today()), "basis": "办法"}).status_code == 422
    assert (
        boss.post("/appraisal/checks/new/", {"quarter": "2026Q3", "due": str(today() + timedelta(days=5)), "basis": "办法"}).status_code
        == 302
    )
    cases_round = CheckRound.objects.get()
    sheet = cases.sheet_of(world)
    checker = login(sheet.checker)
    path = f"/appraisal/checks/sheets/{sheet.pk}/fill/"
    lines = list(sheet.lines.all())
    form = {f"v-{line.order}": "full" for line in lines} | {"once": "phone-0002", "note": "好"}
    short = checker.post(path, {name: value for name, value in form.items() if name != "v-0"})
    assert short.status_code == 422
    assert "还没选" in short.content.decode()
    json = {"HTTP_ACCEPT": "application/json"}
    assert checker.post(path, {k: v for k, v in form.items() if k != "once"}, **json).json()["problems"]
    for _twice in range(2):
        assert checker.post(path, form, **json).json()["url"] == f"/appraisal/checks/sheets/{sheet.pk}/"
    assert checker.get(path).status_code == 302
    assert "检查单" in login(world.wutong).get(f"/appraisal/checks/sheets/{sheet.pk}/").content.decode()
    assert login(world.sunlihua).get(f"/appraisal/checks/sheets/{sheet.pk}/").status_code == 404
    page = login(world.sunlihua).get(f"/appraisal/checks/{cases_round.pk}/").content.decode()
    assert "注采一站党小组" in page
    ticket = checker.get("/appraisal/checks/ticket/").json()
    assert (set(ticket), "/appraisal/checks/sheets/" in checker.get("/appraisal/checks/sw.js").content.decode()) == (
        {"person", "token"},
        True,
    )
    assert CheckSheet.objects.filter(state="done").count() == 1
