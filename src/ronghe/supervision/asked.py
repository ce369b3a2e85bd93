"""What 监督 asks people to enter in a month (减负), and what of it grows on a person's plot (责任田)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.links import link_to
from ronghe.common.registry import Crop
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Appointment, Unit
from ronghe.supervision.models import BoardItem, CheckLine
from ronghe.supervision.queries.boards import read_light
from ronghe.supervision.rules.boards import LIVE
from ronghe.worklist.queries.months import describe_month
from ronghe.worklist.rules.recurrence import list_occurrences
from ronghe.worklist.sources import Asked

MOST = 30


def list_asked(area_id: int, month: str) -> Iterable[Asked]:
    """Return what the 监督清单 asks of its supervisors: a line a check. Four queries."""
    about = describe_month(area_id, month)
    units = Unit.objects.filter(area_id=area_id, kind__in=("station", "office"), closed_on=None).count()
    held = Appointment.objects.between(about.first, about.last).filter(post__area_id=area_id)
    holders: dict[str, set[int]] = {}
    for kind, person_id in held.values_list("post__kind", "person_id"):
        holders.setdefault(kind, set()).add(person_id)
    asked = []
    for line in CheckLine.objects.filter(area_id=area_id).between(about.first, about.last).filter(valid_to=None):
        times = len(list_occurrences(line.rule, about.month, line.shift, about.works)) * (units if line.per_unit else 1)
        people = len(holders.get(line.supervisor, ()))
        if times and people:
            each = -(-times // people)
            asked.append(
                Asked(
                    source="监督清单", name=line.what, role=str(POST_TITLES[line.supervisor]), holders=people, fields={"line": each},
                    feeds="rectification", feeds_name="发现的问题转整改", url=link_to("supervision:line", line.pk),
                    retire_url=reverse("supervision:line-retire", args=[line.pk]),
                )
            )  # fmt: skip
    return asked


def list_crops(user: Any, person_id: int) -> list[Crop]:
    """Return what a person answers for on the board, of what the user may read. One query."""
    day = today()
    rows = BoardItem.objects.visible_to(user).filter(owner_id=person_id, state__in=LIVE).order_by("due", "pk")[:MOST]
    crops = []
    for row in rows:
        light = read_light(row, day)
        crops.append(Crop("督办", row.title, light.state, light.word, light.note, link_to("supervision:board-item", row.pk)))
    return crops
