"""What grows on a person's plot here: open tasks by date."""

from typing import Any

from ronghe.common.calendar import today
from ronghe.common.lights import light_for
from ronghe.common.registry import Crop
from ronghe.worklist.models import Task

MOST = 50


def list_crops(user: Any, person_id: int) -> list[Crop]:
    """Return the open tasks of a person that the user may read. One query."""
    day = today()
    rows = Task.objects.visible_to(user).open().filter(owner_id=person_id).order_by("due", "pk")[:MOST]
    crops = []
    for row in rows:
        light = light_for(row.due, day)
        crops.append(Crop(row.kind, row.title, light.state, light.word, light.note, row.path))
    return crops
