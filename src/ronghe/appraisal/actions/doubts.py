"""An objection to one's own result: within the term, answered by somebody else; where it holds, computed anew and both kept."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.appraisal.actions.outcomes import compute, make_outcome
from ronghe.appraisal.actions.signing import clear_signatures
from ronghe.appraisal.actions.steps import lock_cycle, person_of, tell
from ronghe.appraisal.kinds import CHECK_TASK, DOUBT_TASK
from ronghe.appraisal.models import Doubt, Outcome
from ronghe.appraisal.permissions import may_answer, may_object
from ronghe.appraisal.queries.people import find_fillers
from ronghe.appraisal.rules.signing import line_of
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.org.models import Person
from ronghe.worklist.actions import open_tasks, settle_tasks

ANSWER_DAYS = 3


@action
def object_to_outcome(outcome: Outcome, *, code: str, reason: str, by: Any) -> Doubt:
    """Doubt one input of one's own result. Ballots are final: their urns are empty; all else can be set right."""
    cycle = lock_cycle(outcome.report.cycle, "shown")
    outcome = lock_row(outcome)
    require(may_object, by, outcome)
    if not outcome.current:
        raise Refused(_("这一版评定已被更正后的一版取代。"))
    if cycle.objections_until is not None and today() > cycle.objections_until:
        raise Refused(_("异议期到 %(day)s,已经过了。") % {"day": cycle.objections_until})
    line = next((one for one in outcome.inputs if one["code"] == code), None)
    if line is None:
        raise ValidationError({"code": _("请选择对哪一项有异议。")})
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由:哪里不对,正确的是什么,依据在哪里。")})
    if Doubt.objects.filter(outcome=outcome, code=code, state=Doubt.State.ASKED).exists():
        raise Refused(_("这一项已经提过,正等答复。"))
    doubt = Doubt.objects.create(
        outcome=outcome, code=code, item_name=line["name"], reason=reason.strip(), due=add_working_days(today(), ANSWER_DAYS)
    )
    roles = line_of(cycle.template.signed_by, outcome.report.part)["grade"]
    fillers = {pk for found in find_fillers(cycle, roles).values() for pk in found} - {outcome.report.person_id}
    people = Person.objects.filter(pk__in=fillers, left_on=None, user__is_active=True).order_by("pk")
    open_tasks(
        doubt, kind=DOUBT_TASK, owners=people, title=f"答复评定异议:{outcome.report.person.name}「{line['name']}」",
        path=reverse("appraisal:answer", args=[doubt.pk]), due=doubt.due, area_id=cycle.area_id,
    )  # fmt: skip
    record(by=by, verb="对评定提出异议", obj=outcome, area_id=cycle.area_id, note=line["name"])
    return doubt


@action
def answer_doubt(doubt: Doubt, *, upheld: bool, answer: str, right: Decimal | None = None, by: Any, version: int | None = None) -> Doubt:
    """Answer an objection. Where it holds, the right figure makes a new version of the result; the old one stays beside it."""
    cycle = lock_cycle(doubt.outcome.report.cycle, "shown")
    doubt = lock_row(doubt, version=version)
    require(may_answer, by, doubt)
    if doubt.state != Doubt.State.ASKED:
        raise Refused(_("这项异议已经答复。"))
    if not answer.strip():
        raise ValidationError({"answer": _("请写明答复。")})
    outcome = lock_row(doubt.outcome)
    line = next(one for one in outcome.inputs if one["code"] == doubt.code)
    doubt.answer, doubt.answered_by = answer.strip(), person_of(by)
    if upheld:
        if line["source"] == "appraisal":
            raise ValidationError({"right": _("测评票已经清空,票数不能更改;可以在评定等次时写明考虑。")})
        if right is None or right < 0 or (line["source"] == "count" and right != right.to_integral_value()):
            raise ValidationError({"right": _("请写正确的数值(次数写整数)。")})
        doubt.right = right
        doubt.made = correct(outcome, doubt, right)
        doubt.uphold()
    else:
        doubt.reject()
    doubt.save()
    settle_tasks(doubt, kind=DOUBT_TASK, result="成立" if upheld else "不成立")
    verb = "异议成立" if upheld else "异议不成立"
    record(by=by, verb=verb, obj=outcome, area_id=cycle.area_id, note=doubt.item_name)
    shown = doubt.made or outcome
    text = _("您对评定的异议已答复:%(name)s") % {"name": doubt.item_name}
    tell([outcome.report.person], cycle, text, by=by, path=reverse("appraisal:outcome", args=[shown.pk]))
    return doubt


def correct(outcome: Outcome, doubt: Doubt, right: Decimal) -> Outcome:
    """Compute the result anew with one input set right."""
    cycle = outcome.report.cycle
    note = f"异议成立,由 {doubt.answered_by.name if doubt.answered_by else ''} 更正:{doubt.answer}"
    inputs = [{**one, "value": f"{right:f}", "note": note} if one["code"] == doubt.code else one for one in outcome.inputs]
    result = compute(cycle.template, cycle.period, {outcome.report_id: inputs})[outcome.report_id]
    outcome.current = False
    outcome.save()
    made = make_outcome(outcome.report, inputs, result, outcome.number + 1)
    made.save()
    clear_signatures(cycle, outcome.report.part)
    settle_tasks(outcome, kind=CHECK_TASK, result="已更正")
    for other in Doubt.objects.filter(outcome=outcome, state=Doubt.State.ASKED).exclude(pk=doubt.pk):
        other.outcome = made  # what else is doubted is doubted of the new version
        other.save()
    return made
