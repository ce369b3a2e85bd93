"""The gate: a step opens when all before it have passed, and passes by its owner's complete form, or by the record of a meeting."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import today
from ronghe.common.drafts import keep_draft
from ronghe.common.own_fields import find_missing
from ronghe.decisions.actions.steps import (
    end_matter,
    find_presiders,
    give_step,
    list_follow,
    lock_step,
    name_step,
    open_next,
    person_of,
    require_open,
    tell,
)
from ronghe.decisions.models import Matter, Outcome, Step
from ronghe.decisions.permissions import may_prepare, may_reassign
from ronghe.decisions.rules import BLOCKING, PASSED, Sitting, find_bars_to_sitting
from ronghe.documents.actions import attach
from ronghe.documents.queries import list_documents
from ronghe.meetings.actions.agenda import drop_items
from ronghe.meetings.actions.follow import settle_urgent_of
from ronghe.org.models import Person
from ronghe.rectification.queries import list_takers
from ronghe.worklist.actions import settle_tasks

PROOF = "步骤材料"


@action
def save_draft(step: Step, values: dict[str, str], *, number: int, by: Any, window: str = "") -> Step:
    """Keep a half-filled form (common.drafts)."""
    _matter, step = lock_step(step)
    require(may_prepare, by, step)
    if step.state != Step.State.OPEN:
        raise Refused(_("这一步已经不在办理中,草稿没有保存。"))
    return keep_draft(step, values, number=number, window=window)


@action
def complete_step(
    step: Step, values: dict[str, str], *, by: Any, files: Iterable[tuple[str, bytes]] = (), version: int | None = None
) -> Step:  # fmt: skip
    """Complete the open step with its form and evidence. A meeting's step is then ready for its meeting and stays open until that has resolved."""
    matter, step = lock_step(step, version=version)
    require(may_prepare, by, step)
    require_open(matter, step)
    if step.kind == "approve":
        raise Refused(_("例外由有权批准的人批准或不批准。"))
    check_form(matter, step, values)
    for name, data in files:
        attach(step, data=data, name=name, by=by, area_id=matter.area_id, purpose=PROOF)
    if matter.edition.needs_proof(step.form) and not list_documents(step):
        raise ValidationError({"materials": _("这一步须附证明材料。")})
    check_end(matter, step)
    step.values, step.note = values, ""
    step.drop_draft()
    if step.is_meeting:
        step.prepared_on = today()
        step.save()
        record(by=by, verb=f"备齐上会材料({name_step(step)})", obj=matter, area_id=matter.area_id)
        tell(find_presiders(step), matter, _("材料已备齐,请列入下次会议:%(title)s") % {"title": matter.title}, by=by)
        return step
    step.finish()
    step.done_on, step.done_by = today(), person_of(by)
    step.save()
    record(by=by, verb=f"完成{name_step(step)}", obj=matter, area_id=matter.area_id)
    settle_tasks(step, result="已完成")
    drop_exceptions(step, by=by)
    open_next(matter, by=by)
    return step


def check_form(matter: Matter, step: Step, values: dict[str, str]) -> None:
    """Raise ValidationError at each required field that is empty, and for a conclusion with which nothing goes on."""
    fields = matter.edition.list_fields(step.form)
    problems: dict[str, Any] = {field.code: _("必填。") for field in find_missing(fields, values)}
    for field in fields:
        if field.kind == "choice" and values.get(field.code) in BLOCKING:
            problems[field.code] = _("结论是“%(word)s”,不能进入下一步:请修改方案后重新论证审查,或撤回事项。") % {"word": values[field.code]}
    if problems:
        raise ValidationError(problems)


def check_end(matter: Matter, step: Step) -> None:
    """Raise Refused where carrying out or evaluating cannot end yet."""
    if step.kind == "execute":
        left = matter.assignments.filter(done_on=None).count()
        if left:
            raise Refused(_("还有 %(n)d 条落实事项没有办结。") % {"n": left})
        bar = find_bar_in_meetings(matter)
        if bar:
            raise Refused(bar)
    if step.kind == "evaluate" and matter.unratified:
        raise Refused(_("紧急决定还没有追认,不能完成后评估。"))


def find_bar_in_meetings(matter: Matter) -> str:
    """Return what a meeting's resolution still expects of somebody, or ''."""
    left = list_follow(matter).count()
    return _("会议分派的落实事项还有 %(n)d 条没有办结。") % {"n": left} if left else ""


def drop_exceptions(step: Step, *, by: Any) -> None:
    """Let go of requests for an exception, and of items of an agenda, that the step has overtaken."""
    drop_items(step, note=_("步骤已办理,不再上会"), by=by)
    for request in Matter.objects.select_for_update().filter(excepts=step, state__in=("running", "stopped")):
        request.withdraw()
        end_matter(request, note=_("步骤已办理,不再需要例外"), by=by)
        record(by=by, verb="撤销例外申请", obj=request, area_id=request.area_id)


@action
def take_result(step: Step, sitting: Sitting, *, by: Any) -> Outcome:
    """Take over what a meeting has resolved on a step: the only way in which such a step passes.

    `sitting` is read from the meeting's record. What does not satisfy quorum and recusal is refused, whoever asks.
    """
    matter, step = lock_step(step)
    if not step.is_meeting:
        raise Refused(_("“%(step)s”不由会议决定。") % {"step": name_step(step)})
    ratifies = step.state == Step.State.URGENT
    if ratifies and matter.state != Matter.State.RUNNING:
        raise Refused(_("本事项已被叫停,恢复之前任何一步都不能办理。"))
    if not ratifies:
        require_open(matter, step)
        if step.prepared_on is None:
            raise Refused(_("上会材料还没有备齐,不能上会。"))
    interested = list(matter.interested.values_list("pk", flat=True))
    bars = find_bars_to_sitting(sitting, body=step.body, interested=interested)
    if bars:
        raise Refused(" ".join(bars))
    outcome = Outcome.objects.create(
        matter=matter, step=step, body=sitting.body, name=sitting.name[:120], held_on=sitting.held_on, passed=sitting.passed,
        resolution=sitting.resolution[:2000], because=sitting.because[:600], sitting=write_sitting(sitting), meeting=sitting.meeting,
        item=sitting.item, taken_by=person_of(by),
    )  # fmt: skip
    verb = f"{name_step(step)}:{'通过' if sitting.passed else '未通过'}"
    entry = record(by=by, verb=verb[:40], obj=matter, area_id=matter.area_id, note=f"{sitting.name};{sitting.because}")
    write_checkpoint(entry.chain)
    settle_tasks(step, result="通过" if sitting.passed else "未通过")
    if ratifies:
        settle_urgent_of(step, passed=sitting.passed, day=sitting.held_on, note=sitting.name, by=by)
    if not sitting.passed:
        matter.reject()
        matter.unratified = False
        end_matter(matter, note=_("%(name)s未通过") % {"name": sitting.name}, by=by)
        tell([matter.owner], matter, _("未通过:%(title)s") % {"title": matter.title}, by=by)
        return outcome
    step.done_on, step.done_by = sitting.held_on, person_of(by)
    if ratifies:
        step.ratify()
        step.save()
        matter.unratified = False
        matter.save()
    else:
        step.finish()
        step.save()
        drop_exceptions(step, by=by)
        open_next(matter, by=by)
    return outcome


def write_sitting(sitting: Sitting) -> dict[str, Any]:
    """Return the record as JSON values."""
    row = asdict(sitting)
    row["held_on"] = sitting.held_on.isoformat()
    row["names"] = {str(pk): name for pk, name in sitting.names.items()}
    return row


@action
def reassign_step(
    step: Step, *, owner: Person, reason: str, by: Any, due: date | None = None, version: int | None = None
) -> Step:  # fmt: skip
    """Give a step another owner or date. Never a way around it: the step stays to be done."""
    matter, step = lock_step(step, version=version)
    require(may_reassign, by, matter)
    if matter.state != Matter.State.RUNNING or step.state in (*PASSED, Step.State.VOID):
        raise Refused(_("这一步已经办完,或事项不在办理中,不能改派。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明改派或改期的原因。")})
    if not list_takers(matter.area_id).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": _("%(name)s 在本管理区没有在任岗位或没有账号,请换一位。") % {"name": owner.name}})
    if step.kind in ("opinion", "approve"):
        raise Refused(_("例外的意见和批准不能改派。"))
    if due is not None and due < today():
        raise ValidationError({"due": _("期限不能早于今天。")})
    note = f"{name_step(step)}:{step.owner.name} → {owner.name}" + (f",期限 {step.due} → {due}" if due else "") + f";{reason.strip()}"
    if step.state == Step.State.OPEN:
        step.due = due or step.due
    give_step(matter, step, owner)
    record(by=by, verb="改派步骤", obj=matter, area_id=matter.area_id, note=note[:500])
    tell([owner], matter, _("“%(step)s”改由您办理:%(title)s") % {"step": name_step(step), "title": matter.title}, by=by)
    return step
