"""例外 and urgent decisions: the only two ways past a step, each on record, neither an administrator's."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import today
from ronghe.decisions.actions.gate import drop_exceptions
from ronghe.decisions.actions.steps import (
    choose_person,
    end_matter,
    lock_matter,
    lock_step,
    name_step,
    open_next,
    person_of,
    require_not_in_room,
    require_open,
    take_number,
    tell,
)
from ronghe.decisions.models import Matter, Outcome, Step
from ronghe.decisions.permissions import may_ask_exception, may_decide_urgently, may_except
from ronghe.decisions.rules import KIND_OF, NEVER_EXCEPTED, PASSED, find_bar_to_excepting
from ronghe.meetings.actions.agenda import drop_items
from ronghe.meetings.actions.follow import write_urgent
from ronghe.worklist.actions import settle_tasks

OPINION_DAYS, APPROVE_DAYS = 2, 2


@action
def ask_exception(step: Step, *, reason: str, by: Any) -> Matter:
    """Ask that the open step be passed over: a matter of its own with the 纪检小组's opinion and the approval of those entitled."""
    matter, step = lock_step(step)
    require(may_ask_exception, by, step)
    require_open(matter, step)
    if step.kind in NEVER_EXCEPTED:
        raise Refused(_("“%(step)s”不能例外。") % {"step": name_step(step)})
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么要例外,以及怎样补救。")})
    if Matter.objects.filter(excepts=step, state__in=("running", "stopped")).exists():
        raise Refused(_("这一步已有一个例外在办理。"))
    me = person_of(by)
    involved = (me.pk, matter.owner_id, step.owner_id)
    adviser = choose_person([("discipline_member",), ("deputy_business",)], matter.area_id, but=(me.pk,))
    approver = choose_person([tuple(matter.edition.exception_posts)], matter.area_id, but=involved)
    if adviser is None or approver is None:
        raise Refused(_("没有可以出具意见或批准例外的人:申请人和责任人不能批准自己的例外。"))
    request = Matter.objects.create(
        area_id=matter.area_id, unit_id=matter.unit_id, number=take_number(matter.area, exception=True), kind=Matter.Kind.EXCEPTION,
        excepts=step, edition=matter.edition, title=f"例外:{matter.number} {name_step(step)}", text=reason.strip(), category=matter.category,
        decided_by="branch", field=matter.field, owner=me, registered_by=me, registered_on=today(), holder=adviser, step_due=today(),
    )  # fmt: skip
    Step.objects.bulk_create(
        [
            Step(matter=request, kind="opinion", place=1, days=OPINION_DAYS, form="opinion", owner=adviser, version=1),
            Step(matter=request, kind="approve", place=2, days=APPROVE_DAYS, form="approve", owner=approver, version=1),
        ]
    )
    record(by=by, verb="申请例外", obj=request, area_id=matter.area_id, note=reason.strip())
    record(by=by, verb="申请例外", obj=matter, area_id=matter.area_id, note=f"{request.number} {name_step(step)}")
    open_next(request, by=by)
    return request


@action
def decide_exception(request: Matter, *, approved: bool, note: str, by: Any, version: int | None = None) -> Matter:
    """Approve an exception or decline it. Approved, the step counts as passed and says by which exception."""
    if request.excepts is None:
        raise Refused(_("这不是例外。"))
    matter, step = lock_step(request.excepts)
    request = lock_matter(request, version=version)
    require(may_except, by, matter)
    approve = Step.objects.get(matter=request, kind="approve")
    approve.matter = request
    require_open(request, approve)
    me = person_of(by)
    bar = find_bar_to_excepting(me.pk, asker=request.registered_by_id, owner=matter.owner_id, step_owner=step.owner_id)
    if bar:
        raise Refused(bar)
    if not note.strip():
        raise ValidationError({"note": _("请写明批准或不批准的理由。")})
    verb = "批准例外" if approved else "不批准例外"
    settle_tasks(approve, result=verb)
    if not approved:
        request.reject()
        end_matter(request, note=note.strip(), by=by)
        record(by=by, verb=verb, obj=request, area_id=request.area_id, note=note.strip())
        tell([request.owner], matter, _("例外未批准:%(title)s") % {"title": request.title}, by=by)
        return request
    require_open(matter, step)
    require_not_in_room(step)
    approve.finish()
    approve.done_on, approve.done_by, approve.note = today(), me, note.strip()[:400]
    approve.save()
    entry = record(by=by, verb=verb, obj=request, area_id=request.area_id, note=note.strip())
    write_checkpoint(entry.chain)
    open_next(request, by=by)
    step.except_it()
    step.done_on, step.done_by, step.note = today(), me, f"{request.number}:{note.strip()}"[:400]
    step.save()
    settle_tasks(step, result=f"例外 {request.number}", dropped=True)
    drop_items(step, note=f"例外 {request.number}", by=by)
    record(by=by, verb=verb, obj=matter, area_id=matter.area_id, note=f"{request.number} {name_step(step)}")
    open_next(matter, by=by)
    return request


@action
def decide_urgently(
    matter: Matter, *, decision: str, reason: str, consulted: str, by: Any, version: int | None = None
) -> Outcome:  # fmt: skip
    """Note a decision that could not wait for the steps and the meeting. Red until a meeting of the deciding body has ratified it."""
    matter = lock_matter(matter, version=version)
    require(may_decide_urgently, by, matter)
    if matter.state != Matter.State.RUNNING or matter.kind != Matter.Kind.NORMAL:
        raise Refused(_("只有办理中的清单事项可以紧急决定。"))
    given = {"decision": decision, "reason": reason, "consulted": consulted}
    empty = {name: _("请填写。") for name, value in given.items() if not value.strip()}
    if empty:
        raise ValidationError(empty)
    me = person_of(by)
    if matter.interested.filter(pk=me.pk).exists():
        raise Refused(_("应回避的人不能作紧急决定。"))
    steps = list(Step.objects.filter(matter=matter).order_by("place"))
    decide = next(step for step in steps if step.kind == "decide")
    if decide.state in PASSED:
        raise Refused(_("本事项已经决策。"))
    for step in steps:
        step.matter = matter
        require_not_in_room(step)
    note = f"紧急决定:{reason.strip()}"[:400]
    for step in steps:
        step.matter = matter
        if step.place > decide.place or step.state in PASSED:
            continue
        step.done_on, step.done_by, step.note = today(), me, note
        if step.pk == decide.pk:
            step.decide_urgently()
        else:
            step.pass_urgently()
        step.save()
        settle_tasks(step, result="紧急决定", dropped=True)
        drop_exceptions(step, by=by)
    outcome = Outcome.objects.create(
        matter=matter, step=decide, body=matter.decided_by, urgent=True, name=f"紧急决定({me.name})", held_on=today(), passed=True,
        resolution=decision.strip(), because=f"{reason.strip().rstrip('。')};征求意见:{consulted.strip()}"[:600], taken_by=me,
    )  # fmt: skip
    matter.unratified = True
    matter.save()
    entry = record(by=by, verb="紧急决定", obj=matter, area_id=matter.area_id, note=f"{reason.strip()};征求意见:{consulted.strip()}")
    write_checkpoint(entry.chain)
    write_urgent(
        matter.area, KIND_OF[matter.decided_by], {"title": matter.title, "text": decision, "reason": reason, "consulted": consulted},
        origin=decide, matter_class="personnel" if matter.category == "personnel" else "major", reporter=matter.owner, by=by,
    )  # fmt: skip
    tell([decide.owner, matter.owner], matter, _("紧急决定待追认:%(title)s") % {"title": matter.title}, by=by)
    open_next(matter, by=by)
    return outcome
