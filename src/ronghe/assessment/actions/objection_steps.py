"""What follows an objection by itself: when its correction is decided, the month is run and published, or nobody has answered."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment.models import Objection, Run
from ronghe.assessment.queries.answerers import find_superiors, list_answerers
from ronghe.assessment.rules import ESCALATED_DAYS, STEP_DAYS, describe_month
from ronghe.audit.actions import record
from ronghe.common.actions import action
from ronghe.common.calendar import add_working_days, now, today
from ronghe.figures.models import Adjustment, Batch
from ronghe.notices.actions import notify
from ronghe.org.models import Appointment, Person
from ronghe.org.queries import list_holders
from ronghe.worklist.actions import open_tasks, settle_tasks

KIND = "异议"
ANSWER = "异议答复"
ESCALATED = "异议超期"
CORRECT = "异议更正"
RERUN = "异议重新计分"


def path_of(objection: Objection) -> str:
    return reverse("assessment:objection", args=[objection.pk])


def expect(objection: Objection, owners: Iterable[Person], *, kind: str, title: str, due: date, by: Any) -> None:
    """Open the task of a step for its owners and tell them."""
    people, path = list(owners), path_of(objection)
    open_tasks(objection, kind=kind, owners=people, title=title, path=path, due=due, area_id=objection.area_id)
    told = [person for person in people if by is None or person.user_id != by.pk]
    notify(told, kind=KIND, title=title, path=path, area_id=objection.area_id, by=by)


def tell_unit(objection: Objection, title: str, *, by: Any) -> None:
    """Tell who asked, and those who lead the unit."""
    held = Appointment.objects.on(today()).filter(post__kind__in=("station_chief", "group_leader"), post__unit_id=objection.unit_id)
    people = Person.objects.filter(Q(pk__in=held.values("person_id")) | Q(user_id=objection.asked_by_id))
    if by is not None:
        people = people.exclude(user_id=by.pk)
    notify(people, kind=KIND, title=title, path=path_of(objection), area_id=objection.area_id, by=by)


def lock_objections(**wanted: Any) -> list[Objection]:
    return list(Objection.objects.select_for_update().filter(**wanted).order_by("pk"))


def follow_decision(row: Any, by: Any) -> None:
    """Carry on with the objections that wait for this batch or adjustment (registered as a follower)."""
    if isinstance(row, Batch):
        waiting = lock_objections(batch=row, state=Objection.State.UPHELD)
        good, pending = row.state == Batch.State.CONFIRMED, row.state == Batch.State.SUBMITTED
    elif isinstance(row, Adjustment):
        waiting = lock_objections(adjustment=row, state=Objection.State.UPHELD)
        good, pending = row.state == Adjustment.State.APPROVED, row.state == Adjustment.State.ASKED
    else:
        return
    for objection in waiting:
        if good:
            cure(objection, by=by)
        elif pending:
            settle_tasks(objection, kind=CORRECT, result=_("已重新提交"))
        else:
            ask_again(objection, by=by)


def cure(objection: Objection, *, by: Any) -> None:
    """The correction is confirmed: the month has to be run again."""
    settle_tasks(objection, kind=CORRECT, result=_("更正已确认"))
    objection.cure()
    objection.cured_at = now()
    record(by=by, verb="更正已确认", obj=objection, area_id=objection.area_id, changes={"state": ["upheld", objection.state]})
    ask_rerun(objection, by=by)


def ask_rerun(objection: Objection, *, by: Any) -> None:
    """Ask for the new run; without an indicator administrator the secretary is asked, who has to appoint one."""
    day = today()
    objection.due = add_working_days(day, STEP_DAYS)
    objection.save()
    people = list_holders("indicator_admin", area_id=objection.area_id, day=day)
    owners = list(people) or list(list_holders("branch_secretary", area_id=objection.area_id, day=day))
    title = _("异议 %(what)s 成立,请重新计算%(month)s") % {"what": str(objection), "month": describe_month(objection.run.period)}
    expect(objection, owners, kind=RERUN, title=title, due=objection.due, by=by)


def ask_again(objection: Objection, *, by: Any) -> None:
    """The correction was sent back, taken back or declined: who answered (or may answer now) has to take the next step."""
    objection.due = add_working_days(today(), STEP_DAYS)
    objection.save()
    free = list_answerers(objection.mark, asker=objection.asked_by_id)
    owners = [person for person in free if person.user_id == objection.answered_by_id] or free
    title = _("异议 %(what)s 的更正未获确认,请重新办理") % {"what": str(objection)}
    expect(objection, owners, kind=CORRECT, title=title, due=objection.due, by=by)


def follow_run(run: Run, *, by: Any) -> None:
    """The month has been run again: what was confirmed for an objection is in it."""
    states = (Objection.State.CURED, Objection.State.RERUN)
    for objection in lock_objections(area_id=run.area_id, run__period=run.period, state__in=states):
        objection.compute()
        objection.new_run, objection.due = run, add_working_days(today(), STEP_DAYS)
        objection.save()
        settle_tasks(objection, kind=RERUN, result=_("已重新计分"))
        record(by=by, verb="已重新计分", obj=objection, area_id=objection.area_id, note=str(run))


def follow_dropped(run: Run, *, by: Any) -> None:
    """The new run was given up: the month has to be run again."""
    for objection in lock_objections(new_run=run, state=Objection.State.RERUN):
        objection.go_back()
        objection.new_run = None
        record(by=by, verb="新计分已作废", obj=objection, area_id=objection.area_id, note=str(run))
        ask_rerun(objection, by=by)


def follow_published(run: Run, *, by: Any) -> None:
    """A run is shown. It was computed from all that is confirmed now, so every correction of its month is in it."""
    states = (Objection.State.CURED, Objection.State.RERUN)
    for objection in lock_objections(area_id=run.area_id, run__period=run.period, state__in=states):
        objection.settle()
        objection.new_run, objection.due, objection.ended_at = run, None, now()
        objection.save()
        settle_tasks(objection, result=_("更正结果已公示"))
        record(by=by, verb="更正结果已公示", obj=objection, area_id=objection.area_id, note=str(run))
        tell_unit(objection, _("异议 %(what)s:更正后的结果已公示") % {"what": str(objection)}, by=by)


def escalate_late(day: date) -> int:
    """The daily tick: what nobody has answered in time goes up. Doubled or late it changes nothing more. Returns how many."""
    late = Objection.objects.filter(state=Objection.State.ASKED, due__lt=day, escalated_on=None)
    return sum(escalate(objection, day) for objection in late.order_by("pk"))


@action
def escalate(objection: Objection, day: date) -> bool:
    """Put an unanswered objection before the superior, once."""
    row = Objection.objects.select_for_update().select_related("mark__run").get(pk=objection.pk)
    if row.state != Objection.State.ASKED or row.escalated_on is not None or row.due is None or row.due >= day:
        return False
    row.escalated_on = day
    row.save(update_fields=["escalated_on"])
    superiors = find_superiors(row.mark, asker=row.asked_by_id)
    names = "、".join(person.name for person in superiors)
    note = _("应于 %(due)s 前答复") % {"due": row.due} + (_(";报 %(names)s") % {"names": names} if names else "")
    record(by=None, verb="超期未答复", obj=row, area_id=row.area_id, note=note)
    title = _("异议超期未答复:%(what)s") % {"what": str(row)}
    expect(row, superiors, kind=ESCALATED, title=title, due=add_working_days(day, ESCALATED_DAYS), by=None)
    return True
