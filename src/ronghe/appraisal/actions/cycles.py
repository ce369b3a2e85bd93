"""A cycle is opened, given up, ended where nobody judges."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.appraisal.actions.steps import lock_cycle, path_of, person_of, tell
from ronghe.appraisal.kinds import BALLOT_TASK, REPORT_TASK, STAGE_TASK
from ronghe.appraisal.models import Code, Cycle, Judge, NamedBallot, Report, Template, Urn
from ronghe.appraisal.permissions import may_organise
from ronghe.appraisal.queries.people import list_reporters
from ronghe.appraisal.rules.periods import days_of, is_period, name_period
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.common.urns import destroy_key
from ronghe.org.models import Person
from ronghe.worklist.actions import open_tasks, settle_tasks


@action
def open_cycle(template: Template, *, period: str, report_due: date, by: Any) -> Cycle:
    """Open a round: everybody who reports has a report to write, already filled with the period's facts."""
    template = lock_row(template)
    require(may_organise, by, template)
    organiser = person_of(by)
    if template.valid_to is not None:
        raise Refused(_("这一版模板已被新版取代,请用现行的一版。"))
    if not is_period(period, template.rhythm):
        raise ValidationError({"period": _("期间不对:按月写 2026-10,按季写 2026Q3,按年写 2026。")})
    if days_of(period)[0] > today():
        raise ValidationError({"period": _("这个期间还没有开始。")})
    if report_due < today():
        raise ValidationError({"report_due": _("述职截止日不能早于今天。")})
    if Cycle.objects.filter(template__area=template.area_id, template__code=template.code, period=period).exclude(state="dropped").exists():
        raise ValidationError({"period": _("这个期间已经发起过。")})
    reporters = list_reporters(template, today())
    if not reporters:
        raise Refused(_("现在没有要述职的人(没有在任的、有账号的%(who)s)。") % {"who": template.get_who_display()})
    cycle = Cycle.objects.create(
        area_id=template.area_id, template=template, period=period, title=f"{name_period(period)}{template.name}", opened_by=organiser,
        opened_on=today(), report_due=report_due,
    )  # fmt: skip
    reports = Report.objects.bulk_create(
        Report(area_id=cycle.area_id, cycle=cycle, person=one.person, unit=one.person.unit, post_title=one.title, version=1)
        for one in reporters
    )
    for report in reports:
        open_tasks(
            report, kind=REPORT_TASK, owners=[report.person], title=f"述职:{cycle.title}", path=reverse("appraisal:write", args=[report.pk]),
            due=report_due, area_id=cycle.area_id, unit_id=report.unit_id,
        )  # fmt: skip
    expect_next(cycle, organiser, report_due + timedelta(days=1))
    record(by=by, verb="发起述职评议", obj=cycle, area_id=cycle.area_id, note=f"{len(reports)} 人述职,{report_due} 前")
    tell(
        [report.person for report in reports],
        cycle,
        _("请在 %(due)s 前述职:%(title)s") % {"due": report_due, "title": cycle.title},
        by=by,
    )
    return cycle


def expect_next(cycle: Cycle, organiser: Person, due: date) -> None:
    """Expect the next stage of the organiser."""
    open_tasks(cycle, kind=STAGE_TASK, owners=[organiser], title=f"推进:{cycle.title}", path=path_of(cycle), due=due, area_id=cycle.area_id)


def settle_stage(cycle: Cycle, result: str) -> None:
    settle_tasks(cycle, kind=STAGE_TASK, result=result)


@action
def end_cycle(cycle: Cycle, *, by: Any, version: int | None = None) -> Cycle:
    """End a round in which nobody judges: what was presented stands, what was not is named as missing."""
    cycle = lock_cycle(cycle, "reporting", version=version)
    require(may_organise, by, cycle)
    if cycle.template.is_judged:
        raise Refused(_("这一轮有民主测评,请按步骤进行。"))
    if today() <= cycle.report_due and cycle.reports.filter(state=Report.State.DRAFT).exists():
        raise Refused(_("还没到截止日,也还有人没有述职,不能结束。"))
    missing = cycle.reports.filter(state=Report.State.DRAFT).count()
    cycle.end()
    cycle.ending = f"{missing} 人没有述职" if missing else "全部述职"
    cycle.save()
    drop_report_tasks(cycle, "本轮已结束,没有述职")
    settle_stage(cycle, cycle.ending)
    record(by=by, verb="结束述职评议", obj=cycle, area_id=cycle.area_id, note=cycle.ending)
    return cycle


@action
def drop_cycle(cycle: Cycle, *, reason: str, by: Any, version: int | None = None) -> Cycle:
    """Give a round up before it is counted; what was cast is thrown away, uncounted, with the key."""
    cycle = lock_cycle(cycle, "reporting", "balloting", version=version)
    require(may_organise, by, cycle)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么取消。")})
    throw_away(cycle)
    cycle.drop()
    cycle.ending = reason.strip()[:300]
    cycle.save()
    drop_report_tasks(cycle, "本轮已取消")
    settle_tasks(cycle, result="本轮已取消", dropped=True)
    record(by=by, verb="取消述职评议", obj=cycle, area_id=cycle.area_id, note=cycle.ending)
    return cycle


def throw_away(cycle: Cycle) -> None:
    """Empty the urns uncounted and destroy their key once that is committed. Marks of who voted go with them: they stood for nothing."""
    Urn.objects.filter(report__cycle=cycle).update(sealed=b"", closed=True)
    NamedBallot.objects.filter(report__cycle=cycle).delete()
    Judge.objects.filter(cycle=cycle).update(voted=False, link="")
    Code.objects.filter(cycle=cycle).update(digest="", void=True)
    name, cycle.key_name = cycle.key_name, ""
    if name:
        transaction.on_commit(lambda: destroy_key(name))


def drop_report_tasks(cycle: Cycle, why: str) -> None:
    for report in cycle.reports.filter(state=Report.State.DRAFT):
        settle_tasks(report, kind=REPORT_TASK, result=why, dropped=True)


__all__ = ["BALLOT_TASK", "drop_cycle", "end_cycle", "expect_next", "open_cycle", "settle_stage", "throw_away"]
