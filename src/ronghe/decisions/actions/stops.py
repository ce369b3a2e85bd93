"""警示叫停: all stops at once; cure, reconsideration, and resumption by another person."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, count_working_days, today
from ronghe.decisions.actions.steps import (
    CURE_TASK,
    RECONSIDER_TASK,
    RESUME_TASK,
    choose_person,
    expect_assignment,
    expect_step,
    hold,
    list_follow,
    lock_matter,
    name_step,
    path_of,
    person_of,
    tell,
)
from ronghe.decisions.models import Matter, Step, Stop
from ronghe.decisions.permissions import is_in_area, may_resume, may_stop
from ronghe.decisions.rules import find_bar_to_curing, find_bar_to_reconsidering, find_bar_to_resuming
from ronghe.meetings.actions import follow as follow_actions
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person
from ronghe.worklist.actions import open_tasks, settle_tasks

CURE_DAYS, JUDGE_DAYS, LEAST_LEFT = 5, 2, 2


@action
def stop_matter(matter: Matter, *, ground: str, basis: str, by: Any, version: int | None = None) -> Stop:
    """Stop a matter: nothing of it goes on until it is cured, reconsidered and resumed by another person."""
    matter = lock_matter(matter, version=version)
    require(may_stop, by, matter)
    if matter.state != Matter.State.RUNNING:
        raise Refused(_("只有办理中的事项可以叫停。"))
    empty = {name: _("请填写。") for name, value in (("ground", ground), ("basis", basis)) if not value.strip()}
    if empty:
        raise ValidationError(empty)
    step = Step.objects.select_related("owner").get(matter=matter, state=Step.State.OPEN)
    step.matter = matter
    left = count_working_days(today(), step.due) if step.due and step.due > today() else 0
    matter.stop()
    stop = Stop.objects.create(
        matter=matter, step=step, ground=ground.strip(), basis=basis.strip(), stopped_by=person_of(by), stopped_on=today(), target=step.owner,
        days_left=left,
    )  # fmt: skip
    settle_tasks(step, result="叫停", dropped=True)
    for row in matter.assignments.filter(done_on=None):
        settle_tasks(row, result="叫停", dropped=True)
    follow_actions.hold_assignments(list_follow(matter), note="叫停")
    expect(stop, matter, CURE_TASK, matter.owner, _("叫停待纠正:%(title)s"), CURE_DAYS)
    entry = record(
        by=by, verb="警示叫停", obj=matter, area_id=matter.area_id, note=f"{name_step(step)};{ground.strip()};依据:{basis.strip()}"
    )
    write_checkpoint(entry.chain)
    tell(
        [matter.owner, step.owner],
        matter,
        _("已被叫停:%(title)s。%(ground)s") % {"title": matter.title, "ground": stop.ground[:100]},
        by=by,
    )
    return stop


def expect(stop: Stop, matter: Matter, kind: str, person: Person, title: str, days: int, *, due: date | None = None) -> None:
    """Hand the next move of a stop to a person, with its task."""
    due = due or add_working_days(today(), days)
    hold(matter, person, due)
    matter.save()
    settle_tasks(stop, result="已办")
    open_tasks(
        stop, kind=kind, owners=[person], title=title % {"title": matter.title}, path=path_of(matter), due=due, area_id=matter.area_id,
        unit_id=matter.unit_id,
    )  # fmt: skip


def lock_stop(stop: Stop, *, version: int | None = None) -> tuple[Matter, Stop]:
    matter = lock_matter(stop.matter)
    stop = lock_row(stop, version=version)
    stop.matter = matter
    return matter, stop


@action
def report_cure(stop: Stop, *, cure: str, by: Any, version: int | None = None) -> Stop:
    """Say how what was wrong has been put right."""
    matter, stop = lock_stop(stop, version=version)
    require(is_in_area, by, matter)
    me = person_of(by)
    bar = find_bar_to_curing(me.pk, owner=matter.owner_id, target=stop.target_id)
    if bar:
        raise Refused(bar)
    if not cure.strip():
        raise ValidationError({"cure": _("请写明怎样纠正的。")})
    stop.report_cure()
    stop.cure, stop.cured_by, stop.cured_on = cure.strip(), me, today()
    stop.save()
    involved = (matter.owner_id, stop.target_id, me.pk)
    judge = stop.stopped_by if stop.stopped_by_id not in involved else choose_person(
        [tuple(matter.edition.stop_posts), LEADERS], matter.area_id, but=involved
    )  # fmt: skip
    expect(stop, matter, RECONSIDER_TASK, judge or stop.stopped_by, _("叫停待复议:%(title)s"), JUDGE_DAYS)
    record(by=by, verb="报告纠正", obj=matter, area_id=matter.area_id, note=stop.cure[:400])
    return stop


@action
def reconsider(stop: Stop, *, accepted: bool, opinion: str, by: Any, version: int | None = None) -> Stop:
    """Judge the cure: accepted it waits for another person to let it go on, else it goes back."""
    matter, stop = lock_stop(stop, version=version)
    require(may_stop, by, matter)
    me = person_of(by)
    bar = find_bar_to_reconsidering(me.pk, owner=matter.owner_id, target=stop.target_id, curer=stop.cured_by_id)
    if bar:
        raise Refused(bar)
    if not opinion.strip():
        raise ValidationError({"opinion": _("请写明复议意见。")})
    if accepted:
        stop.accept()
    else:
        stop.send_back()
        stop.returns += 1
    stop.opinion, stop.reconsidered_by, stop.reconsidered_on = opinion.strip(), me, today()
    stop.save()
    if accepted:
        but = (matter.owner_id, stop.target_id, stop.cured_by_id, stop.stopped_by_id)
        head = choose_person([("branch_secretary", "area_manager"), LEADERS], matter.area_id, but=but)
        expect(stop, matter, RESUME_TASK, head or me, _("待恢复办理:%(title)s"), JUDGE_DAYS)
    else:
        expect(stop, matter, CURE_TASK, matter.owner, _("纠正未通过复议:%(title)s"), CURE_DAYS)
    record(by=by, verb="复议通过" if accepted else "复议退回", obj=matter, area_id=matter.area_id, note=opinion.strip())
    return stop


def give_stop(stop: Stop, giver: Person, to: Person, *, by: Any, note: str) -> str:
    """Let another person take the next move of a stop; returns why it can't. Part of the caller's action."""
    matter, stop = lock_stop(stop)
    if matter.holder_id != giver.pk or stop.state in (Stop.State.RESUMED, Stop.State.ENDED):
        return "已办过或已改派"
    parts: dict[str, Any] = {"owner": matter.owner_id, "target": stop.target_id, "curer": stop.cured_by_id}
    kind, title, bar = CURE_TASK, _("叫停待纠正:%(title)s"), ""
    if stop.state == Stop.State.CURED:
        kind, title, bar = RECONSIDER_TASK, _("叫停待复议:%(title)s"), find_bar_to_reconsidering(to.pk, **parts)
    elif stop.state == Stop.State.RECONSIDERED:
        kind, title = RESUME_TASK, _("待恢复办理:%(title)s")
        bar = find_bar_to_resuming(to.pk, stopper=stop.stopped_by_id, **parts)
    if bar:
        return bar
    due = matter.step_due
    expect(stop, matter, kind, to, title, JUDGE_DAYS, due=due)
    record(by=by, verb="移交叫停办理", obj=matter, area_id=matter.area_id, note=note, changes={"holder": [giver.name, to.name]})
    return ""


@action
def resume_matter(stop: Stop, *, note: str, by: Any, version: int | None = None) -> Stop:
    """Let a cured matter go on where it stood, with the days that it had left. Not the stopper, the owner or who reported the cure."""
    matter, stop = lock_stop(stop, version=version)
    require(may_resume, by, matter)
    me = person_of(by)
    bar = find_bar_to_resuming(
        me.pk, owner=matter.owner_id, target=stop.target_id, curer=stop.cured_by_id, stopper=stop.stopped_by_id
    )  # fmt: skip
    if bar:
        raise Refused(bar)
    stop.resume()
    stop.resumed_by, stop.resumed_on = me, today()
    stop.save()
    matter.resume()
    step = Step.objects.select_related("owner").get(pk=stop.step_id)
    step.matter = matter
    step.due = add_working_days(today(), max(stop.days_left, LEAST_LEFT))
    step.save()
    hold(matter, step.owner, step.due)
    matter.save()
    settle_tasks(stop, result="已恢复")
    expect_step(step)
    for row in matter.assignments.filter(done_on=None).select_related("owner"):
        row.due = max(row.due, step.due)
        row.save()
        row.matter = matter
        expect_assignment(row)
    for follow in list_follow(matter):
        follow_actions.expect_assignment(follow)
    record(by=by, verb="恢复办理", obj=matter, area_id=matter.area_id, note=note.strip())
    tell([matter.owner, step.owner, stop.stopped_by], matter, _("已恢复办理:%(title)s") % {"title": matter.title}, by=by)
    return stop
