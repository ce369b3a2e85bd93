"""Running the daily ticks, and the writes of the 系统管理员 and the 安全管理员."""

import logging
from datetime import date
from typing import Any

from axes.models import AccessAttempt
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.accounts.actions import clear_backoff, end_sessions
from ronghe.audit.actions import diff, keep_verification, record
from ronghe.audit.models import Verification
from ronghe.audit.verification import verify_all
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import load_library_year, now, today
from ronghe.common.models import Export, WorkingDay
from ronghe.common.ticks import Tick, ticks
from ronghe.notices.actions import notify
from ronghe.operations.models import ExportLimit, TickRun
from ronghe.operations.queries import load_limit, map_people, sum_exports
from ronghe.operations.rules import is_limit_passed, list_missing_days, may_claim
from ronghe.org.models import Appointment, Person, Unit
from ronghe.org.permissions import is_security_admin, is_system_admin

logger = logging.getLogger(__name__)


def run_due_ticks() -> list[TickRun]:
    """Run what is due now, days that were missed included. Called by the worker every minute; safe in several at once."""
    ran = []
    for name, tick in list(ticks.items()):
        last = TickRun.objects.filter(name=name, ok=True).order_by("-day").values_list("day", flat=True).first()
        may_run_today = timezone.localtime(now()).hour >= tick.hour
        for day in list_missing_days(last, today(), each_day=tick.each_day, may_run_today=may_run_today):
            row = claim_tick(name, day)
            if row is None:
                break
            if not run_tick(row, tick):
                break  # the days after it wait for this one
            ran.append(row)
    return ran


def verify_audit(*, by: Any) -> Verification:
    """Verify every chain, keep the result and tell the 审计管理员 of what was found."""
    started = now()
    report = verify_all()
    with transaction.atomic():
        row = keep_verification(started, report.entries, report.faults, by=by)
        if report.faults:
            held = Appointment.objects.on(today()).filter(post__kind="audit_admin").values("person_id")
            title = f"审计链核验发现 {len(report.faults)} 处问题,请立即查看"
            notify(Person.objects.filter(pk__in=held), kind="审计", title=title, path=reverse("audit:list"), area_id=None)
    return row


def claim_tick(name: str, day: date) -> TickRun | None:
    """Take a tick's day for this worker, or return None where another has it."""
    try:
        with transaction.atomic():
            return TickRun.objects.create(name=name, day=day, started_at=now())
    except IntegrityError:
        pass
    row = TickRun.objects.get(name=name, day=day)
    if not may_claim(row.started_at, row.ended_at, row.ok, now()):
        return None
    same = TickRun.objects.filter(pk=row.pk, attempts=row.attempts)
    if not same.update(attempts=row.attempts + 1, started_at=now(), ended_at=None, note=""):
        return None
    row.refresh_from_db()
    return row


def run_tick(row: TickRun, tick: Tick) -> bool:
    """Run one tick and keep how it went. One tick's failure stops no other."""
    try:
        note, ok = tick.run(row.day), True
    except Exception as problem:
        logger.exception("定时任务 %s(%s)失败", row.name, row.day)
        note, ok = f"{type(problem).__name__}: {problem}", False
    values: dict[str, Any] = {"ok": ok, "note": str(note or "")[:300], "ended_at": now()}
    TickRun.objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()
    return ok


@action
def unlock(username: str, address: str, *, by: Any) -> None:
    """Unlock a pair of account and address before its time, and end the account's wait."""
    person = map_people([username]).get(username)
    require(is_security_admin, by, person)
    count, _rows = AccessAttempt.objects.filter(username=username, ip_address=address or None).delete()
    if not count:
        raise Refused(_("这个账号和地址没有锁定。"))
    clear_backoff(username)
    area_id = person.area_id if person else None
    record(by=by, verb="解除登录锁定", obj=person, name=username if person else "(没有这个账号)", area_id=area_id, note=address)


@action
def end_sessions_of(person: Person, *, by: Any) -> int:
    """End every session of a person."""
    require(is_security_admin, by, person)
    if person.user is None:
        raise Refused(_("%(name)s 没有账号。") % {"name": person.name})
    ended = end_sessions(person.user)
    record(by=by, verb="结束会话", obj=person, area_id=person.area_id, note=f"{ended} 个")
    return ended


@action
def set_export_limit(area: Unit, *, rows: int, copies: int, by: Any) -> ExportLimit:
    """Set above what volume the 安全管理员 is told."""
    require(is_security_admin, by, area)
    limit = ExportLimit.objects.select_for_update().filter(area=area).first() or ExportLimit(area=area)
    changes = diff(limit, {"rows": rows, "copies": copies})
    limit.rows, limit.copies = rows, copies
    limit.save()
    record(by=by, verb="设定导出限额", obj=limit, area_id=area.pk, changes=changes)
    return limit


def list_guards(person: Person) -> QuerySet[Person]:
    """Return the 安全管理员 of a person's area, and those above it."""
    above = Q(post__area=None)
    near = Q(post__area_id=person.area_id) | above & Q(post__unit__children=person.area_id) if person.area_id else above
    held = Appointment.objects.on(today()).filter(near, post__kind="security_admin")
    return Person.objects.filter(pk__in=held.values("person_id"))


def watch_export(export: Export, by: Any) -> None:
    """Tell the 安全管理员 when one person's day passes a limit. Called for every export, in its transaction."""
    person = Person.objects.filter(user_id=export.user_id).first()
    if person is None:
        return
    limit = load_limit(person.area_id)
    rows, copies = sum_exports(export.user_id, today())
    if not (is_limit_passed(rows - export.rows, rows, limit.rows) or is_limit_passed(copies - 1, copies, limit.copies)):
        return
    title = f"{person.name} 今天已导出 {copies} 份、{rows} 行,超过限额"
    notify(list_guards(person), kind="安全", title=title, path=reverse("operations:exports"), area_id=person.area_id)
    record(by=None, verb="导出超限", obj=person, area_id=person.area_id, note=f"{copies} 份、{rows} 行")


@action
def set_working_day(day: date, *, works: bool, name: str, confirmed: bool, by: Any) -> WorkingDay:
    """Enter a day that is not what its weekday says, or correct one."""
    require(is_system_admin, by)
    row = WorkingDay.objects.select_for_update().filter(day=day).first() or WorkingDay(day=day)
    changes = {"works": [row.works if row.pk else None, works]}
    row.works, row.name, row.confirmed = works, name, confirmed
    row.save()
    record(by=by, verb="设定工作日", obj=row, changes=changes)
    return row


@action
def fill_year(year: int, *, by: Any) -> int:
    """Enter what the library of holidays knows of a year, to be checked against the notice and confirmed."""
    require(is_system_admin, by)
    off, swapped = load_library_year(year)
    known = set(WorkingDay.objects.filter(day__year=year).values_list("day", flat=True))
    # the library also lists swapped days of the years around
    wanted = {**dict.fromkeys((day for day in off if day.weekday() < 5), False), **dict.fromkeys(swapped, True)}
    wanted = {day: works for day, works in wanted.items() if day.year == year}
    rows = [WorkingDay(day=day, works=works, name="调休上班" if works else "放假", confirmed=False) for day, works in wanted.items()]
    made = WorkingDay.objects.bulk_create([row for row in rows if row.day not in known])
    record(by=by, verb="填入节假日", name=f"{year} 年", note=f"{len(made)} 天")
    return len(made)


@action
def confirm_year(year: int, *, by: Any) -> int:
    """Confirm a year's table against the State Council's notice."""
    require(is_system_admin, by)
    count = WorkingDay.objects.filter(day__year=year, confirmed=False).update(confirmed=True)
    if not count:
        raise Refused(_("%(year)d 年没有待确认的日子。") % {"year": year})
    record(by=by, verb="确认工作日", name=f"{year} 年", note=f"{count} 天")
    return count
