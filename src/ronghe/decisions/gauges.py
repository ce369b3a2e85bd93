"""Numbers of decisions on which rules of 预警 may stand: a step that waits, sums just below a limit, stops, exceptions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from ronghe.common.links import link_to
from ronghe.common.registry import Gauge, GaugeReading
from ronghe.decisions.models import DecisionList, Matter, Rule, Step, Stop
from ronghe.decisions.rules import is_just_below
from ronghe.org.models import Unit

Readings = list[GaugeReading]


def read_steps(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return by how many days the step of each matter is late: the one that was open on the day. One query."""
    rows = Step.objects.filter(matter__area_id=area_id, due__lt=max(days), opened_on__isnull=False).exclude(state="void")
    steps = list(rows.select_related("matter"))
    readings = []
    for day in days:
        late: dict[int, Step] = {}
        for step in steps:
            waits = step.due is not None and step.due < day and (step.done_on is None or step.done_on > day)
            if waits and (step.matter_id not in late or (step.due or day) < (late[step.matter_id].due or day)):
                late[step.matter_id] = step
        for pk, step in late.items():
            count = (day - (step.due or day)).days
            text = f"“{step.matter.title}”的{step.get_kind_display()}超期 {count} 天"
            readings.append(
                GaugeReading(
                    f"matter:{pk}", step.matter.unit_id, day, Decimal(count), f"议事步骤停滞:{step.matter.title}"[:120], text,
                    link_to("decisions:matter", pk),
                )
            )  # fmt: skip
    return readings


def count_by_unit(
    area_id: int, days: Sequence[date], found: Iterable[tuple[int, date]], window: int, *, text: str, title: str, url: str = ""
) -> Readings:
    """Return how often something happened at each unit within the window before each day. One query: the names."""
    names, known, readings = dict(Unit.objects.filter(area_id=area_id).values_list("pk", "name")), list(found), []
    for day in days:
        counted: dict[int, int] = defaultdict(int)
        for unit, on in known:
            counted[unit] += day - timedelta(days=window) <= on <= day
        readings += [
            GaugeReading(
                f"{unit}",
                unit,
                day,
                Decimal(count),
                title.format(unit=names[unit]),
                text.format(unit=names[unit], days=window, n=count),
                url,
            )
            for unit, count in counted.items()
            if count
        ]
    return readings


def read_near(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return how many matters of a unit within the window have a sum just below a limit of the list in force. Four queries."""
    edition = DecisionList.objects.filter(area_id=area_id, state="published").order_by("-valid_from", "-number").first()
    if edition is None:
        return []
    limits: dict[str, list[Decimal]] = defaultdict(list)
    rules = Rule.objects.filter(edition=edition, threshold__isnull=False, dropped=False)
    for category, limit in rules.values_list("category", "threshold"):
        limits[category].append(limit or Decimal(0))
    first = min(days) - timedelta(days=window)
    rows = Matter.objects.filter(area_id=area_id, registered_on__gte=first, amount__isnull=False)
    found = [
        (unit, on)
        for unit, on, category, amount in rows.values_list("unit_id", "registered_on", "category", "amount")
        if amount is not None and any(is_just_below(amount, limit) for limit in limits[category])
    ]
    text = "{unit}近 {days} 天有 {n} 个事项的金额刚好低于决策限额(差 10% 以内)"
    return count_by_unit(area_id, days, found, window, text=text, title="{unit}金额临近限额")


def read_stopped(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return how often matters of a unit were stopped within the window. Two queries."""
    first = min(days) - timedelta(days=window)
    found = Stop.objects.filter(matter__area_id=area_id, stopped_on__gte=first).values_list("matter__unit_id", "stopped_on")
    return count_by_unit(
        area_id, days, found, window, text="{unit}的决策事项近 {days} 天被叫停 {n} 次", title="{unit}决策事项被叫停",
        url="/decisions/?state=stopped",
    )  # fmt: skip


def read_exceptions(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return how many exceptions were asked for at a unit within the window. Two queries."""
    first = min(days) - timedelta(days=window)
    rows = Matter.objects.filter(area_id=area_id, kind=Matter.Kind.EXCEPTION, registered_on__gte=first)
    return count_by_unit(
        area_id, days, rows.values_list("unit_id", "registered_on"), window, text="{unit}近 {days} 天申请例外 {n} 次", title="{unit}例外多",
        url="/decisions/?state=exception",
    )  # fmt: skip


GAUGES = {
    "steps": Gauge("议事步骤超期", "天", read_steps),
    "near": Gauge("金额临近决策限额", "个", read_near),
    "stopped": Gauge("决策事项叫停", "次", read_stopped),
    "exceptions": Gauge("决策例外", "次", read_exceptions),
}
