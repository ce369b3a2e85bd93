"""The first start: plant, 管理区 and the three administrators. Only `ronghe setup` calls it; there is no superuser, and it makes none."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.accounts.models import User
from ronghe.audit.actions import record
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import today
from ronghe.common.pinyin import index_name, make_sort_key
from ronghe.org.actions.adopt import add_missing_posts, adopt_organisation
from ronghe.org.actions.people import make_password
from ronghe.org.kinds import ADMINISTRATORS
from ronghe.org.models import Appointment, PartyOrg, Person, Post, Unit
from ronghe.org.packs import read_organisation
from ronghe.org.rules import is_code, is_login, is_number


@dataclass(frozen=True)
class Administrator:
    """One of the three as given: name, 工号, login name."""

    kind: str
    name: str
    number: str
    login: str


@dataclass(frozen=True)
class Place:
    """A unit as given."""

    code: str
    name: str


@dataclass
class Done:
    """What the first start made. `passwords`: (title, name, login, first password), to be printed once."""

    units: list[str] = field(default_factory=list)
    passwords: list[tuple[str, str, str, str]] = field(default_factory=list)


@action
def set_up(plant: Place | None, area: Place | None, administrators: list[Administrator]) -> Done:
    """Set up what is missing: the plant with its committee, the area with the pack, the administrators at the plant.

    What is there already is left as it is, so that a second call changes nothing. All of it or nothing.
    """
    done = Done()
    top = Unit.objects.filter(kind=Unit.Kind.PLANT).order_by("pk").first()
    if top is None:
        if plant is None:
            raise Refused(_("还没有采油厂,请给出它的编码和名称。"))
        top = make_unit(plant, Unit.Kind.PLANT, None)
        done.units.append(top.name)
        PartyOrg.objects.create(code=f"{top.code}-committee"[:40], name=f"{top.name}党委", kind=PartyOrg.Kind.COMMITTEE, unit=top)
    add_missing_posts(top, ("plant", "system"), by=None)
    if not Unit.objects.filter(kind=Unit.Kind.AREA).exists():
        if area is None:
            raise Refused(_("还没有采油管理区,请给出它的编码和名称。"))
        first = make_unit(area, Unit.Kind.AREA, top)
        done.units.append(first.name)
        adopt_organisation(first, by=None)
    missing = list_missing()
    check_administrators(administrators, missing)
    for one in administrators:
        if one.kind in missing:
            done.passwords.append(make_administrator(one, top))
    return done


def list_missing() -> list[str]:
    """Return the kinds of administrators whom nobody is today."""
    held = set(
        Appointment.objects.on(today()).filter(post__kind__in=ADMINISTRATORS, person__left_on=None).values_list("post__kind", flat=True)
    )
    return [kind for kind in ADMINISTRATORS if kind not in held]


def make_unit(place: Place, kind: Unit.Kind, parent: Unit | None) -> Unit:
    """Write the plant or the first area."""
    if not is_code(place.code):
        raise ValidationError(_("编码 %(code)s 只能用字母、数字、- 和 _,以字母或数字开头。") % {"code": place.code})
    if Unit.objects.filter(code__iexact=place.code).exists():
        raise ValidationError(_("编码 %(code)s 已有单位使用。") % {"code": place.code})
    unit = Unit(code=place.code, name=place.name, kind=kind, parent=parent, opened_on=today(), pinyin=index_name(place.name), order=1)
    unit.save()
    if kind == Unit.Kind.AREA:
        unit.area = unit
        unit.save()
    record(by=None, verb="首次启用", obj=unit, area_id=unit.area_id, note=place.code)
    return unit


def check_administrators(given: list[Administrator], missing: list[str]) -> None:
    """Raise ValidationError unless the missing posts are given to different persons, none of whom is an administrator already."""
    wanted = [one for one in given if one.kind in missing]
    names = read_organisation().posts
    lacking = [names[kind].name for kind in missing if kind not in {one.kind for one in wanted}]
    if lacking:
        raise ValidationError(_("还没有给出:%(posts)s。") % {"posts": "、".join(lacking)})
    for one in wanted:
        if not (one.name and is_number(one.number) and is_login(one.login)):
            raise ValidationError(_("%(post)s的姓名、工号、登录名不完整或有不能用的字符。") % {"post": names[one.kind].name})
    for part in ("name", "number", "login"):
        if len({getattr(one, part).lower() for one in wanted}) < len(wanted):
            raise ValidationError(_("系统、安全、审计三员须由三个人担任:姓名、工号、登录名都不能相同。"))
    numbers = [one.number for one in wanted]
    if Person.objects.filter(number__in=numbers).exists():
        raise ValidationError(_("工号已有人使用;三员须是新登记的人。"))
    for one in wanted:
        if User.objects.filter(username__iexact=one.login).exists():
            raise ValidationError(_("登录名 %(login)s 已有人使用。") % {"login": one.login})


def make_administrator(one: Administrator, plant: Unit) -> tuple[str, str, str, str]:
    """Write a person with account and post at the plant."""
    post = Post.objects.get(unit=plant, kind=one.kind, closed_on=None)
    password = make_password()
    user = User.objects.create_user(one.login, password, must_change_password=True)
    person = Person.objects.create(
        user=user,
        name=one.name,
        number=one.number,
        unit=plant,
        area_id=plant.area_id,
        pinyin=index_name(one.name),
        sort_key=make_sort_key(one.name),
    )
    Appointment.objects.create(person=person, post=post, valid_from=today())
    record(by=None, verb="首次启用", obj=person, area_id=plant.area_id, note=f"{post.title},登录名 {one.login}")
    return post.title, one.name, one.login, password
