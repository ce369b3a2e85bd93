"""Kinds of meetings: taken from the pack, changed by a new edition from a day on; what was held keeps the edition of its day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.meetings.models import Kind, Meeting, QuorumRule
from ronghe.meetings.packs import read_kinds
from ronghe.meetings.permissions import may_keep_kinds
from ronghe.meetings.rules.quorum import FORMS
from ronghe.org.models import Unit

EDITED = ("name", "presiders", "norm", "times", "basis", "by_name", "head_last", "in_room", "materials_days", "counts")


@action
def adopt_kinds(area: Unit, *, by: Any) -> list[Kind]:
    """Copy the pack's kinds that the area does not have yet; their norms are asked from this month on."""
    area = lock_row(area)
    require(may_keep_kinds, by, area)
    known = set(Kind.objects.filter(area=area).values_list("code", flat=True))
    made = []
    for row in read_kinds():
        if row["code"] in known:
            continue
        values = {name: value for name, value in row.items() if name != "quorums"}
        kind = Kind.objects.create(area=area, valid_from=today().replace(day=1), **values)
        QuorumRule.objects.bulk_create(QuorumRule(kind=kind, **cell) for cell in row["quorums"])
        made.append(kind)
    if not made:
        raise Refused(_("制度包里的会议类别都已采用。"))
    record(by=by, verb="采用会议制度", obj=area, area_id=area.pk, note="、".join(kind.name for kind in made))
    return made


@action
def change_kind(
    kind: Kind,
    values: dict[str, Any],
    quorums: Sequence[dict[str, Any]],
    *,
    valid_from: date,
    reason: str,
    by: Any,
    version: int | None = None,
) -> Kind:
    """Write the next edition of a kind, from a day on. Meetings planned from that day on follow it; those before keep theirs."""
    kind = lock_row(kind, version=version)
    require(may_keep_kinds, by, kind)
    if kind.valid_to is not None:
        raise Refused(_("这一版已被新版取代,请改现行的一版。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明修订原因和依据。")})
    if valid_from <= max(kind.valid_from, today() - timedelta(days=1)):
        raise ValidationError({"valid_from": _("新版的起日须晚于现行版的起日,且不早于今天。")})
    check_quorums(quorums)
    changes = diff(kind, {name: values[name] for name in EDITED if name in values})
    kept = {name: getattr(kind, name) for name in (*EDITED, "area", "code", "body", "order")}
    kind.valid_to = valid_from - timedelta(days=1)
    kind.save()
    made = Kind.objects.create(
        **{**kept, **{name: value for name, value in values.items() if name in EDITED}},
        number=kind.number + 1,
        valid_from=valid_from,
        reason=reason.strip(),
    )
    QuorumRule.objects.bulk_create(QuorumRule(kind=made, **cell) for cell in quorums)
    Meeting.objects.filter(kind=kind, state=Meeting.State.PLANNED, held_on__gte=valid_from).update(kind=made)
    note = _("第 %(n)d 版,自 %(day)s 起:%(reason)s") % {"n": made.number, "day": valid_from, "reason": reason.strip()}
    record(by=by, verb="修订会议制度", obj=made, area_id=made.area_id, note=note, changes=changes)
    return made


def check_quorums(quorums: Sequence[dict[str, Any]]) -> None:
    """Raise ValidationError where a cell of the table is no share, or allows no way to vote."""
    for cell in quorums:
        for side in ("attend", "pass"):
            top, bottom = cell[f"{side}_numerator"], cell[f"{side}_denominator"]
            if not 0 < top <= bottom or (top == bottom and cell[f"{side}_strict"]):
                raise ValidationError(_("法定人数须是不大于一的分数,“超过”不能配全体。"))
        if not cell["forms"] or not set(cell["forms"]) <= set(FORMS):
            raise ValidationError(_("每类事项至少允许一种表决方式。"))
        if not cell["basis"].strip():
            raise ValidationError(_("每类事项的法定人数须写明依据。"))
