"""Running the daily ticks."""

import logging
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ronghe.audit.actions import keep_verification
from ronghe.audit.models import Verification
from ronghe.audit.verification import verify_all
from ronghe.common.calendar import now, today
from ronghe.common.ticks import Tick, ticks
from ronghe.notices.actions import notify
from ronghe.operations.models import TickRun
from ronghe.operations.rules import list_missing_days, may_claim
from ronghe.org.models import Appointment, Person

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
