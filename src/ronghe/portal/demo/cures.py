"""The demo's rectification: the worst gaps of the last published months, each at another step of its cure."""

from datetime import date, timedelta

from ronghe.assessment.models import Mark, Run
from ronghe.common.calendar import add_working_days, at_time
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.rectification.actions.cure import close_item, file_proof, finish_measure, plan_cure, return_item
from ronghe.rectification.actions.items import Planned, open_item
from ronghe.rectification.models import Item, Measure

MONTHS = 4
WORST = 3
# how far each item of a month has come, the oldest month first; the last month's are all under way
PATHS = (
    ("closed", "closed", "closed"),
    ("closed", "returned-closed", "closed"),
    ("closed", "returned", "curing"),
    ("proving", "curing", "open"),
)


def cure_gaps(loaded: Loaded, area: str) -> None:
    """Open an item for the worst gaps of the area's last published months and live through their steps."""
    unit = loaded.units[area]
    runs = list(Run.objects.filter(area=unit, state__in=["published", "final"]).order_by("-period")[:MONTHS])
    for run, path in zip(reversed(runs), PATHS, strict=False):
        for mark, goal in zip(list_worst(run), path, strict=False):
            cure_gap(loaded, area, run, mark, goal)


def list_worst(run: Run) -> list[Mark]:
    """Return the marks of a run that lost most, one a unit."""
    worst: dict[int, Mark] = {}
    for mark in Mark.objects.filter(run=run, lost__gt=0).select_related("unit").order_by("-lost", "unit__code", "order"):
        worst.setdefault(mark.unit_id, mark)
    return list(worst.values())[:WORST]


def cure_gap(loaded: Loaded, area: str, run: Run, mark: Mark, goal: str) -> None:
    """Live through one item as far as `goal` says; steps that would lie in the future are not taken."""
    today = loaded.world.today
    published = run.published_at.date() if run.published_at else today
    unit: Unit = mark.unit
    indicator = Indicator.objects.get(area=loaded.units[area], code=mark.indicator)
    opened = add_working_days(published, 1)
    chief = loaded.world.find_holders("station_chief", unit.code, opened)[0]
    with at_time(moment_of(opened, 9)):
        item = open_item(
            area=loaded.units[area],
            unit=unit,
            title=f"{unit.name}{run.period}「{indicator.name}」失分 {mark.lost:f}",
            problem=f"{indicator.name}:{mark.because}",
            source="gap",
            owner=loaded.people[chief],
            by=loaded.holder("deputy_business", area, opened),
            origin=mark,
            key=f"indicator:{mark.indicator}",
        )
    if goal == "open" or item.state != Item.State.OPEN:
        return
    planned = plan(loaded, item, chief, add_working_days(opened, 2))
    if goal == "curing" or planned is None:
        return
    if not prove(loaded, item, chief, planned + timedelta(days=9)) or goal == "proving":
        return
    verify(loaded, item, planned + timedelta(days=12), again=goal.startswith("returned"))
    if goal == "returned-closed" and prove(loaded, item, chief, planned + timedelta(days=16)):
        verify(loaded, item, planned + timedelta(days=19), again=False)


def plan(loaded: Loaded, item: Item, chief: str, day: date) -> date | None:
    """Set cause and measures; returns the day, or None where it has not come yet."""
    if day > loaded.world.today:
        return None
    measures = [
        Planned("逐井(逐项)查明失分原因,列出清单", due=day + timedelta(days=4)),
        Planned("按清单落实到人,班前会每天碰一次", due=day + timedelta(days=8)),
    ]
    with at_time(moment_of(day, 10)):
        plan_cure(item, cause="日常跟踪不细,问题发现后没有当天处理。", measures=measures, by=loaded.user(chief))
    return day


def prove(loaded: Loaded, item: Item, chief: str, day: date) -> bool:
    """Carry out the measures and file the proof; tells whether the day has come."""
    if day > loaded.world.today:
        return False
    owner = loaded.user(chief)
    with at_time(moment_of(day, 15)):
        for measure in Measure.objects.filter(item=item, done_on=None):
            finish_measure(measure, by=owner)
        file_proof(
            item,
            text="措施已全部落实,本月指标回升,台账见附件。",
            files=[("整改台账.txt", f"{item.title}\n(演示数据中的证明材料,内容从略)\n".encode())],
            by=owner,
        )
    return True


def verify(loaded: Loaded, item: Item, day: date, *, again: bool) -> None:
    """Have the verifier close the item, or send it back once."""
    if day > loaded.world.today:
        return
    with at_time(moment_of(day, 16)):
        verifier = loaded.user(Item.objects.select_related("verifier").get(pk=item.pk).verifier.number)
        if again:
            return_item(item, by=verifier, note="台账缺少复查记录,请补齐后再报。")
        else:
            close_item(item, by=verifier, note="现场核对属实。")
