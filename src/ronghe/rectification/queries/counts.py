"""底数: how many items are open, overdue, returned, recurring, closed; by unit, by owner, by area."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from ronghe.common.badges import count_badge
from ronghe.common.calendar import today
from ronghe.common.lights import SOON_DAYS
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of
from ronghe.rectification.models import READERS, UNIT_READERS, Item
from ronghe.rectification.rules import LIVE


@dataclass(frozen=True)
class Tally:
    """The counts of one unit or one owner. `pk` and `name` say whose; `query` is the list's filter that shows just these."""

    pk: int
    name: str
    open: int
    overdue: int
    returned: int
    recurring: int
    closed_this_month: int
    query: str = ""


@dataclass(frozen=True)
class AreaTally:
    """The counts of one 管理区, for those above it too: numbers, no content."""

    pk: int
    name: str
    open: int
    overdue: int
    returned: int
    recurring: int
    closed_this_month: int
    closed_in_time: int
    closed: int

    @property
    def on_time_rate(self) -> float | None:
        """Share of the closed items that were closed by their deadline; None where none is closed."""
        return self.closed_in_time / self.closed if self.closed else None


def count_columns() -> dict[str, Count]:
    """Return the counts that every 底数 asks for, as of today."""
    day = today()
    live = Q(state__in=LIVE)
    return {
        "open": Count("pk", filter=live),
        "overdue": Count("pk", filter=live & Q(step_due__lt=day)),
        "returned": Count("pk", filter=Q(state="returned")),
        "recurring": Count("pk", filter=live & Q(round__gt=1)),
        "closed_this_month": Count("pk", filter=Q(state="closed", ended_on__gte=day.replace(day=1))),
    }


def count_open(area: Unit, by: str = "unit") -> list[Tally]:
    """Return the tallies of an area by 'unit' or 'owner', the most overdue first. For callers that have authorised. One query."""
    if by not in ("unit", "owner"):
        raise ValueError(by)
    rows = Item.objects.filter(area=area).order_by().values(f"{by}_id", f"{by}__name").annotate(**count_columns())
    tallies = [
        Tally(pk=row[f"{by}_id"], name=row[f"{by}__name"], query=f"{by}={row[f'{by}_id']}", **{name: row[name] for name in count_columns()})
        for row in rows
    ]
    shown = [one for one in tallies if one.open or one.closed_this_month]
    return sorted(shown, key=lambda one: (-one.overdue, -one.open, one.name))


def count_by_area(user: Any) -> list[AreaTally]:
    """Return the tallies of the areas that the user leads or oversees, side by side. Two queries."""
    standing = standing_of(user)
    areas = Unit.objects.filter(pk__in=standing.overseen_areas | standing.areas_of(READERS)).order_by("order", "code")
    closed = Q(state="closed")
    rows = (
        Item.objects.filter(area__in=areas)
        .order_by()
        .values("area_id")
        .annotate(
            **count_columns(), closed_in_time=Count("pk", filter=closed & Q(ended_on__lte=F("due"))), closed=Count("pk", filter=closed)
        )
    )
    names = [*count_columns(), "closed_in_time", "closed"]
    counted: dict[Any, dict[str, Any]] = {dict(row)["area_id"]: {name: dict(row)[name] for name in names} for row in rows}
    return [AreaTally(area.pk, area.name, **counted.get(area.pk, dict.fromkeys(names, 0))) for area in areas]


def count_mine(user: Any) -> int:
    """Return how many items wait for the user's step (menu and workbench)."""
    return count_badge(user, "rectification")


def list_mine(user: Any) -> QuerySet[Item] | None:
    """Return the items that wait for the user's step (counted beside the menu line)."""
    holder = standing_of(user).person_id
    return None if holder is None else Item.objects.filter(holder_id=holder)


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return the workbench's panel: lights of what the user oversees or leads, and what waits for the user. One query and the menu's."""
    standing = standing_of(user)
    areas, units = standing.areas_of(READERS), standing.units_of(UNIT_READERS)
    mine = count_mine(user)
    if not areas and not units:
        return {"mine": mine, "wide": None} if mine else None
    day = today()
    soon = day + timedelta(days=SOON_DAYS)
    rows = Item.objects.filter(Q(area_id__in=areas) | Q(unit_id__in=units), area_id__in=standing.readable_areas)
    counted = rows.order_by().aggregate(
        red=Count("pk", filter=Q(step_due__lt=day)),
        yellow=Count("pk", filter=Q(step_due__gte=day, step_due__lte=soon)),
        green=Count("pk", filter=Q(step_due__gt=soon)),
        recurring=Count("pk", filter=Q(state__in=LIVE, round__gt=1)),
        closed=Count("pk", filter=Q(state="closed", ended_on__gte=day.replace(day=1))),
    )
    if not any(counted.values()) and not mine:
        return None
    return {"mine": mine, "wide": counted}
