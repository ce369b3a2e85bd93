"""公示: a preview is shown by a second person, stands for its term, and then takes effect. Nothing is overwritten."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ronghe.assessment.actions.chases import follow_chases
from ronghe.assessment.actions.objection_steps import follow_dropped, follow_published
from ronghe.assessment.actions.runs import PUBLICATION
from ronghe.assessment.models import Run
from ronghe.assessment.notices import announce_publication
from ronghe.assessment.permissions import is_publisher, may_drop, may_publish
from ronghe.assessment.queries.checks import has_changed_inputs
from ronghe.assessment.rules import DEFAULT_OBJECTION_DAYS, DEFAULT_SHOWN_DAYS
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.worklist.actions import settle_tasks


@action
def publish_run(
    run: Run, *, by: Any, days: int = DEFAULT_SHOWN_DAYS, objection_days: int = DEFAULT_OBJECTION_DAYS, version: int | None = None
) -> Run:
    """Show a preview to everybody on it for `days` working days. It takes the place of the run that it replaces.

    Its marks may be objected to for `objection_days` working days.
    """
    row = lock_row(run, version=version)
    require(may_publish, by, row)
    if row.state != Run.State.PREVIEW:
        raise Refused(_("这次计分已经不是预览,不能再公示。"))
    if not 1 <= days <= 30:
        raise Refused(_("公示期应为 1 到 30 个工作日。"))
    if not 1 <= objection_days <= 30:
        raise Refused(_("异议期应为 1 到 30 个工作日。"))
    shown = Run.objects.in_force().select_for_update().filter(area_id=row.area_id, period=row.period).first()
    if (shown.pk if shown else None) != row.replaces_id:
        raise Refused(_("预览之后本月又有了公示结果,请重新计分并写明原因。"))
    if has_changed_inputs(row):
        raise Refused(_("计分之后,确认的数据、目标或豁免有变化。请重新计分,再公示。"))
    if shown is not None:
        former = shown.state
        shown.give_way()
        shown.save(update_fields=["state"])
        record(by=by, verb="被更正", obj=shown, area_id=shown.area_id, note=row.reason, changes={"state": [former, shown.state]})
    row.publish()
    row.published_by, row.published_at, row.shown_until = by, now(), add_working_days(today(), days)
    row.objections_until = add_working_days(today(), objection_days)
    row.save(update_fields=["state", "published_by", "published_at", "shown_until", "objections_until"])
    record(
        by=by,
        verb="公示",
        obj=row,
        area_id=row.area_id,
        note=row.reason,
        changes={"state": ["preview", row.state], "shown_until": [None, row.shown_until], "results_digest": ["", row.results_digest]},
    )
    settle_tasks(row, kind=PUBLICATION, result=_("已公示"))
    drop_other_previews(row, by=by)
    announce_publication(row, by=by)
    follow_published(row, by=by)
    follow_chases(row, by=by)
    return row


def drop_other_previews(run: Run, *, by: Any) -> None:
    """Earlier previews of the same month have lost their point."""
    others = Run.objects.select_for_update().light().filter(area_id=run.area_id, period=run.period, state=Run.State.PREVIEW)
    for other in others.filter(number__lt=run.number):
        give_up(other, by=by, note=_("%(run)s已公示") % {"run": str(run)})


@action
def drop_run(run: Run, *, by: Any, version: int | None = None) -> Run:
    """Give up a preview; it stays in the list as 已作废."""
    row = lock_row(run, version=version)
    require(may_drop, by, row)
    if row.state != Run.State.PREVIEW:
        raise Refused(_("已公示的结果不能作废;数据有误时请重新计分,由新结果更正。"))
    give_up(row, by=by)
    return row


def give_up(row: Run, *, by: Any, note: str = "") -> None:
    row.drop()
    row.save(update_fields=["state"])
    record(by=by, verb="作废预览", obj=row, area_id=row.area_id, note=note, changes={"state": ["preview", row.state]})
    settle_tasks(row, kind=PUBLICATION, result=_("预览已作废"), dropped=True)
    follow_dropped(row, by=by)


@action
def finalise_run(run: Run, *, by: Any, day: date | None = None, version: int | None = None) -> Run:
    """Let a published run take effect after its term. `by` None is the daily tick."""
    row = lock_row(run, version=version)
    if by is not None:
        require(is_publisher, by, row)
    if row.state != Run.State.PUBLISHED:
        raise Refused(_("只有公示中的结果可以生效。"))
    if row.shown_until is None or (day or today()) <= row.shown_until:
        raise Refused(_("公示期到 %(day)s 为止,期满后生效。") % {"day": row.shown_until})
    row.finalise()
    row.final_at = now()
    row.save(update_fields=["state", "final_at"])
    record(by=by, verb="生效", obj=row, area_id=row.area_id, changes={"state": ["published", row.state]})
    return row


def finalise_due_runs(day: date) -> int:
    """The daily tick: every run whose term of publication is over takes effect. Doubled or late it changes nothing more."""
    due = Run.objects.light().filter(state=Run.State.PUBLISHED, shown_until__lt=day)
    done = 0
    for run in due:
        try:
            finalise_run(run, by=None, day=day)
        except Refused:  # another tick was first
            continue
        done += 1
    return done
