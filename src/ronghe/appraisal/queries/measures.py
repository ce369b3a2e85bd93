"""The numbers of a result that the product's own records give: how far a person's goals are, what the led unit's results were.

Set-based: a constant number of queries for any number of people. Each number comes with the sentence that says where it is from.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from ronghe.appraisal.models import Cycle, Report
from ronghe.assessment.models import Result, Run
from ronghe.goals.models import Goal, GoalPlan, Milestone
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment

CENT = Decimal("0.01")
MOST = Fraction(120)  # no goal counts for more than this, however far it is passed
CHIEFS = ("station_chief", "group_leader")


@dataclass(frozen=True)
class Measured:
    """One number and where it comes from; no number where there is nothing to measure by."""

    value: Decimal | None
    note: str


NOTHING = Measured(None, "没有可以计算的目标或结果")


@dataclass(frozen=True)
class Step:
    """How far one goal is at the period's end, in per cent."""

    title: str
    side: str
    percent: Fraction


def measure_goal(goal: Any, nodes: Sequence[Milestone], last: date) -> Fraction | None:
    """Return how much of what was due by the last day is reached, in per cent; None where nothing was due or reported.

    Milestones count by their shares; numbers by actual against target to date, the other way round where less is better.
    """
    if nodes:
        due = [node for node in nodes if node.due <= last]
        if not due:
            return None
        whole = sum((Fraction(node.share) for node in due), Fraction(0))
        done = [node for node in due if node.done_on is not None and node.done_on <= last]
        if whole:
            return sum((Fraction(node.share) for node in done), Fraction(0)) / whole * 100
        return Fraction(100 * len(done), len(due))
    row = goal.progress if hasattr(goal, "progress") else None
    if row is None or row.actual is None or not row.target or goal.indicator is None or row.month > f"{last:%Y-%m}":
        return None
    actual, target = Fraction(row.actual), Fraction(row.target)
    if goal.indicator.direction == "down":
        return MOST if actual <= 0 else min(MOST, target / actual * 100)
    return max(Fraction(0), min(MOST, actual / target * 100))


class Measures:
    """All numbers of one cycle's people."""

    def __init__(self, cycle: Cycle, reports: Sequence[Report], first: date, last: date) -> None:
        self.area, self.first, self.last = cycle.area_id, first, last
        people = [report.person_id for report in reports]
        self.posts: dict[int, list[int]] = defaultdict(list)
        self.led: dict[int, set[int]] = defaultdict(set)
        self.leaders: set[int] = set()
        held = Appointment.objects.between(first, last).filter(person_id__in=people, post__area_id=self.area)
        for person, post, unit, kind in held.values_list("person_id", "post_id", "post__unit_id", "post__kind"):
            self.posts[person].append(post)
            if kind in CHIEFS:
                self.led[person].add(unit)
            if kind in LEADERS:
                self.leaders.add(person)
        self.by_post: dict[int, list[Step]] = defaultdict(list)
        self.by_person: dict[int, list[Step]] = defaultdict(list)
        self.load_goals()
        self.results: dict[int, list[Result]] = defaultdict(list)
        for row in Result.objects.filter(
            run__area_id=self.area, run__state__in=Run.IN_FORCE, run__period__gte=f"{first:%Y-%m}", run__period__lte=f"{last:%Y-%m}"
        ).only("unit_id", "party", "party_full", "business", "business_full"):
            self.results[row.unit_id].append(row)

    def load_goals(self) -> None:
        """Read the goals that somebody coordinates or took on, with their milestones. Two queries."""
        plans = GoalPlan.objects.filter(
            area_id=self.area, state=GoalPlan.State.ISSUED, first_month__lte=f"{self.last:%Y-%m}", last_month__gte=f"{self.first:%Y-%m}"
        )
        goals = list(
            Goal.objects.standing().filter(plan__in=plans).select_related("dimension", "indicator", "progress").order_by("order", "pk")
        )
        nodes: dict[int, list[Milestone]] = defaultdict(list)
        for node in Milestone.objects.filter(goal__plan__in=plans):
            nodes[node.goal_id].append(node)
        for goal in goals:
            percent = measure_goal(goal, nodes[goal.pk], self.last)
            if percent is None:
                continue
            step = Step(goal.title, goal.dimension.side, percent)
            if goal.coordinator_id is not None and goal.parent_id is None:
                self.by_post[goal.coordinator_id].append(step)
            if goal.person_id is not None:
                self.by_person[goal.person_id].append(step)

    def find(self, source: str, report: Report) -> Measured:
        """Return one number of a person: 'goals' (business), 'party' or 'tasks'."""
        if source == "tasks":
            return average(self.by_person[report.person_id], "党员任务")
        side = "business" if source == "goals" else "party"
        if report.person_id in self.leaders:
            steps = [step for post in self.posts[report.person_id] for step in self.by_post[post] if step.side == side]
            if steps:
                return average(steps, "统筹的目标")
            return self.share(list(self.results), side, "没有可计算的本人统筹目标,取全区各单位公示结果的平均")
        return self.share(list(self.led[report.person_id]), side, "所带单位公示生效的考核结果,各月平均")

    def share(self, units: Sequence[int], side: str, note: str) -> Measured:
        """Return the mean over months and units of the marks of one side in per cent of their full."""
        rates = []
        for unit in units:
            for row in self.results[unit]:
                marks, full = (row.business, row.business_full) if side == "business" else (row.party, row.party_full)
                if marks is not None and full:
                    rates.append(Fraction(marks) / Fraction(full) * 100)
        if not rates:
            return NOTHING
        return Measured(to_cents(sum(rates, Fraction(0)) / len(rates)), f"{note}({len(rates)} 个月次)")


def average(steps: Sequence[Step], what: str) -> Measured:
    """Return the plain mean of goals, with the sum written out."""
    if not steps:
        return NOTHING
    terms = ";".join(f"{step.title} {to_cents(step.percent)}%" for step in steps)
    return Measured(to_cents(sum((step.percent for step in steps), Fraction(0)) / len(steps)), f"{what} {len(steps)} 项平均:{terms}")


def to_cents(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, ROUND_HALF_UP)
