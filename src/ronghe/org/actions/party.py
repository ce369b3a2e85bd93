"""Writes over party organisations and who belongs to a 党小组. Member files stay in the official systems."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.org.models import Membership, PartyOrg, Person, Unit
from ronghe.org.permissions import is_system_admin


@action
def add_group(unit: Unit, *, name: str, by: Any) -> PartyOrg:
    """Found the 党小组 of a station or office, under the area's branch (「将支部建在连上」). A unit has one at a time."""
    unit = lock_row(unit)
    require(is_system_admin, by, unit)
    if unit.kind not in (Unit.Kind.STATION, Unit.Kind.OFFICE) or unit.closed_on is not None:
        raise Refused(_("党小组建在班站和组室。"))
    if PartyOrg.objects.filter(unit=unit, kind=PartyOrg.Kind.GROUP, closed_on=None).exists():
        raise Refused(_("“%(name)s”已有党小组。") % {"name": unit.name})
    check_party_name(unit.area_id, name)
    branch = PartyOrg.objects.filter(area_id=unit.area_id, kind=PartyOrg.Kind.BRANCH, closed_on=None).first()
    number = PartyOrg.objects.filter(unit=unit, kind=PartyOrg.Kind.GROUP).count() + 1
    code = f"{unit.code}-group" if number == 1 else f"{unit.code}-group{number}"
    row = PartyOrg.objects.create(code=code[:40], name=name, kind=PartyOrg.Kind.GROUP, unit=unit, area_id=unit.area_id, parent=branch)
    record(by=by, verb="设立党小组", obj=row, area_id=row.area_id, note=unit.name)
    return row


def check_party_name(area_id: int | None, name: str, but: int | None = None) -> None:
    if PartyOrg.objects.filter(area_id=area_id, name=name, closed_on=None).exclude(pk=but or 0).exists():
        raise ValidationError({"name": _("已有名为“%(name)s”的党组织。") % {"name": name}})


@action
def change_party_org(row: PartyOrg, *, name: str, by: Any, version: int | None = None) -> PartyOrg:
    """Rename a party organisation."""
    row = lock_row(row, version=version)
    require(is_system_admin, by, row)
    check_party_name(row.area_id, name, but=row.pk)
    changes = diff(row, {"name": name})
    row.name = name
    row.save()
    if changes:
        record(by=by, verb="修改党组织", obj=row, area_id=row.area_id, changes=changes)
    return row


@action
def close_group(row: PartyOrg, *, last_day: date, by: Any, version: int | None = None) -> PartyOrg:
    """Close a 党小组 after its last day. Refused while members belong to it beyond that day."""
    row = lock_row(row, version=version)
    require(is_system_admin, by, row)
    if row.kind != PartyOrg.Kind.GROUP or row.closed_on is not None:
        raise Refused(_("只有在设的党小组可以撤销。"))
    left = Membership.objects.between(last_day + timedelta(days=1), date.max).filter(group=row).count()
    if left:
        raise Refused(_("“%(name)s”还有 %(count)d 名党员,请先转到别的党小组。") % {"name": row.name, "count": left})
    row.closed_on = last_day
    row.save()
    record(by=by, verb="撤销党小组", obj=row, area_id=row.area_id, note=f"至 {last_day} 止")
    return row


def close_groups(unit: Unit, *, last_day: date, by: Any) -> None:
    """Close what 党小组 a unit still has. Part of the unit's closing."""
    for row in PartyOrg.objects.filter(unit=unit, kind=PartyOrg.Kind.GROUP, closed_on=None):
        close_group(row, last_day=last_day, by=by)


@action
def join_group(person: Person, group: PartyOrg, *, status: str, valid_from: date, by: Any, version: int | None = None) -> Membership:
    """Enter a person as a member of a 党小组 from a day on; the membership in another group ends the day before."""
    person = lock_row(person, version=version)
    require(is_system_admin, by, person)
    require(is_system_admin, by, group)
    if group.area_id != person.area_id:
        raise ValidationError({"person": _("%(name)s 不在这个管理区。") % {"name": person.name}})
    if person.left_on is not None:
        raise ValidationError({"person": _("%(name)s 已于 %(day)s 离职。") % {"name": person.name, "day": person.left_on}})
    if group.kind != PartyOrg.Kind.GROUP or group.closed_on is not None:
        raise Refused(_("“%(name)s”不是在设的党小组。") % {"name": group.name})
    later = Membership.objects.filter(person=person, valid_from__gte=valid_from).order_by("valid_from").first()
    if later is not None:
        raise ValidationError({"valid_from": _("%(day)s 起已另有登记,起日须晚于它。") % {"day": later.valid_from}})
    former = Membership.objects.on(valid_from).filter(person=person).select_related("group").first()
    if former is not None and former.group_id == group.pk and former.status == status:
        raise ValidationError({"person": _("%(name)s 已是本组党员。") % {"name": person.name}})
    if former is not None:
        former.valid_to = valid_from - timedelta(days=1)
        former.save()
    row = Membership.objects.create(person=person, group=group, status=status, valid_from=valid_from)
    person.save()
    record(
        by=by,
        verb="编入党小组",
        obj=person,
        area_id=group.area_id,
        note=f"{row.get_status_display()},自 {valid_from} 起",
        changes={"党小组": [former.group.name if former else None, group.name]},
    )
    return row


@action
def end_membership(row: Membership, *, last_day: date, by: Any, version: int | None = None) -> Membership:
    """End a membership after a day: the person moved away or left the group."""
    person = lock_row(row.person, version=version)
    require(is_system_admin, by, row.group)
    if row.valid_to is not None and row.valid_to <= last_day:
        raise Refused(_("这条登记已于 %(day)s 终止。") % {"day": row.valid_to})
    if last_day < row.valid_from:
        raise ValidationError({"last_day": _("止日不能早于起日 %(day)s。") % {"day": row.valid_from}})
    row.valid_to = last_day
    row.save()
    person.save()
    record(by=by, verb="转出党小组", obj=person, area_id=row.group.area_id, note=f"{row.group.name},至 {last_day} 止")
    return row


@action
def confirm_member(row: Membership, *, valid_from: date, by: Any, version: int | None = None) -> Membership:
    """Note that a probationary member is a full one from a day on. The decision itself is made in the official system."""
    if row.status != Membership.Status.PROBATIONARY:
        raise Refused(_("%(name)s 已是正式党员。") % {"name": row.person.name})
    return join_group(row.person, row.group, status=Membership.Status.FULL, valid_from=valid_from, by=by, version=version)
