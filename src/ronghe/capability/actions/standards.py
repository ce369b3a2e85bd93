"""任职标准 and 后备."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.capability.models import Requirement, Successor
from ronghe.capability.packs import read_requirements
from ronghe.capability.permissions import may_name_successor, may_set_standards
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.org.models import Person, Post, Unit


@action
def adopt_pack(area: Unit, *, by: Any) -> int:
    """Take over the default standards where the area has none of a name; its own stay as they are."""
    require(may_set_standards, by, area)
    Unit.objects.select_for_update().get(pk=area.pk)
    known = set(Requirement.objects.filter(area=area, valid_to=None).values_list("role", "kind", "name"))
    rows = [
        Requirement(area=area, valid_from=today(), order=order, version=1, **row)
        for order, row in enumerate(read_requirements())
        if (row["role"], row["kind"], row["name"]) not in known
    ]
    Requirement.objects.bulk_create(rows)
    if rows:
        record(by=by, verb="采用任职标准", obj=area, area_id=area.pk, note=_("%(n)d 条") % {"n": len(rows)})
    return len(rows)


@action
def set_requirement(
    area: Unit,
    *,
    role: str,
    kind: str,
    name: str,
    need: int,
    basis: str,
    by: Any,
    old: Requirement | None = None,
    version: int | None = None,
) -> Requirement:
    """Ask something of a role from today on; `old` is what it takes the place of and ends the day before."""
    require(may_set_standards, by, area)
    if not name.strip() or not basis.strip():
        raise ValidationError({"name" if not name.strip() else "basis": _("这一项请填写。")})
    if kind in ("knowledge", "experience") and not 1 <= need <= 4:
        raise ValidationError({"need": _("程度是 1 到 4:了解、能做、熟练、能教别人。")})
    if kind == "hours" and not 1 <= need <= 400:
        raise ValidationError({"need": _("学时是 1 到 400。")})
    order = 100
    if old is not None:
        old = lock_row(old, version=version)
        if old.valid_to is not None:
            raise Refused(_("这一条已经改过,请从现在的一条改。"))
        order = old.order
        old.valid_to = max(old.valid_from, today() - timedelta(days=1))
        old.save()
    if Requirement.objects.filter(area=area, role=role, kind=kind, name=name.strip(), valid_to=None).exists():
        raise ValidationError({"name": _("这个岗位已经有这一条。")})
    row = Requirement.objects.create(
        area=area, role=role, kind=kind, name=name.strip(), need=need, basis=basis.strip(), valid_from=today(), order=order
    )
    record(by=by, verb="设定任职标准", obj=row, area_id=area.pk, note=f"{row.get_kind_display()} {need};{basis}")
    return row


@action
def end_requirement(row: Requirement, *, by: Any, version: int | None = None) -> Requirement:
    """Ask it no longer; what it was stays readable."""
    row = lock_row(row, version=version)
    require(may_set_standards, by, row)
    if row.valid_to is not None:
        raise Refused(_("这一条已经不再要求。"))
    row.valid_to = today()
    row.save()
    record(by=by, verb="不再要求", obj=row, area_id=row.area_id)
    return row


@action
def name_successor(post: Post, *, person: Person, ready: str, by: Any) -> Successor:
    """Name who could take a post."""
    require(may_name_successor, by, post)
    if person.area_id != post.area_id or person.left_on is not None:
        raise ValidationError({"person": _("请选择本管理区在职的人。")})
    if Successor.objects.filter(post=post, person=person, ended_on=None).exists():
        raise ValidationError({"person": _("已经是这个岗位的后备人选。")})
    row = Successor.objects.create(post=post, person=person, ready=ready, named_on=today())
    record(by=by, verb="确定后备人选", obj=post, name=post.title, area_id=row.area_id)
    return row


@action
def end_successor(row: Successor, *, by: Any) -> Successor:
    """Take somebody off the list of a post."""
    row = lock_row(row)
    require(may_name_successor, by, row)
    if row.ended_on is None:
        row.ended_on = today()
        row.save()
        record(by=by, verb="不再列入后备", obj=row.post, name=row.post.title, area_id=row.area_id)
    return row
