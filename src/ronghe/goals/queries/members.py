"""A unit's goal among its members, ready to print: the table of the split, the month's tallies, who had a part and when, where a part comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ronghe.common.calendar import today
from ronghe.common.registry import find_actuals, find_credits
from ronghe.goals.models import Acceptance, Goal, Tally
from ronghe.goals.queries.tree import Node, describe_goals, print_places
from ronghe.goals.rules import print_number
from ronghe.goals.rules.cascade import SUM, Balance, Part, split_goal, weigh_parts
from ronghe.org.models import Membership, Person

CREDIT, CAPACITY, EQUAL, HAND = "credit", "capacity", "equal", "hand"


@dataclass
class MemberRow:
    """One member in the table of a split."""

    pk: int
    name: str
    note: str
    value: Decimal | None
    share: Decimal | None
    credit: Decimal | None
    chosen: bool
    first: bool = True
    gone: bool = False
    part: int = 0
    typed: str = ""
    percent: str = ""

    @property
    def shown_value(self) -> str:
        return print_number(self.value) or self.typed

    @property
    def shown_share(self) -> str:
        return print_number(self.share)

    @property
    def shown_credit(self) -> str:
        return print_number(self.credit) or "—"


def list_parts(goal: Goal) -> list[Goal]:
    """Return the members' parts of a unit's goal, by name. One query."""
    rows = Goal.objects.standing().filter(parent=goal, person__isnull=False, indicator__isnull=False)
    return list(rows.select_related("person", "indicator").order_by("person__sort_key", "person__number"))


def list_staff(goal: Goal) -> QuerySet[Person]:
    """Return who can take a part: who works in the unit and has an account to accept by."""
    return Person.objects.filter(unit=goal.unit_id, left_on=None, user__is_active=True).order_by("sort_key", "number")


def build_members(
    goal: Goal, data: Mapping[str, Any], values: Mapping[str, Decimal | None], shares: Mapping[str, Decimal | None]
) -> list[MemberRow]:
    """Return a row for each member: as typed where something was, else as saved. Four queries, one more for last year's credit.

    Before anything is shared out the party members stand chosen; somebody who has gone keeps a row until the part is given on.
    """
    parts = {row.person_id: row for row in list_parts(goal)}
    staff = list(list_staff(goal))
    here = {person.pk for person in staff}
    gone = [row.person for pk, row in parts.items() if pk not in here and row.person is not None]
    everybody = [*staff, *gone]
    party = dict(Membership.objects.on(today()).filter(person__in=everybody).values_list("person_id", "status"))
    # who has a part first, then the party members, by name among themselves: on a phone thirty names are many
    people = sorted(everybody, key=lambda one: (one.pk not in parts, one.pk not in party))
    unit_text = goal.indicator.unit_text if goal.indicator else ""
    credit = find_credits(here, unit_text, int(goal.plan.first_month[:4]) - 1)
    typed = "draw" in data or "save" in data
    rows = []
    for person in people:
        key, part = str(person.pk), parts.get(person.pk)
        chosen = f"c-{key}" in data if typed else part is not None if parts else person.pk in party
        value = values.get(key) if typed else part.value if part else None
        words = [str(Membership.Status(party[person.pk]).label)] if person.pk in party else []
        words += [_("已不在本单位,请先移交")] if person.pk not in here else []
        rows.append(
            MemberRow(
                person.pk, person.name, "、".join(words), value, shares.get(key), credit.get(person.pk), chosen,
                first=part is not None or person.pk in party, gone=person.pk not in here, part=part.pk if part else 0, typed=str(data.get(f"v-{key}", "")),
            )
        )  # fmt: skip
    return rows


def draw_rows(goal: Goal, rows: list[MemberRow], by: str) -> str:
    """Fill in the chosen members' values by shares; → why not, or ''."""
    chosen = [row for row in rows if row.chosen and not row.gone]
    if not chosen or goal.value is None:
        return _("请先勾选参加的成员。")
    given = {CREDIT: [row.credit for row in chosen], CAPACITY: [row.share for row in chosen]}.get(by, [Decimal(1)] * len(chosen))
    taken = [max(Decimal(0), share or Decimal(0)) for share in given]
    if by == CREDIT and not any(taken):
        return _("勾选的人上年没有同一计量单位的核实贡献,请按平均、份额或逐个手填。")
    if by == CAPACITY and not any(taken):
        return _("请先填份额。")
    total = goal.value - (goal.named if goal.rule == SUM else 0)
    for row in rows:
        row.value, row.typed = None, ""
    for row, value in zip(chosen, split_goal(goal.rule, total, taken, goal.decimals), strict=True):
        row.value = value or None
    return ""


def weigh_rows(goal: Goal, rows: list[MemberRow]) -> Balance:
    """Reconcile the table with the unit's goal, and write each member's percentage."""
    given = [row for row in rows if row.chosen and row.value is not None]
    for row in given:
        if goal.rule == SUM and goal.value and row.value is not None:
            row.percent = f"{row.value / goal.value * 100:.1f}%"
    return weigh_parts(goal.rule, goal.value, [Part(row.value, Decimal(1)) for row in given], goal.decimals, goal.named)


@dataclass(frozen=True)
class TallyRow:
    """One member in the month's table."""

    pk: int
    name: str
    target: str
    value: str
    before: str
    to_date: str


@dataclass(frozen=True)
class TallyTable:
    month: str
    rows: list[TallyRow]
    total: str
    own: str
    left: str
    adds_up: bool


def build_tallies(goal: Goal, month: str, typed: Mapping[str, str]) -> TallyTable:
    """Return the month's table: what each member was to do and did, against the unit's own figure in force. Five queries."""
    parts = list_parts(goal)
    targets = dict(
        Goal.objects.filter(pk__in=[row.pk for row in parts], curve_months__month=month).values_list("pk", "curve_months__value")
    )
    saved: dict[int, list[Tally]] = {}
    for row in Tally.objects.filter(goal__in=parts, month=month).select_related("person"):
        saved.setdefault(row.goal_id, []).append(row)
    to_date: dict[int, Decimal] = {}
    for goal_id, value in Tally.objects.filter(goal__in=parts, month__lte=month).values_list("goal_id", "value"):
        to_date[goal_id] = to_date.get(goal_id, Decimal(0)) + value
    adds_up = goal.indicator is not None and goal.indicator.rollup == "sum"
    rows, total = [], Decimal(0)
    for part in parts:
        own = next((row.value for row in saved.get(part.pk, []) if row.person_id == part.person_id), None)
        others = [row for row in saved.get(part.pk, []) if row.person_id != part.person_id]
        total += sum((row.value for row in saved.get(part.pk, [])), Decimal(0))
        rows.append(
            TallyRow(
                part.pk,
                part.person.name if part.person else "",
                print_number(targets.get(part.pk)),
                typed.get(f"d-{part.pk}", print_number(own)),
                "、".join(f"{row.person.name} {print_number(row.value)}" for row in others),
                print_number(to_date.get(part.pk)) if adds_up else "",
            )
        )
    figure = None
    if goal.indicator is not None and goal.unit_id is not None:
        figures = find_actuals(goal.plan.area_id, [goal.indicator.pk], month, month)
        figure = figures.get((goal.unit_id, goal.indicator.pk, month))
    left = print_number(figure - total) if adds_up and figure is not None else ""
    return TallyTable(month, rows, print_number(total) if adds_up else "", print_number(figure), left, adds_up)


@dataclass(frozen=True)
class TermLine:
    name: str
    period: str
    done: str
    note: str


def list_terms(part: Goal, *, results: bool) -> list[TermLine]:
    """Return who had a member's part from when to when, and what each did of it. Two queries."""
    done: dict[int, Decimal] = {}
    for person, value in part.tallies.values_list("person_id", "value") if results else ():
        done[person] = done.get(person, Decimal(0)) + value
    adds_up = part.indicator is not None and part.indicator.rollup == "sum"
    return [
        TermLine(
            row.person.name,
            f"{row.valid_from} — {row.valid_to or ''}",
            print_places(done.get(row.person_id), part) if adds_up else "",
            row.note,
        )
        for row in part.terms.select_related("person")
    ]


@dataclass(frozen=True)
class UpLine:
    """A goal above one, and which part of it this one is."""

    node: Node
    percent: str


def trace_part(goal: Goal, chain: list[Goal], user: Any) -> list[UpLine]:
    """Return the goals above one, the nearest first, with its percentage where all are sums of one indicator. Four queries."""
    rows = Goal.objects.filter(pk__in=[row.pk for row in chain]).order_by("-depth")
    above_it = list(rows.select_related("plan", "indicator", "unit", "person", "coordinator", "dimension"))
    lines = []
    whole = True
    for above, node in zip(above_it, describe_goals(above_it, user=user), strict=True):
        whole = whole and above.rule == SUM and above.indicator_id == goal.indicator_id and bool(above.value)
        percent = f"{goal.value / above.value * 100:.1f}%" if whole and goal.value is not None and above.value else ""
        lines.append(UpLine(node, percent))
    return lines


def count_accepted(goal: Goal, parts: list[int]) -> tuple[int, int]:
    """Return how many of the members who have a part have accepted it, of how many. One query."""
    people = Goal.objects.filter(pk__in=parts).values("person_id")
    rows = Acceptance.objects.filter(Q(person__in=people), plan=goal.plan_id, goals__gt=0).values_list("at", flat=True)
    given = list(rows)
    return sum(at is not None for at in given), len(given)
