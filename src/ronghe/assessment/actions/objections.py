"""异议: asking, taking back, answering. Who answers had no hand in what is doubted; both versions of a mark stay."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.assessment import kernel
from ronghe.assessment.actions.objection_steps import ANSWER, expect, tell_unit
from ronghe.assessment.models import Mark, Objection
from ronghe.assessment.permissions import is_within_term, may_answer, may_object, may_withdraw
from ronghe.assessment.queries.answerers import list_answerers
from ronghe.assessment.queries.objections import is_stuck
from ronghe.assessment.rules import ANSWER_DAYS, STEP_DAYS, describe_month
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.documents.actions import attach, read_bytes
from ronghe.documents.queries import list_documents
from ronghe.figures.actions.corrections import abandon_correction, propose_adjustment, propose_correction
from ronghe.figures.models import Batch, ReportingPeriod
from ronghe.goals.models import Indicator
from ronghe.worklist.actions import settle_tasks


@action
def object_to_mark(mark: Mark, *, reason: str, proof: tuple[bytes, str] | None, by: Any) -> Objection:
    """Doubt one mark of one's own unit, with a reason and a proof (content, file name), within the run's term.

    Raises Refused where the term is over, the run is replaced, or an objection to this mark is open.
    """
    require(may_object, by, mark)
    run = lock_row(mark.run)
    if not is_within_term(run):
        raise Refused(_("只能在异议期内对现行的公示结果提出异议;这个结果的异议期已过,或者它已被更正。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由:哪个数、为什么不对、应当是多少。")})
    if proof is None:
        raise ValidationError({"proof": _("请上传证明材料。")})
    if Objection.objects.open().filter(run=run, unit_id=mark.unit_id, indicator=mark.indicator).exists():
        raise Refused(_("对这项得分的异议还没有办结,不能重复提出。"))
    answerers = list_answerers(mark, asker=by)
    if not answerers:
        raise Refused(_("本管理区没有与这项得分无关的人可以答复,请先增设审核人或纪检小组成员。"))
    item = kernel.scheme_of(run.scheme).indicator_by_code.get(mark.indicator)
    count = Objection.objects.filter(area_id=run.area_id, run__period=run.period).count()
    row = Objection(
        area_id=run.area_id,
        unit_id=mark.unit_id,
        run=run,
        mark=mark,
        indicator=mark.indicator,
        indicator_name=item.name if item else mark.indicator,
        number=f"YY-{run.period}-{count + 1:03d}",
        reason=reason.strip(),
        asked_by=by,
        asked_at=now(),
        due=add_working_days(today(), ANSWER_DAYS),
    )
    row.save()
    data, name = proof
    attach(row, data=data, name=name, by=by, area_id=row.area_id, purpose="证明材料")
    record(by=by, verb="提出异议", obj=row, area_id=row.area_id, note=row.reason, changes={"state": ["", row.state]})
    title = _("待答复异议:%(what)s,%(month)s") % {"what": str(row), "month": describe_month(run.period)}
    expect(row, answerers, kind=ANSWER, title=title, due=row.due, by=by)  # type: ignore[arg-type]
    return row


@action
def withdraw_objection(objection: Objection, *, by: Any, version: int | None = None) -> Objection:
    """Take an objection back before it is answered; only who asked may."""
    row = lock_row(objection, version=version)
    require(may_withdraw, by, row)
    row.withdraw()
    row.due, row.ended_at = None, now()
    row.save()
    settle_tasks(row, result=_("提出人已撤回"), dropped=True)
    record(by=by, verb="撤回异议", obj=row, area_id=row.area_id, changes={"state": ["asked", row.state]})
    return row


@action
def reject_objection(objection: Objection, *, answer: str, by: Any, version: int | None = None) -> Objection:
    """Answer that the mark stands, and why."""
    row = take_up(objection, answer=answer, by=by, version=version)
    former = row.state
    row.reject()
    row.fault, row.due, row.ended_at = "", None, now()
    row.right = None
    row.save()
    drop_stuck(row, by=by)
    settle_tasks(row, result=_("已答复:不成立"))
    record(by=by, verb="异议不成立", obj=row, area_id=row.area_id, note=row.answer, changes={"state": [former, row.state]})
    tell_unit(row, _("异议 %(what)s 已答复:不成立") % {"what": str(row)}, by=by)
    return row


@action
def uphold_objection(
    objection: Objection, *, fault: str, right: Decimal | None, answer: str, by: Any, version: int | None = None
) -> Objection:
    """Answer that the mark is wrong and name what is right; the correction is handed in for somebody else to confirm.

    `fault` is one of Objection.Fault; `right` the actual or the target, none for an exemption.
    """
    row = take_up(objection, answer=answer, by=by, version=version)
    if fault not in Objection.Fault.values:
        raise ValidationError({"verdict": _("请选择错在哪里。")})
    if fault != Objection.Fault.EXEMPT and right is None:
        raise ValidationError({"right": _("请填写正确的数值。")})
    indicator = Indicator.objects.get(area_id=row.area_id, code=row.indicator)
    former = row.state
    row.uphold()
    row.fault, row.due = fault, add_working_days(today(), STEP_DAYS)
    row.right = None if fault == Objection.Fault.EXEMPT else right  # type: ignore[misc]
    row.save()
    change = {"state": [former, row.state], "fault": ["", row.get_fault_display()], "right": [None, row.right]}
    record(by=by, verb="异议成立", obj=row, area_id=row.area_id, note=row.answer, changes=change)
    settle_tasks(row, result=_("已答复:成立"))
    why = _("异议 %(number)s 成立:%(answer)s") % {"number": row.number, "answer": row.answer}
    if fault == Objection.Fault.FIGURE and right is not None:
        proposed = propose_correction(row.unit, indicator, period=row.run.period, actual=right, reason=why, by=by, batch=row.batch)
        row.batch, row.adjustment = proposed, None
    else:
        drop_stuck(row, by=by)
        proof = next(((read_bytes(one), one.name) for one in list_documents(row)), None)
        wanted = row.right
        row.adjustment = propose_adjustment(
            row.unit, indicator, period=row.run.period, kind=fault, target=wanted, reason=why, proof=proof, by=by
        )
        row.batch = None
    row.save()
    tell_unit(row, _("异议 %(what)s 已答复:成立,正在更正") % {"what": str(row)}, by=by)
    return row


def take_up(objection: Objection, *, answer: str, by: Any, version: int | None) -> Objection:
    """Lock an objection for its answer, after the month that its correction locks, and write who answers what."""
    ReportingPeriod.objects.select_for_update().filter(area_id=objection.area_id, period=objection.run.period).first()
    row = lock_row(objection, version=version)
    require(may_answer, by, row)
    if row.state != Objection.State.ASKED and not is_stuck(row):
        raise Refused(_("这个异议已经答复,正在按答复办理。"))
    if not answer.strip():
        raise ValidationError({"answer": _("请写明答复:依据什么、核对了什么。")})
    row.answer, row.answered_by, row.answered_at = answer.strip(), by, now()
    return row


def drop_stuck(row: Objection, *, by: Any) -> None:
    """Give up a correction that was sent back, where another way is taken."""
    if row.batch is not None and row.batch.state != Batch.State.CONFIRMED:
        abandon_correction(row.batch, by=by)
