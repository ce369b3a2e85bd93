"""Numbers of decisions and meetings on which rules of 预警 may stand: a step that waits, sums just below a limit, voters on leave."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from ronghe.common.links import link_to
from ronghe.common.registry import Gauge, GaugeReading
from ronghe.decisions.models import DecisionList, Matter, Rule, Step
from ronghe.meetings.models import Attendee
from ronghe.org.models import Unit
from ronghe.supervision.rules.alerts import is_just_below, share

AHEAD = timedelta(days=7)
FEWEST_VOTERS = 3

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


def read_near(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return how many matters of a unit within the window have a sum just below a limit of the list in force. Three queries."""
    edition = DecisionList.objects.filter(area_id=area_id, state="published").order_by("-valid_from", "-number").first()
    if edition is None:
        return []
    limits: dict[str, list[Decimal]] = defaultdict(list)
    for category, limit in Rule.objects.filter(edition=edition, threshold__isnull=False, dropped=False).values_list(
        "category", "threshold"
    ):
        if limit is not None:
            limits[category].append(limit)
    first = min(days) - timedelta(days=window)
    rows = Matter.objects.filter(area_id=area_id, registered_on__gte=first, amount__isnull=False)
    found = [
        (unit, on)
        for unit, on, category, amount in rows.values_list("unit_id", "registered_on", "category", "amount")
        if amount is not None and any(is_just_below(amount, limit) for limit in limits[category])
    ]
    names = dict(Unit.objects.filter(area_id=area_id).values_list("pk", "name"))
    readings = []
    for day in days:
        counted: dict[int, int] = defaultdict(int)
        for unit, on in found:
            counted[unit] += day - timedelta(days=window) <= on <= day
        for unit, count in counted.items():
            if count:
                text = f"{names[unit]}近 {window} 天有 {count} 个事项的金额刚好低于决策限额(差 10% 以内)"
                readings.append(GaugeReading(f"{unit}", unit, day, Decimal(count), f"{names[unit]}金额临近限额", text))
    return readings


def read_quorum(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return what share of the voters of each meeting of the seven days after a day are on leave. One query."""
    rows = Attendee.objects.filter(
        Q(meeting__area_id=area_id), meeting__held_on__gt=min(days), meeting__held_on__lte=max(days) + AHEAD, votes=True
    ).exclude(meeting__state="cancelled")
    voters: dict[int, int] = defaultdict(int)
    away: dict[int, int] = defaultdict(int)
    about: dict[int, tuple[int, date, str]] = {}
    for pk, unit, on, title, state in rows.values_list("meeting_id", "meeting__unit_id", "meeting__held_on", "meeting__title", "state"):
        voters[pk] += 1
        away[pk] += state == "leave"
        about[pk] = (unit, on, title)
    readings = []
    for day in days:
        for pk, (unit, on, title) in about.items():
            if day < on <= day + AHEAD and away[pk] and voters[pk] >= FEWEST_VOTERS:
                text = f"“{title}”{on} 召开,{voters[pk]} 名有表决权的已有 {away[pk]} 人请假"
                value = share(away[pk], voters[pk])
                readings.append(
                    GaugeReading(f"meeting:{pk}", unit, day, value, f"到会人数有风险:{title}"[:120], text, link_to("meetings:meeting", pk))
                )
    return readings


GAUGES = {
    "steps": Gauge("议事步骤超期", "天", read_steps),
    "near": Gauge("金额临近决策限额", "个", read_near),
    "quorum": Gauge("下周会议请假率", "%", read_quorum),
}
