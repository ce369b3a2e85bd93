"""What of a new unit waits for an administrator, on the workbench. The page itself asks nothing of the database for it: the part is fetched after it."""

from dataclasses import dataclass
from typing import Any

from ronghe.opening.permissions import DOERS
from ronghe.opening.queries import Line, read_progress
from ronghe.org.models import Unit
from ronghe.org.permissions import is_security_admin, is_system_admin
from ronghe.org.standing import standing_of
from ronghe.worklist.models import MonthRun


@dataclass(frozen=True)
class Waiting:
    """The next step of one new unit that the reader can take, and how far the unit is."""

    area: Unit
    line: Line
    done: int
    total: int


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return the place for what waits, for those who keep units, people and posts; None for everybody else. No query."""
    return {} if is_system_admin(user) or is_security_admin(user) else None


def find_waiting(user: Any) -> Waiting | None:
    """Return the first unit without a first month's list in which a step waits for the reader. One query, and those of the steps for each such unit."""
    opened = MonthRun.objects.filter(made__gt=0).values("area_id")
    areas = Unit.objects.filter(pk__in=standing_of(user).areas_of(DOERS), kind=Unit.Kind.AREA, closed_on=None).exclude(pk__in=opened)
    for area in areas.order_by("order", "code"):
        progress = read_progress(user, area)
        if progress.mine is not None:
            return Waiting(area, progress.mine, progress.done, progress.total)
    return None
