"""Units from a sheet: all of them or none, each by the same action as from the page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.org.actions.party import add_group
from ronghe.org.actions.posts import make_post
from ronghe.org.actions.units import add_unit
from ronghe.org.models import Track, Unit
from ronghe.org.permissions import is_system_admin
from ronghe.org.unit_list import UnitReading


@action
def import_units(area: Unit, found: UnitReading, *, name: str, by: Any) -> list[Unit]:
    """Set up the units of a sheet below an area, with track and 党小组; one problem and none is set up."""
    area = lock_row(area)
    require(is_system_admin, by, area)
    if found.errors or not found.lines:
        raise Refused(_("表里还有 %(count)d 处问题,一个单位也没有导入。") % {"count": len(found.errors)})
    tracks = {track.code: track for track in Track.objects.filter(area=area)}
    made = []
    for line in found.lines:
        try:
            unit = add_unit(
                area, code=line.code, name=line.name, kind=line.kind, opened_on=line.since, aliases=list(line.aliases),
                track=tracks.get(line.track), by=by,
            )  # fmt: skip
            if line.group:
                add_group(unit, name=line.group, by=by)
                make_post(unit, "group_leader", by=by)
        except ValidationError as problem:
            words = " ".join(problem.messages)
            raise Refused(_("第 %(row)d 行“%(name)s”:%(problem)s") % {"row": line.row, "name": line.name, "problem": words}) from problem
        made.append(unit)
    record(by=by, verb="导入单位", obj=area, area_id=area.pk, note=_("%(name)s:%(n)d 个单位") % {"name": name[:100], "n": len(made)})
    return made
