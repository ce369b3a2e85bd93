"""The 监督清单 as data: taken over from the pack, changed by a new version, retired."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.org.models import Unit
from ronghe.supervision.actions.steps import require_text
from ronghe.supervision.models.checks import CheckLine
from ronghe.supervision.packs import read_pack
from ronghe.supervision.permissions import may_keep_lines
from ronghe.supervision.rules.checks import find_fault
from ronghe.worklist.rules.recurrence import BadRule, check_rule

FIELDS = ("business", "what", "risk", "supervised", "supervisor", "per_unit", "rule", "shift", "method", "basis")


@action
def adopt_lines(area: Unit, *, by: Any) -> int:
    """Take over the lines of the pack that the area does not have; returns how many."""
    require(may_keep_lines, by, area)
    known = set(CheckLine.objects.filter(area=area).values_list("code", flat=True))
    rows = [
        CheckLine(
            area=area, code=row["code"], order=order, valid_from=today(), version=1,
            **{name: row[name] for name in FIELDS if name in row},
        )
        for order, row in enumerate(read_pack("line"))
        if row["code"] not in known
    ]  # fmt: skip
    CheckLine.objects.bulk_create(rows)
    record(by=by, verb="采用监督清单", obj=area, name=_("监督清单"), area_id=area.pk, note=_("%(n)d 条") % {"n": len(rows)})
    return len(rows)


def check_values(values: dict[str, Any]) -> None:
    require_text(**{name: values[name] for name in ("business", "what", "risk", "method", "basis")})
    fault = find_fault(values["supervisor"], values["supervised"])
    if fault:
        raise ValidationError({"supervisor": fault})
    try:
        values["rule"] = check_rule(values["rule"])
    except BadRule as problem:
        raise ValidationError({"every": str(problem)}) from problem


@action
def add_line(area: Unit, values: dict[str, Any], *, by: Any) -> CheckLine:
    """Add a line of the area's own."""
    require(may_keep_lines, by, area)
    check_values(values)
    count = CheckLine.objects.filter(area=area).count()
    row = CheckLine.objects.create(area=area, code=f"own-{count + 1}", order=count, valid_from=today(), **values)
    record(by=by, verb="增加监督事项", obj=row, area_id=area.pk, note=row.basis)
    return row


@action
def change_line(line: CheckLine, values: dict[str, Any], *, reason: str, by: Any, version: int | None = None) -> CheckLine:
    """Change a line from today on: the old version ends, what was planned by it stays its."""
    line = lock_current(line, version, by)
    require_text(reason=reason)
    check_values(values)
    changes = diff(line, values)
    if not changes:
        raise Refused(_("没有改动。"))
    start = today()
    if line.valid_from >= start:
        for name, value in values.items():
            setattr(line, name, value)
        line.reason = reason.strip()
        line.save()
        new = line
    else:
        line.valid_to = start - timedelta(days=1)
        line.save()
        new = CheckLine.objects.create(
            area_id=line.area_id,
            code=line.code,
            number=line.number + 1,
            order=line.order,
            valid_from=start,
            reason=reason.strip(),
            **values,
        )
    record(by=by, verb="修改监督事项", obj=new, area_id=line.area_id, note=reason.strip(), changes=changes)
    return new


@action
def retire_line(line: CheckLine, *, reason: str, by: Any, version: int | None = None) -> CheckLine:
    """Ask for no more checks of a line; what is open ends with the next tick."""
    line = lock_current(line, version, by)
    require_text(reason=reason)
    line.valid_to, line.reason = max(today() - timedelta(days=1), line.valid_from), reason.strip()
    line.save()
    record(by=by, verb="停用监督事项", obj=line, area_id=line.area_id, note=reason.strip())
    return line


def lock_current(line: CheckLine, version: int | None, by: Any) -> CheckLine:
    line = lock_row(line, version=version)
    require(may_keep_lines, by, line)
    if is_past(line.valid_to):
        raise Refused(_("这是旧的一版,请改现行的一版。"))
    return line


def is_past(day: date | None) -> bool:
    return day is not None
