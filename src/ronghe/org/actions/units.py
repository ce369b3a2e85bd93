"""Writes over units: added, renamed, closed, moved to another 管理区. Nothing is deleted, and each has its dates."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.pinyin import index_name
from ronghe.org.actions.adopt import adopt_organisation
from ronghe.org.actions.party import add_group, close_groups
from ronghe.org.actions.posts import close_posts, make_post
from ronghe.org.actions.tracks import end_place, place_unit
from ronghe.org.models import Appointment, Membership, PartyOrg, Person, Track, Unit
from ronghe.org.permissions import is_system_admin
from ronghe.org.rules import find_taken_name, is_code, keep_old_name

PARENTS = {Unit.Kind.AREA: Unit.Kind.PLANT, Unit.Kind.STATION: Unit.Kind.AREA, Unit.Kind.OFFICE: Unit.Kind.AREA}
USUAL_POSTS = ("station_chief", "group_leader", "reporter", "staff")


@action
def add_unit(
    parent: Unit,
    *,
    code: str,
    name: str,
    kind: str,
    opened_on: date,
    by: Any,
    aliases: list[str] | None = None,
    track: Track | None = None,
    group: bool = False,
) -> Unit:
    """Add a unit below another: a 管理区 below the plant with the organisation's pack, a station or office with its usual posts.

    A station may get its track and its 党小组 in the same go (「将支部建在连上」).
    """
    parent = lock_row(parent)
    require(is_system_admin, by, parent)
    if parent.closed_on is not None:
        raise Refused(_("“%(name)s”已撤销,不能在下面设单位。") % {"name": parent.name})
    if PARENTS.get(Unit.Kind(kind)) != parent.kind:
        raise ValidationError({"kind": _("“%(parent)s”下面不设这一类单位。") % {"parent": parent.name}})
    check_code(code)
    unit = Unit(code=code, name=name, kind=kind, parent=parent, opened_on=opened_on, aliases=aliases or [], pinyin=index_name(name))
    unit.order = Unit.objects.filter(parent=parent).count() + 1
    unit.area_id = parent.area_id
    check_names(unit)
    unit.save()
    if kind == Unit.Kind.AREA:
        unit.area = unit
        unit.save()
    record(by=by, verb="设立单位", obj=unit, area_id=unit.area_id, note=f"自 {opened_on} 起", changes={"code": [None, code]})
    if kind == Unit.Kind.AREA:
        adopt_organisation(unit, by=by)
        return unit
    for post in USUAL_POSTS:
        if post != "group_leader" or group:
            make_post(unit, post, by=by)
    if track is not None:
        place_unit(unit, track, valid_from=opened_on, by=by)
    if group:
        add_group(unit, name=f"{name}党小组", by=by)
    return unit


def check_code(code: str) -> None:
    """Raise ValidationError where a code is malformed or taken."""
    if not is_code(code):
        raise ValidationError({"code": _("编码只用字母、数字、- 和 _,以字母或数字开头。")})
    if Unit.objects.filter(code__iexact=code).exists():
        raise ValidationError({"code": _("编码 %(code)s 已有单位使用。") % {"code": code}})


def check_names(unit: Unit) -> None:
    """Raise ValidationError where another open unit beside it bears one of its names."""
    beside = Unit.objects.filter(area_id=unit.area_id, closed_on=None) if unit.area_id else Unit.objects.filter(parent_id=unit.parent_id)
    others = beside.exclude(pk=unit.pk).values_list("name", "aliases")
    taken = find_taken_name([unit.name, *unit.aliases], others)
    if taken:
        raise ValidationError({"name": _("“%(name)s”已是“%(other)s”的名称或别名,表格里会分不清。") % {"name": taken[0], "other": taken[1]}})


@action
def change_unit(unit: Unit, *, name: str, aliases: list[str], order: int, by: Any, version: int | None = None) -> Unit:
    """Rename or reorder a unit. Its old name stays an alias, so that sheets under it are still read; what was published keeps it."""
    unit = lock_row(unit, version=version)
    require(is_system_admin, by, unit)
    values = {"name": name, "aliases": keep_old_name(unit.name, name, aliases), "order": order}
    changes = diff(unit, values)
    for field, value in values.items():
        setattr(unit, field, value)
    check_names(unit)
    unit.pinyin = index_name(name)
    unit.save()
    if changes:
        record(by=by, verb="修改单位", obj=unit, area_id=unit.area_id, changes=changes)
    return unit


@action
def close_unit(unit: Unit, *, last_day: date, by: Any, version: int | None = None) -> Unit:
    """Close a unit after its last day: its track, posts and 党小组 end with it. Refused while people or units belong to it."""
    unit = lock_row(unit, version=version)
    require(is_system_admin, by, unit)
    if unit.closed_on is not None:
        raise Refused(_("“%(name)s”已于 %(day)s 撤销。") % {"name": unit.name, "day": unit.closed_on})
    if unit.opened_on is not None and last_day < unit.opened_on:
        raise ValidationError({"last_day": _("不能早于设立日期 %(day)s。") % {"day": unit.opened_on}})
    if Unit.objects.filter(parent=unit, closed_on=None).exists():
        raise Refused(_("下面还有单位,请先撤销它们。"))
    staff = Person.objects.filter(unit=unit, left_on=None).count()
    if staff:
        raise Refused(_("还有 %(count)d 人在“%(name)s”,请先把他们调到别的单位。") % {"count": staff, "name": unit.name})
    end_place(unit, last_day=last_day, by=by)
    close_posts(unit, last_day=last_day, by=by)
    close_groups(unit, last_day=last_day, by=by)
    unit.closed_on = last_day
    unit.save()
    record(by=by, verb="撤销单位", obj=unit, area_id=unit.area_id, note=f"至 {last_day} 止")
    return unit


@action
def move_unit(
    unit: Unit, area: Unit, *, code: str, first_day: date, by: Any, version: int | None = None, track: Track | None = None
) -> Unit:
    """Move a station or office to another 管理区: there it is a unit of its own, with its people, posts and 党小组, from a day on.

    What it did before stays with the area where it did it: a month is ranked by what applied in it.
    """
    unit = lock_row(unit, version=version)
    require(is_system_admin, by, unit)
    require(is_system_admin, by, area)
    if unit.kind not in (Unit.Kind.STATION, Unit.Kind.OFFICE):
        raise Refused(_("只有班站和组室可以划转。"))
    if area.kind != Unit.Kind.AREA or area.pk == unit.area_id:
        raise ValidationError({"area": _("请选择另一个管理区。")})
    if unit.opened_on is not None and first_day <= unit.opened_on:
        raise ValidationError({"first_day": _("须晚于设立日期 %(day)s。") % {"day": unit.opened_on}})
    check_other_posts(unit, first_day)
    last_day = first_day - timedelta(days=1)
    group = PartyOrg.objects.filter(unit=unit, kind=PartyOrg.Kind.GROUP, closed_on=None).first()
    members = list(Membership.objects.on(first_day).filter(group=group)) if group else []
    held = list(Appointment.objects.on(first_day).filter(post__unit=unit).select_related("post"))
    new = add_unit(
        area,
        code=code,
        name=unit.name,
        kind=unit.kind,
        opened_on=first_day,
        aliases=list(unit.aliases),
        track=track,
        group=group is not None,
        by=by,
    )
    for person in Person.objects.filter(unit=unit, left_on=None):
        person.unit, person.area = new, new.area
        person.save()
    for row in members:
        Membership.objects.filter(pk=row.pk).update(valid_to=last_day)
        Membership.objects.create(person_id=row.person_id, group=new.party_orgs.get(), status=row.status, valid_from=first_day)
    close_unit(unit, last_day=last_day, by=by)
    for appointment in held:
        post = new.posts.filter(kind=appointment.post.kind).first() or make_post(new, appointment.post.kind, by=by)
        Appointment.objects.create(
            person_id=appointment.person_id, post=post, valid_from=first_day, valid_to=appointment.valid_to, acting=appointment.acting
        )
    record(by=by, verb="划转单位", obj=new, area_id=new.area_id, note=f"由 {unit.area} 划入,自 {first_day} 起,{len(held)} 个任职随转")
    return new


def check_other_posts(unit: Unit, day: date) -> None:
    """Raise Refused where people of the unit hold posts elsewhere in the area: these are given to others first."""
    rows = Appointment.objects.on(day).filter(person__unit=unit, person__left_on=None).exclude(post__unit=unit)
    held = [f"{name}({title})" for name, title in rows.values_list("person__name", "post__title")]
    if held:
        raise Refused(_("这些人还在别处任职,请先免职或改派:%(held)s。") % {"held": "、".join(held)})
