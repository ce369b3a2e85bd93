"""The 监督清单 from a sheet: all of it or none."""

from typing import Any

from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import today
from ronghe.common.sheets.text import key_text
from ronghe.org.models import Unit
from ronghe.supervision.actions.lines import add_line, change_line
from ronghe.supervision.models.checks import CheckLine
from ronghe.supervision.permissions import may_keep_lines
from ronghe.supervision.reading import LineReading


@action
def import_lines(area: Unit, found: LineReading, *, name: str, by: Any) -> tuple[int, int]:
    """Take in the lines of a sheet: a line of the same business and matter is changed where it differs, the others are added.

    What the sheet does not name stays as it is. Returns how many are new and how many changed.
    """
    require(may_keep_lines, by, area)
    if found.problems or not found.lines:
        raise Refused(_("表里还有 %(count)d 处问题,一条也没有导入。") % {"count": len(found.problems)})
    current = CheckLine.objects.filter(area=area, valid_to=None).on(today())
    known = {(key_text(line.business), key_text(line.what)): line for line in current}
    added = changed = 0
    for one in found.lines:
        values = dict(one.values)
        line = known.get((key_text(values["business"]), key_text(values["what"])))
        if line is None:
            add_line(area, {**values, "shift": "after"}, by=by)
            added += 1
        elif any(getattr(line, field) != value for field, value in values.items()):
            change_line(line, values, reason=_("导入 %(name)s") % {"name": name[:100]}, by=by)
            changed += 1
    note = _("%(name)s:新增 %(added)d 条,修改 %(changed)d 条") % {"name": name[:100], "added": added, "changed": changed}
    record(by=by, verb="导入监督清单", obj=area, name=_("监督清单"), area_id=area.pk, note=note)
    return added, changed
