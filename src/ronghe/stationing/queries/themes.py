"""What several stations raise alike: proposals by the likeness of words, and the confirmed themes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ronghe.common.calendar import today
from ronghe.stationing.models import Point
from ronghe.stationing.queries.plan import find_norm
from ronghe.stationing.rules import group_alike

LOOK_BACK = 120
MOST = 1500


@dataclass(frozen=True)
class Proposal:
    """Some problems that may be one."""

    title: str
    points: Sequence[Point]
    units: str

    @property
    def pks(self) -> str:
        return ",".join(str(row.pk) for row in self.points)


def propose_themes(user: Any, area_id: int) -> list[Proposal]:
    """Return the groups of alike problems and ideas of the last four months that belong to no theme yet. Two queries; nothing leaves the machine."""
    rows = Point.objects.visible_to(user).filter(
        area_id=area_id, theme=None, apart=False, found_on__gte=today() - timedelta(days=LOOK_BACK)
    )
    points = {row.pk: row for row in rows.select_related("unit", "leader").order_by("-pk")[:MOST]}
    groups = group_alike([(row.pk, row.unit_id, row.text) for row in points.values()], min_units=find_norm(area_id).min_units)
    found = []
    for pks in groups:
        own = [points[pk] for pk in pks]
        title = min((row.text for row in own), key=len)[:60]
        found.append(Proposal(title, own, "、".join(dict.fromkeys(row.unit.name for row in own))))
    return found
