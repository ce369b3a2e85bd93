"""登记簿 and 收发文: a number is given under its counter's lock, in the transaction that keeps the paper: no gap, none twice."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.archive.models import Counter, Dispatch, Register
from ronghe.archive.permissions import handles, may_archive, may_register, may_void
from ronghe.archive.rules import write_number
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import open_tasks, settle_tasks

TASK = "办理来文"


@action
def open_register(area: Unit, *, direction: str, name: str, prefix: str, by: Any) -> Register:
    """Open a register with its 机关代字."""
    require(may_archive, by, area)
    if not prefix.strip():
        raise ValidationError({"code": _("请写机关代字。")})
    if Register.objects.filter(area=area, direction=direction, prefix=prefix.strip()).exists():
        raise ValidationError({"code": _("这个代字已有登记簿。")})
    row = Register.objects.create(area=area, direction=direction, name=name.strip(), prefix=prefix.strip())
    record(by=by, verb="建登记簿", obj=row, area_id=area.pk, note=row.prefix)
    return row


@action
def retire_register(row: Register, *, by: Any, version: int | None = None) -> Register:
    """Give out no more numbers from it."""
    row = lock_row(row, version=version)
    require(may_archive, by, row)
    if row.retired_on is not None:
        raise Refused(_("已经停用。"))
    row.retired_on = today()
    row.save()
    record(by=by, verb="停用登记簿", obj=row, area_id=row.area_id)
    return row


def take_number(register: Register, year: int) -> int:
    """Return the next serial of a register's year. The counter's row is locked until the caller's transaction ends."""
    Counter.objects.get_or_create(register=register, year=year)
    counter = Counter.objects.select_for_update().get(register=register, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


@action
def register_dispatch(
    register: Register, *, title: str, other_side: str, by: Any, day: date | None = None, their_number: str = "",
    handler: Person | None = None, due: date | None = None,
) -> Dispatch:  # fmt: skip
    """Enter a paper under the next number of its year. With a handler and a day it is on that person's list until it is dealt with."""
    register = lock_row(register)
    require(may_register, by, register)
    registrant = standing_of(by).person_id
    assert registrant is not None
    day = day or today()
    if register.retired_on is not None:
        raise Refused(_("这本登记簿已停用。"))
    if day > today():
        raise ValidationError({"day": _("收发日期不能晚于今天。")})
    if day.year < today().year - 1:
        raise ValidationError({"day": _("只能补登今年和去年的。")})
    if bool(handler) != bool(due):
        raise ValidationError({"due" if handler else "handler": _("承办人和办理期限要一起填。")})
    if due and due < day:
        raise ValidationError({"due": _("期限不能早于收发日期。")})
    if handler and handler.area_id != register.area_id:
        raise ValidationError({"handler": _("承办人须是本管理区的人。")})
    serial = take_number(register, day.year)
    row = Dispatch(
        area_id=register.area_id, register=register, year=day.year, serial=serial, number=write_number(register.prefix, day.year, serial),
        title=title.strip(), day=day, other_side=other_side.strip(), their_number=their_number.strip(), handler=handler, due=due,
        registered_by_id=registrant,
    )  # fmt: skip
    if handler is not None:
        row.expect()
    row.save()
    record(by=by, verb="登记收发文", obj=row, name=row.number, area_id=row.area_id)
    if handler is not None:
        ask_handler(row, handler)
    return row


def ask_handler(row: Dispatch, handler: Person) -> None:
    path = reverse("archive:dispatch", args=[row.pk])
    open_tasks(
        row, kind=TASK, owners=[handler], title=_("办理 %(number)s") % {"number": row.number}, path=path, due=row.due, area_id=row.area_id
    )
    notify([handler], kind="收发文", title=_("%(number)s 请您承办") % {"number": row.number}, path=path, area_id=row.area_id)


@action
def finish_dispatch(row: Dispatch, *, result: str, by: Any, version: int | None = None) -> Dispatch:
    """Say what became of it."""
    row = lock_row(row, version=version)
    require(handles, by, row)
    if not result.strip():
        raise ValidationError({"result": _("请写明办理结果。")})
    row.finish()
    row.result, row.ended_on = result.strip(), today()
    row.save()
    record(by=by, verb="办结收发文", obj=row, name=row.number, area_id=row.area_id)
    settle_tasks(row, result="已办结")
    return row


@action
def void_dispatch(row: Dispatch, *, reason: str, by: Any, version: int | None = None) -> Dispatch:
    """Make it void: the number stays in the register and is given to nothing else."""
    row = lock_row(row, version=version)
    require(may_void, by, row)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明作废的理由。")})
    row.make_void()
    row.result, row.ended_on = reason.strip(), today()
    row.save()
    record(by=by, verb="作废收发文", obj=row, name=row.number, area_id=row.area_id, note=row.result[:200])
    settle_tasks(row, result="已作废", dropped=True)
    return row
