"""Kinds of measures: taken from the pack, changed by a new version, let go. A measure keeps the version that it was decided by."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.coaching.actions.proposals import lapse_proposal
from ronghe.coaching.models import Kind, Proposal
from ronghe.coaching.packs import read_kinds
from ronghe.coaching.permissions import may_keep_kinds
from ronghe.coaching.rules.kinds import find_faults
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.org.models import Unit

EDITED = ("name", "tone", "way", "levels", "deciders", "demand", "days", "follow_days", "grounds", "quiet_days", "basis")


def check_kind(kind: Kind) -> None:
    """Raise ValidationError at each part that cannot stand; a disciplinary measure under another name cannot."""
    faults = find_faults({name: getattr(kind, name) for name in EDITED})
    if faults:
        raise ValidationError(faults)


@action
def adopt_kinds(area: Unit, *, by: Any) -> int:
    """Take over the pack's kinds that the area does not have; returns how many."""
    area = lock_row(area)
    require(may_keep_kinds, by, area)
    known = set(Kind.objects.filter(area=area).values_list("code", flat=True))
    made = []
    for order, values in enumerate(read_kinds()):
        if values["code"] not in known:
            kind = Kind(area=area, valid_from=today(), order=order, **values)
            check_kind(kind)
            kind.save()
            made.append(kind.name)
    if not made:
        raise Refused(_("制度包里的措施都已采用。"))
    record(by=by, verb="采用措施种类", obj=area, area_id=area.pk, note="、".join(made))
    return len(made)


@action
def add_kind(area: Unit, values: dict[str, Any], *, by: Any) -> Kind:
    """Add a kind of the area's own."""
    area = lock_row(area)
    require(may_keep_kinds, by, area)
    number = Kind.objects.filter(area=area).count() + 1
    kind = Kind(area=area, code=f"own-{number}", valid_from=today(), order=number, **{k: v for k, v in values.items() if k in EDITED})
    check_kind(kind)
    kind.save()
    record(by=by, verb="新增措施种类", obj=kind, area_id=area.pk, note=kind.basis)
    return kind


@action
def revise_kind(kind: Kind, values: dict[str, Any], *, reason: str, by: Any, version: int | None = None) -> Kind:
    """Write the next version; what was decided by the old one stays as it was."""
    kind = lock_row(kind, version=version)
    require(may_keep_kinds, by, kind)
    if kind.valid_to is not None:
        raise Refused(_("这一版已被新版取代或已停用,请改现行的一版。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明修订原因。")})
    kept = {name: getattr(kind, name) for name in (*EDITED, "area", "code", "order")}
    made = Kind(**{**kept, **{name: value for name, value in values.items() if name in EDITED}})
    made.number, made.reason, made.valid_from = kind.number + 1, reason.strip(), today()
    check_kind(made)
    changes = diff(kind, {name: getattr(made, name) for name in EDITED})
    if not changes:
        raise ValidationError(_("没有改动。"))
    kind.valid_to = max(kind.valid_from, today() - timedelta(days=1))
    kind.save()
    made.save()
    record(by=by, verb="修订措施种类", obj=made, area_id=made.area_id, note=made.reason, changes=changes)
    return made


@action
def retire_kind(kind: Kind, *, reason: str, by: Any, version: int | None = None) -> Kind:
    """Use a kind no more; its open proposals fall away, its measures run on."""
    kind = lock_row(kind, version=version)
    require(may_keep_kinds, by, kind)
    if kind.valid_to is not None:
        raise Refused(_("这种措施已经停用。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明原因。")})
    kind.valid_to = max(kind.valid_from, today() - timedelta(days=1))
    kind.save()
    for proposal in Proposal.objects.filter(area_id=kind.area_id, kind__code=kind.code, state="open").select_for_update():
        lapse_proposal(proposal, _("这种措施已停用"))
    record(by=by, verb="停用措施种类", obj=kind, area_id=kind.area_id, note=reason.strip())
    return kind
