"""Writes over posts: a seat in a unit, of a kind of the organisation's pack; a leader's carries committee posts (M7)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.org.kinds import ADMINISTRATORS, LEADERS, POST_TITLES
from ronghe.org.models import Appointment, PartyOrg, Post, Unit
from ronghe.org.packs import read_organisation
from ronghe.org.permissions import is_security_admin, is_system_admin
from ronghe.org.rules import fits_scope

ORDERS = {kind: order for order, kind in enumerate(POST_TITLES)}
# one seat of each of these in a place; of the others a unit may have several
SINGLE = (*LEADERS, "group_leader", "staff", *ADMINISTRATORS)


@action
def add_post(unit: Unit, *, kind: str, by: Any, title: str = "", committee: list[str] | None = None) -> Post:
    """Set up a post in a unit. Its kind says what it may do and where it may stand (packs/organisation.toml)."""
    unit = lock_row(unit)
    require(is_security_admin if kind in ADMINISTRATORS else is_system_admin, by, unit)
    return make_post(unit, kind, title=title, committee=committee, by=by)


def make_post(unit: Unit, kind: str, *, by: Any, title: str = "", committee: list[str] | None = None) -> Post:
    """Write a post. Part of the caller's action, which has asked whether it may."""
    pack = read_organisation()
    found = pack.posts.get(kind)
    if found is None or kind not in POST_TITLES:
        raise ValidationError({"kind": _("没有这一类岗位。")})
    if not fits_scope(found.scope, unit.kind) or unit.closed_on is not None:
        raise ValidationError({"kind": _("“%(kind)s”不设在“%(unit)s”。") % {"kind": found.name, "unit": unit.name}})
    if kind in SINGLE and Post.objects.filter(unit=unit, kind=kind, closed_on=None).exists():
        raise ValidationError({"kind": _("“%(unit)s”已有“%(kind)s”岗位。") % {"kind": found.name, "unit": unit.name}})
    group = PartyOrg.objects.filter(unit=unit, closed_on=None).first() if found.scope in ("group", "area") else None
    seats = list(found.committee) if committee is None else committee
    check_committee(kind, seats)
    post = Post.objects.create(
        unit=unit,
        area_id=unit.area_id,
        party_org=group,
        kind=kind,
        title=title or usual_title(kind, unit),
        committee=seats,
        order=ORDERS[kind],
    )
    record(by=by, verb="设立岗位", obj=post, area_id=post.area_id, note=unit.name)
    return post


def usual_title(kind: str, unit: Unit) -> str:
    """Return the title as the unit calls it: 站长 at a station, 主任 at an office, a leader's by the pack."""
    if kind == "station_chief":
        return "站长" if unit.kind == Unit.Kind.STATION else "主任"
    return read_organisation().posts[kind].title


def check_committee(kind: str, seats: list[str]) -> None:
    """Raise ValidationError where committee posts are unknown or given to somebody who is no leader."""
    if seats and kind not in LEADERS:
        raise ValidationError({"committee": _("支委职务只配在班子成员的岗位上。")})
    if any(seat not in read_organisation().committee for seat in seats):
        raise ValidationError({"committee": _("没有这个支委职务。")})


@action
def change_post(post: Post, *, title: str, committee: list[str], by: Any, version: int | None = None) -> Post:
    """Change a post's title or the committee posts that go with it; its kind, from which rights follow, never changes."""
    post = lock_row(post, version=version)
    require(is_security_admin if post.kind in ADMINISTRATORS else is_system_admin, by, post)
    check_committee(post.kind, committee)
    changes = diff(post, {"title": title, "committee": committee})
    post.title, post.committee = title, committee
    post.save()
    if changes:
        record(by=by, verb="修改岗位", obj=post, area_id=post.area_id, changes=changes)
    return post


@action
def close_post(post: Post, *, last_day: date, by: Any, version: int | None = None) -> Post:
    """Close a post after its last day; who still holds it is relieved with it."""
    post = lock_row(post, version=version)
    require(is_security_admin if post.kind in ADMINISTRATORS else is_system_admin, by, post)
    if post.closed_on is not None:
        raise Refused(_("岗位“%(title)s”已于 %(day)s 撤销。") % {"title": post.title, "day": post.closed_on})
    finish_post(post, last_day=last_day, by=by)
    return post


def finish_post(post: Post, *, last_day: date, by: Any) -> None:
    """End a post and who holds it. Part of the caller's action."""
    for row in Appointment.objects.between(last_day, date.max).filter(post=post).select_related("person"):
        if row.valid_from > last_day:
            raise ValidationError(
                {"last_day": _("%(name)s 自 %(day)s 起才任此岗位,请先免职。") % {"name": row.person.name, "day": row.valid_from}}
            )
        if row.valid_to is None or row.valid_to > last_day:
            row.valid_to = last_day
            row.save()
            record(
                by=by, verb="免职", obj=row.person, area_id=post.area_id, note=f"{post.title}({post.unit.name})随岗位撤销,至 {last_day} 止"
            )
    post.closed_on = last_day
    post.save()
    record(by=by, verb="撤销岗位", obj=post, area_id=post.area_id, note=f"至 {last_day} 止")


def close_posts(unit: Unit, *, last_day: date, by: Any) -> None:
    """Close what posts a unit still has. Part of the unit's closing."""
    for post in Post.objects.select_for_update().filter(unit=unit, closed_on=None):
        finish_post(post, last_day=last_day, by=by)
