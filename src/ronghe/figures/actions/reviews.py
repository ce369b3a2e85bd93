"""审核: taking a batch as true or returning it. Never by who wrote in it, never for one's own unit."""

from typing import Any

from django.utils.translation import gettext as _

from ronghe.accounts.models import User
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.common.registry import find_link, tell_followers
from ronghe.figures.actions.batches import FIX, REVIEW, settle_complete_demands
from ronghe.figures.actions.periods import ask_reporters
from ronghe.figures.models import Batch, Figure
from ronghe.figures.permissions import may_review
from ronghe.goals.actions.targets import take_over_target
from ronghe.notices.actions import notify
from ronghe.org.models import Person
from ronghe.worklist.actions import open_tasks, settle_tasks

DAYS_TO_FIX = 1


@action
def confirm_batch(batch: Batch, *, by: Any, version: int | None = None) -> Batch:
    """Take the batch as true: its figures are in force and read-only; those of the batch that it replaces step back."""
    lock_row(batch.period)
    batch = lock_row(batch, version=version)
    require(may_review, by, batch)
    batch.confirm()
    figures = list(batch.figures.filter(actual__isnull=False).select_related("unit", "indicator"))
    step_back(batch)
    refuse_overwriting(batch, figures)
    batch.figures.filter(pk__in=[figure.pk for figure in figures]).update(in_force=True)
    batch.decided_by, batch.decided_at = by, now()
    batch.save()
    note = _("取代 %(number)s") % {"number": batch.replaces.number} if batch.replaces else ""
    record(by=by, verb="确认", obj=batch, area_id=batch.area_id, note=note)
    for figure in batch.figures.exclude(target=None, base=None).select_related("unit", "indicator"):
        take_over_target(
            figure.unit, figure.indicator, period=figure.period, value=figure.target, base=figure.base, by=by, note=batch.number
        )
    settle_tasks(batch, kind=REVIEW, result=_("已确认"))
    settle_complete_demands(batch.period, result=_("已确认 %(number)s") % {"number": batch.number})
    tell_writers(batch, kind="确认", title=_("批次 %(number)s 已确认") % {"number": batch.number}, by=by)
    tell_followers(batch, by)
    return batch


def step_back(batch: Batch) -> None:
    """Take the figures of the replaced batch out of force."""
    if batch.replaces_id is None:
        return
    Figure.objects.filter(batch_id=batch.replaces_id, in_force=True).update(in_force=False)


def refuse_overwriting(batch: Batch, figures: list[Figure]) -> None:
    """Raise Refused where another confirmed batch, not named by this one, holds a cell. One that only holds a blank gives way."""
    rows = Figure.objects.filter(area_id=batch.area_id, period=batch.period.period, in_force=True).select_related("batch")
    held = {(row.unit_id, row.indicator_id): row for row in rows}
    met = [(figure, held[figure.unit_id, figure.indicator_id]) for figure in figures if (figure.unit_id, figure.indicator_id) in held]
    clashes = [f"{mine.unit}「{mine.indicator}」({theirs.batch.number})" for mine, theirs in met if theirs.actual is not None]
    if clashes:
        raise Refused(_("以下数值已由其他批次确认,请退回本批次:%(names)s") % {"names": "、".join(clashes[:10])})
    Figure.objects.filter(pk__in=[theirs.pk for _mine, theirs in met]).update(in_force=False)


@action
def return_batch(batch: Batch, *, reason: str, by: Any, version: int | None = None) -> Batch:
    """Return the batch with a reason; who wrote it has a task to correct it."""
    batch = lock_row(batch, version=version)
    require(may_review, by, batch)
    if not reason.strip():
        raise Refused(_("请写明退回原因,填报人才知道要改什么。"))
    batch.send_back()
    batch.decided_by, batch.decided_at, batch.return_reason = by, now(), reason.strip()
    batch.save()
    record(by=by, verb="退回", obj=batch, area_id=batch.area_id, note=batch.return_reason)
    settle_tasks(batch, kind=REVIEW, result=_("已退回"))
    title = _("批次 %(number)s 被退回:%(reason)s") % {"number": batch.number, "reason": batch.return_reason}
    writers = list_writers(batch)
    due = max(batch.period.due_on, add_working_days(today(), DAYS_TO_FIX))
    open_tasks(
        batch,
        kind=FIX,
        owners=writers,
        title=title,
        path=find_link("figures.batch", batch.pk),
        due=due,
        area_id=batch.area_id,
        unit_id=batch.unit_id,
    )
    ask_reporters(batch.period)
    notify(writers, kind=FIX, title=title, path=find_link("figures.batch", batch.pk), area_id=batch.area_id, by=by)
    tell_followers(batch, by)
    return batch


def list_writers(batch: Batch) -> list[Person]:
    """Return the people who wrote in the batch."""
    return list(Person.objects.filter(user__in=User.objects.filter(pk__in=[batch.author_id, *batch.hands])))


def tell_writers(batch: Batch, *, kind: str, title: str, by: Any) -> None:
    """Leave a message with those who wrote in the batch."""
    notify(list_writers(batch), kind=kind, title=title, path=find_link("figures.batch", batch.pk), area_id=batch.area_id, by=by)
