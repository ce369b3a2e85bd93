"""保存期限: proposing and deciding on rules, holds, and the daily run in bounded batches."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import now, today
from ronghe.common.crypto import current
from ronghe.common.retention import Cut, Kind, kinds
from ronghe.notices.actions import notify
from ronghe.org.models import Appointment, Person, Unit
from ronghe.retention.models import Hold, Removal, Rule
from ronghe.retention.permissions import may_decide, may_hold, may_propose
from ronghe.retention.queries import Term, find_held_areas, find_terms, preview
from ronghe.retention.rules import BATCH, MOST_BATCHES, cut_of, find_fault, is_stopped, write_line


def page_of(kind: str) -> str:
    return reverse("retention:kind", args=[kind])


def get_kind(code: str) -> Kind:
    kind = kinds.get(code)
    if kind is None:
        raise Refused(_("没有这一类记录。"))
    return kind


@action
def propose_rule(code: str, *, days: int | None, basis: str, by: Any) -> Rule:
    """Propose how long a kind is kept; what the preview said then is kept with it."""
    require(may_propose, by)
    kind = get_kind(code)
    if kind.own_term:
        raise Refused(_("这一类的期限在别处设定:%(where)s") % {"where": kind.own_term})
    fault = find_fault(days, kind.least_days)
    if fault:
        raise ValidationError({"days": fault})
    if not basis.strip():
        raise ValidationError({"basis": _("请写明依据。")})
    rows = Rule.objects.select_for_update().filter(kind=code)
    if rows.filter(state=Rule.State.PROPOSED).exists():
        raise Refused(_("这一类已有一条待批准的规则,请先批准或退回。"))
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    rule = Rule.objects.create(
        kind=code, number=number, days=days, basis=basis.strip(), proposed_by=by, proposed_on=today(), preview=preview(code, days).count
    )
    record(by=by, verb="提出保存期限", obj=rule, note=f"{kind.title}:{name_days(days)};会处理 {rule.preview} 条")
    held = Appointment.objects.on(today()).filter(post__kind="security_admin", post__area=None).values("person_id")
    title = _("“%(title)s”的保存期限待您批准") % {"title": kind.title}
    notify(Person.objects.filter(pk__in=held), kind="安全", title=title, path=page_of(code), area_id=None)
    return rule


def name_days(days: int | None) -> str:
    return "不清除" if days is None else f"{days} 天"


@action
def decide_rule(rule: Rule, *, agree: bool, by: Any, note: str = "", version: int | None = None) -> Rule:
    """Put a proposed rule in force, or not. The one before it is retired."""
    rule = lock_row(rule, version=version)
    require(may_decide, by, rule)
    if not agree and not note.strip():
        raise Refused(_("不批准请写明理由。"))
    rule.decided_by, rule.decided_on, rule.note = by, today(), note.strip()
    if agree:
        for old in Rule.objects.select_for_update().filter(kind=rule.kind, state=Rule.State.IN_FORCE):
            old.retire()
            old.save()
        rule.put_in_force()
    else:
        rule.decline()
    rule.save()
    record(by=by, verb="批准保存期限" if agree else "不批准保存期限", obj=rule, note=f"{name_days(rule.days)} {rule.note}".strip())
    return rule


@action
def place_hold(*, kind: str, area: Unit | None, reason: str, by: Any) -> Hold:
    """Stop removing, for a reason: an inspection, a dispute, an inquiry."""
    hold = Hold(kind=kind, area=area, reason=reason.strip(), placed_by=by, placed_on=today())
    require(may_hold, by, hold)
    if kind and kinds.get(kind) is None:
        raise ValidationError({"kind": _("没有这一类记录。")})
    if not hold.reason:
        raise ValidationError({"reason": _("请写明事由。")})
    hold.save()
    record(by=by, verb="暂停清除", obj=hold, area_id=hold.area_id, note=kind or "全部种类")
    return hold


@action
def lift_hold(hold: Hold, *, reason: str, by: Any, version: int | None = None) -> Hold:
    """Let it run again; what had waited goes with the next run."""
    hold = lock_row(hold, version=version)
    require(may_hold, by, hold)
    if hold.lifted_on is not None:
        raise Refused(_("已经解除。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明解除的理由。")})
    hold.lifted_by, hold.lifted_on, hold.lift_reason = by, today(), reason.strip()
    hold.save()
    record(by=by, verb="解除暂停清除", obj=hold, area_id=hold.area_id, note=hold.lift_reason)
    return hold


def run_rules(day: date) -> str:
    """Apply every term that has run out by a day, in batches of their own transactions. Idempotent: what is gone is not found again."""
    close_broken_runs()
    total, left = 0, 0
    for term in find_terms():
        row = run_kind(term, day)
        if row is not None:
            total, left = total + row.count, left + row.left
    return _("处理 %(total)d 条,留待下次 %(left)d 条") % {"total": total, "left": left}


def run_kind(term: Term, day: date) -> Removal | None:
    """Deal with one kind. Returns the line of the report, or None where nothing was over its term."""
    if term.days is None and not term.kind.own_term:
        return None
    before = cut_of(day, term.days or 0, timezone.get_current_timezone())
    holds = find_held_areas(term.code)
    stopped = is_stopped(term.kind.by_area, holds)
    cut = Cut(before, frozenset(area for area in holds if area is not None))
    over = term.kind.look(Cut(before))
    going = term.kind.look(cut) if holds and not stopped else over
    held = over.count if stopped else over.count - going.count
    if not over.count or (held == over.count and is_told(term.code, held)):
        return None
    row = Removal.objects.create(
        kind=term.code, title=str(term.kind.title), rule=term.number, days=term.days, basis=term.basis[:300], way=term.kind.way, day=day,
        before=before, held=held, first=going.first, last=going.last, started_at=now(),
    )  # fmt: skip
    for _batch in range(0 if stopped else MOST_BATCHES):
        with transaction.atomic():
            taken = term.kind.take(cut, BATCH)
            row.count += taken
            row.save(update_fields=["count"])
        if taken < BATCH:
            break
    row.left = 0 if stopped else max(0, going.count - row.count)
    end_run(row)
    return row


def is_told(code: str, held: int) -> bool:
    """Tell whether the report's last line of a kind already says that so much is held back: not said again every day."""
    last = Removal.objects.filter(kind=code).order_by("-pk").values_list("count", "held").first()
    return last == (0, held)


@action
def end_run(row: Removal) -> None:
    """Close a line of the report: its digest covers the one before, and the audit says that it happened."""
    last = Removal.objects.select_for_update().exclude(pk=row.pk).exclude(digest="").order_by("-ended_at", "-pk").first()
    row.ended_at = now()
    if row.count == 0:
        row.first = row.last = None
    row.digest = current.digest(write_line(last.digest if last else "", vars(row)).encode())
    row.save()
    record(by=None, verb="按期限清除", obj=row, note=f"{row.count} 条,暂停 {row.held} 条,摘要 {row.digest[:20]}")


def close_broken_runs() -> None:
    """Close the lines of runs that a power cut ended: what they had counted was committed batch by batch."""
    for row in Removal.objects.filter(ended_at=None).order_by("pk"):
        end_run(row)
