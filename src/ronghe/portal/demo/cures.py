"""The demo's rectification: the worst gaps of the last published months, each at another step of its cure."""

from collections.abc import Generator
from datetime import date, datetime, timedelta

from ronghe.assessment.models import Mark, Run
from ronghe.common.calendar import add_working_days
from ronghe.figures.queries.periods import propose_dates
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.rectification.actions.cure import close_item, file_proof, finish_measure, plan_cure, return_item
from ronghe.rectification.actions.items import Planned, open_item
from ronghe.rectification.models import Item, Measure

WORST = 3
# months back: how far each of the month's items has come; the last month's are all under way
PATHS = {
    5: ("closed", "closed", "closed"),
    4: ("closed", "returned-closed", "closed"),
    3: ("closed", "returned", "curing"),
    2: ("proving", "curing", "open"),
}


def cure_gaps(loaded: Loaded, area: str, period: str, back: int) -> list[Story]:
    """Return the stories of the month's worst gaps, each as far as it has come."""
    return [cure_gap(loaded, area, period, place, goal) for place, goal in enumerate(PATHS.get(back, ()))]


def list_worst(run: Run) -> list[Mark]:
    """Return the marks of a run that lost most, one a unit."""
    worst: dict[int, Mark] = {}
    for mark in Mark.objects.filter(run=run, lost__gt=0).select_related("unit").order_by("-lost", "unit__code", "order"):
        worst.setdefault(mark.unit_id, mark)
    return list(worst.values())[:WORST]


def cure_gap(loaded: Loaded, area: str, period: str, place: int, goal: str) -> Story:
    """Live through one item as far as `goal` says; steps that would lie in the future are not taken."""
    opened = add_working_days(propose_dates(period).closes_on, 1)
    yield moment_of(opened, 9)
    run = Run.objects.in_force().filter(area=loaded.units[area], period=period).first()
    worst = list_worst(run) if run is not None else []
    if place >= len(worst):
        return
    mark = worst[place]
    unit: Unit = mark.unit
    indicator = Indicator.objects.get(area=loaded.units[area], code=mark.indicator)
    chief = loaded.world.find_holders("station_chief", unit.code, opened)[0]
    item = open_item(
        area=loaded.units[area],
        unit=unit,
        title=f"{unit.name}{period}「{indicator.name}」失分 {mark.lost:f}",
        problem=f"{indicator.name}:{mark.because}",
        source="gap",
        owner=loaded.people[chief],
        by=loaded.holder("deputy_business", area, opened),
        origin=mark,
        key=f"indicator:{mark.indicator}",
    )
    if goal == "open" or item.state != Item.State.OPEN:
        return
    planned = yield from plan(loaded, item, chief, add_working_days(opened, 2))
    if goal == "curing" or planned is None:
        return
    proved = yield from prove(loaded, item, chief, planned + timedelta(days=9))
    if not proved or goal == "proving":
        return
    yield from verify(loaded, item, planned + timedelta(days=12), again=goal.startswith("returned"))
    if goal == "returned-closed" and (yield from prove(loaded, item, chief, planned + timedelta(days=16))):
        yield from verify(loaded, item, planned + timedelta(days=19), again=False)


def plan(loaded: Loaded, item: Item, chief: str, day: date) -> Generator[datetime, None, date | None]:
    """Set cause and measures; returns the day, or None where it has not come yet."""
    if day > loaded.world.today:
        return None
    measures = [
        Planned("逐井(逐项)查明失分原因,列出清单", due=day + timedelta(days=4)),
        Planned("按清单落实到人,班前会每天碰一次", due=day + timedelta(days=8)),
    ]
    yield moment_of(day, 10)
    plan_cure(item, cause="日常跟踪不细,问题发现后没有当天处理。", measures=measures, by=loaded.user(chief))
    return day


def prove(loaded: Loaded, item: Item, chief: str, day: date) -> Generator[datetime, None, bool]:
    """Carry out the measures and file the proof; tells whether the day has come."""
    if day > loaded.world.today:
        return False
    owner = loaded.user(chief)
    yield moment_of(day, 15)
    for measure in Measure.objects.filter(item=item, done_on=None):
        finish_measure(measure, by=owner)
    file_proof(
        item,
        text="措施已全部落实,本月指标回升,台账见附件。",
        files=[("整改台账.txt", f"{item.title}\n(演示数据中的证明材料,内容从略)\n".encode())],
        by=owner,
    )
    return True


def verify(loaded: Loaded, item: Item, day: date, *, again: bool) -> Story:
    """Have the verifier close the item, or send it back once."""
    if day > loaded.world.today:
        return
    yield moment_of(day, 16)
    verifier = loaded.user(Item.objects.select_related("verifier").get(pk=item.pk).verifier.number)
    if again:
        return_item(item, by=verifier, note="台账缺少复查记录,请补齐后再报。")
    else:
        close_item(item, by=verifier, note="现场核对属实。")
