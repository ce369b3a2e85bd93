"""减负: what 责任书, 月度填报 and members' goals ask of each role stands on the page of the lists that ask."""

from datetime import date

from ronghe.common.calendar import today
from ronghe.figures.load import list_demanded
from ronghe.figures.models import Demand, ReportingPeriod
from ronghe.goals.load import list_tallied
from ronghe.letters.load import list_asked
from ronghe.letters.models import LetterLine
from ronghe.worklist.rules.recurrence import name_month
from tests.letters.cases import put_in_force

TITLE = "党小组党建工作责任书"


def test_letters_ask_for_signatures_when_sent_and_for_verdicts_at_the_end(world, login):
    letter = put_in_force(world)
    month = name_month(today())
    asked = [(one.role, one.name, one.holders, one.fields) for one in list_asked(world.area.pk, month)]
    lines = LetterLine.objects.filter(letter=letter).count()
    signing = [("党支部书记", f"签订{TITLE}", 1, {"signature": 1}), ("党小组长", f"签订{TITLE}", 1, {"signature": 1})]
    judging = [("党支部书记", f"逐条评议{TITLE}", 1, {"choice": lines, "line": 1}), ("党小组长", f"逐条评议{TITLE}", 1, {"line": 1})]
    opens = name_month(date(letter.year, 11, 30))  # 31 days before its last day
    assert asked == signing + (judging if month == opens else [])
    assert [(one.role, one.name, one.holders, one.fields) for one in list_asked(world.area.pk, opens)][-2:] == judging
    assert list(list_asked(world.other.pk, month)) == []
    assert TITLE in login(world.lijianguo).get(f"/worklist/load/?month={month}").content.decode()


def test_reporting_asks_for_its_cells_in_the_month_of_its_last_day(world):
    period = ReportingPeriod.objects.create(
        area=world.area, period="2026-10", opens_on=date(2026, 11, 1), due_on=date(2026, 11, 5), closes_on=date(2026, 11, 9)
    )
    for name, count in (("注采一站", 12), ("注采二站", 15), ("注采三站", 0)):
        Demand.objects.create(area=world.area, unit=world.unit[name], period=period, asked=count)
    (one,) = list_demanded(world.area.pk, "2026-11")
    assert (one.source, one.name, one.role, one.holders, one.fields) == ("月度填报", "各单位 12–15 个数", "填报人", 2, {"number": 14})
    assert list(list_demanded(world.area.pk, "2026-10")) == []
    assert list(list_tallied(world.area.pk, "2026-11")) == []
