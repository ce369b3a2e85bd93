"""Writes over people, their accounts and appointments. A person's rights end with the post."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from ronghe.accounts.actions import end_sessions
from ronghe.accounts.models import User
from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.common.pinyin import index_name, make_sort_key
from ronghe.org.kinds import ADMINISTRATORS
from ronghe.org.models import Appointment, Membership, Person, Post, Unit
from ronghe.org.permissions import is_security_admin, is_system_admin


@action
def register_person(*, name: str, number: str, unit: Unit, by: Any) -> Person:
    """Enter a person of a unit. Raises ValidationError at `number` when it is taken."""
    require(is_system_admin, by, unit)
    if Person.objects.filter(number=number).exists():
        raise ValidationError({"number": _("工号 %(number)s 已有人使用。") % {"number": number}})
    person = Person.objects.create(
        name=name, number=number, unit=unit, area_id=unit.area_id, pinyin=index_name(name), sort_key=make_sort_key(name)
    )
    record(by=by, verb="登记人员", obj=person, area_id=unit.area_id, changes={"unit": [None, unit.name]})
    return person


@action
def update_person(person: Person, *, name: str, sort_key: str, unit: Unit, by: Any, version: int | None = None) -> Person:
    """Change a person's name, sorting or home unit."""
    person = lock_row(person, version=version)
    require(is_system_admin, by, person)
    require(is_system_admin, by, unit)
    values = {"name": name, "sort_key": sort_key or make_sort_key(name), "unit_id": unit.pk, "area_id": unit.area_id}
    changes = diff(person, values)
    for field, value in values.items():
        setattr(person, field, value)
    person.pinyin = index_name(name)
    person.save()
    record(by=by, verb="修改人员", obj=person, area_id=person.area_id, changes=changes)
    return person


@action
def appoint(person: Person, post: Post, *, valid_from: date, by: Any, valid_to: date | None = None, acting: bool = False) -> Appointment:
    """Give a person a post from a day on. Nobody appoints to an administrator's post but the 安全管理员, nor oneself to any."""
    require(is_security_admin if post.kind in ADMINISTRATORS else is_system_admin, by, post)
    if getattr(by, "person", None) == person:
        raise Refused(_("不能给自己任职,请由另一位管理员办理。"))
    if valid_to is not None and valid_to < valid_from:
        raise ValidationError({"valid_to": _("止日不能早于起日。")})
    if person.left_on is not None:
        raise Refused(_("%(name)s 已于 %(day)s 离职。") % {"name": person.name, "day": person.left_on})
    if post.closed_on is not None:
        raise ValidationError({"post": _("岗位“%(title)s”已于 %(day)s 撤销。") % {"title": post.title, "day": post.closed_on}})
    check_group_leader(person, post, valid_from)
    same = Appointment.objects.between(valid_from, valid_to or date.max).filter(person=person, post=post)
    if same.exists():
        raise ValidationError({"post": _("%(name)s 在这段时间已任此岗位。") % {"name": person.name}})
    if post.kind in ADMINISTRATORS:
        others = Appointment.objects.on(valid_from).filter(person=person, post__kind__in=ADMINISTRATORS).exclude(post__kind=post.kind)
        if others.exists():
            raise Refused(_("系统、安全、审计三员须由三个人担任。"))
    row = Appointment.objects.create(person=person, post=post, valid_from=valid_from, valid_to=valid_to, acting=acting)
    record(by=by, verb="任职", obj=person, area_id=post.area_id, note=f"{post.title}({post.unit.name})自 {valid_from} 起")
    return row


def check_group_leader(person: Person, post: Post, day: date) -> None:
    """Raise ValidationError where a probationary member would lead a 党小组 (DOMAIN.md, public facts)."""
    probationary = Membership.objects.on(day).filter(person=person, status=Membership.Status.PROBATIONARY)
    if post.kind == "group_leader" and probationary.exists():
        raise ValidationError({"post": _("%(name)s 是预备党员,党小组长须由正式党员担任。") % {"name": person.name}})


@action
def end_appointment(appointment: Appointment, *, last_day: date, by: Any) -> Appointment:
    """End an appointment; what the post allowed ends with it."""
    appointment = lock_row(appointment)
    post = appointment.post
    require(is_security_admin if post.kind in ADMINISTRATORS else is_system_admin, by, post)
    if last_day < appointment.valid_from:
        raise ValidationError({"last_day": _("止日不能早于任职起日 %(day)s。") % {"day": appointment.valid_from}})
    appointment.valid_to = last_day
    appointment.save()
    record(by=by, verb="免职", obj=appointment.person, area_id=post.area_id, note=f"{post.title}({post.unit.name})至 {last_day} 止")
    return appointment


@action
def dismiss_person(person: Person, *, left_on: date, by: Any) -> Person:
    """Record that a person leaves: every appointment and the membership end, the account closes."""
    person = lock_row(person)
    require(is_system_admin, by, person)
    if getattr(by, "person", None) == person:
        raise Refused(_("不能给自己办离职。"))
    last_day = left_on - timedelta(days=1)
    for row in Appointment.objects.between(left_on, date.max).filter(person=person):
        row.valid_to = max(last_day, row.valid_from)
        row.save()
    for membership in Membership.objects.between(left_on, date.max).filter(person=person):
        membership.valid_to = max(last_day, membership.valid_from)
        membership.save()
    person.left_on = left_on
    person.save()
    if person.user is not None:
        person.user.is_active = False
        person.user.save(update_fields=["is_active"])
        end_sessions(person.user)
    record(by=by, verb="离职", obj=person, area_id=person.area_id, note=f"自 {left_on} 起")
    return person


@action
def open_account(person: Person, *, username: str, by: Any) -> tuple[User, str]:
    """Open an account for a person; returns it with its first password, shown once and to be changed at the first login."""
    person = lock_row(person)
    require(is_system_admin, by, person)
    if person.user_id:
        raise Refused(_("%(name)s 已有账号。") % {"name": person.name})
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": _("登录名 %(username)s 已有人使用。") % {"username": username}})
    password = make_password()
    person.user = User.objects.create_user(username, password, must_change_password=True)
    person.save()
    record(by=by, verb="开立账号", obj=person, area_id=person.area_id, note=username)
    return person.user, password


@action
def open_by_directory(person: Person) -> User:
    """Open an account for somebody whom the company's directory has just vouched for, where the deployment says so: without a password."""
    person = lock_row(person)
    login = person.number.lower()
    if person.user is not None or User.objects.filter(username__iexact=login).exists():
        raise Refused(_("登录名 %(username)s 已有人使用。") % {"username": login})
    person.user = User.objects.create_user(login)
    person.save()
    record(by=None, verb="开立账号", obj=person, area_id=person.area_id, note=f"{login},统一认证首次登录")
    return person.user


def find_account(number: str) -> User | None:
    """Return the account of who has this 工号 and is still here; opened now where there is none and the deployment says so."""
    person = Person.objects.filter(number__iexact=number).exclude(left_on__lte=today()).select_related("user").first()
    if person is None or person.user is not None or not settings.RONGHE_SSO_CREATE:
        return person.user if person is not None else None
    try:
        return open_by_directory(person)
    except ValidationError:
        return None


@action
def reset_password(person: Person, *, by: Any) -> str:
    """Give an account a new first password; returns it, to be handed over once."""
    person = lock_row(person)
    require(is_system_admin, by, person)
    if person.user is None:
        raise Refused(_("%(name)s 还没有账号。") % {"name": person.name})
    password = make_password()
    person.user.set_password(password)
    person.user.must_change_password = True
    person.user.save()
    end_sessions(person.user)
    record(by=by, verb="重置密码", obj=person, area_id=person.area_id)
    return password


def make_password() -> str:
    """Return a first password without letters that look alike."""
    return get_random_string(14, "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789")
