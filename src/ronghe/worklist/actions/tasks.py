"""What a person does with a task of the month's list: done, moved, handed on, refused; and what a leader answers."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import now, today
from ronghe.documents.actions import attach
from ronghe.notices.actions import notify
from ronghe.org.models import Person
from ronghe.worklist.models import Task
from ronghe.worklist.permissions import may_answer_offer, may_decide_refused, may_work
from ronghe.worklist.queries.holders import Holders

LATEST_MOVE = timedelta(days=62)


def lock_listed(task: Task, version: int | None) -> Task:
    """Lock a task of the month's list that is still open."""
    task = lock_row(task, version=version)
    if not task.is_listed or task.path:
        raise Refused(_("这项待办在它来的地方办理。"))
    if task.state != Task.State.OPEN:
        raise Refused(_("这项任务已经办结。"))
    return task


def tell(person: Person, task: Task, title: str, by: Any) -> None:
    notify([person], kind="任务", title=title, path=task.url, area_id=task.area_id, by=by)


@action
def finish_task(task: Task, *, by: Any, line: str = "", photo: tuple[str, bytes] | None = None, version: int | None = None) -> Task:
    """Done: one tap, and only where the guide asks for it a line or a photo of one's own choice."""
    task = lock_listed(task, version)
    require(may_work, by, task)
    if task.asks == Task.Asks.LINE and not line.strip():
        raise ValidationError({"line": _("这一项要一句话说明办理情况。")})
    if task.asks == Task.Asks.PHOTO and photo is None:
        raise ValidationError({"photo": _("这一项要一张自己选的照片。")})
    if photo is not None:
        try:
            document = attach(task, data=photo[1], name=photo[0], by=by, area_id=task.area_id, purpose="佐证")
        except ValidationError as problem:
            raise ValidationError({"photo": problem.messages}) from problem
        if not document.media_type.startswith("image/"):
            raise ValidationError({"photo": _("请选一张照片(JPG、PNG)。")})
    task.state, task.line, task.result, task.settled_at, task.offered_to = Task.State.DONE, line.strip()[:300], "已办", now(), None
    task.save()
    record(by=by, verb="办结任务", obj=task, area_id=task.area_id, note=task.line)
    return task


@action
def resume_task(task: Task, *, by: Any, version: int | None = None) -> Task:
    """Take back a tap on the day it was made."""
    task = lock_row(task, version=version)
    require(may_work, by, task)
    if task.state != Task.State.DONE or not task.is_listed or not task.was_settled_on(today()):
        raise Refused(_("只能在办结的当天撤回。"))
    task.state, task.result, task.settled_at = Task.State.OPEN, "", None
    task.save()
    record(by=by, verb="撤回办结", obj=task, area_id=task.area_id)
    return task


@action
def move_task(task: Task, *, by: Any, due: date, reason: str, version: int | None = None) -> Task:
    """Another date, with the reason."""
    task = lock_listed(task, version)
    require(may_work, by, task)
    need_reason(reason)
    if due < today():
        raise ValidationError({"due": _("新的日期不能早于今天。")})
    if task.planned is not None and due > task.planned + LATEST_MOVE:
        raise ValidationError({"due": _("最晚只能改到原定日期后两个月;更晚的请退回并说明。")})
    changes = {"due": [str(task.due), str(due)]}
    task.due, task.reason = due, reason.strip()[:300]
    task.save()
    record(by=by, verb="任务改期", obj=task, area_id=task.area_id, note=task.reason, changes=changes)
    return task


@action
def offer_task(task: Task, *, by: Any, to: Person, reason: str, version: int | None = None) -> Task:
    """Ask another to take it. Until that person accepts, it stays where it is."""
    task = lock_listed(task, version)
    require(may_work, by, task)
    need_reason(reason)
    if to.pk == task.owner_id:
        raise ValidationError({"to": _("这项任务已经在您名下。")})
    if to.area_id != task.area_id or to.left_on is not None or to.user is None or not to.user.is_active:
        raise ValidationError({"to": _("只能转给本管理区有账号的在岗人员。")})
    task.offered_to, task.reason = to, reason.strip()[:300]
    task.save()
    record(by=by, verb="转交任务", obj=task, area_id=task.area_id, note=f"{to.name}:{task.reason}")
    tell(to, task, _("请您接收任务:%(title)s") % {"title": task.title}, by)
    return task


@action
def withdraw_offer(task: Task, *, by: Any, version: int | None = None) -> Task:
    """Keep it after all."""
    task = lock_listed(task, version)
    require(may_work, by, task)
    if task.offered_to is None:
        raise Refused(_("这项任务没有在等别人接收。"))
    task.offered_to = None
    task.save()
    record(by=by, verb="收回转交", obj=task, area_id=task.area_id)
    return task


@action
def answer_offer(task: Task, *, by: Any, accept: bool, note: str = "", version: int | None = None) -> Task:
    """The receiver accepts (it is theirs from now on) or declines (it stays)."""
    task = lock_listed(task, version)
    require(may_answer_offer, by, task)
    before, person = task.owner, task.offered_to
    assert person is not None
    if accept:
        task.owner, task.handed, task.refused_by = person, True, None
    task.offered_to = None
    task.save()
    record(by=by, verb="接收任务" if accept else "未接收任务", obj=task, area_id=task.area_id, note=note[:300])
    word = _("已接收") if accept else _("没有接收,仍由您办理")
    tell(before, task, f"{person.name}{word}:{task.title}", by)
    return task


@action
def refuse_task(task: Task, *, by: Any, reason: str, version: int | None = None) -> Task:
    """It can't or should not be done by this post: it goes to the leader above, with the reason."""
    task = lock_listed(task, version)
    require(may_work, by, task)
    need_reason(reason)
    if task.refused_by_id is not None:
        raise Refused(_("这项任务是别人退回给您的,请直接处理。"))
    kind = task.post.kind if task.post is not None else ""
    leader = Holders(task.area_id or 0, today(), today()).find_superior(kind, today())
    if leader is None or leader == task.owner_id:
        raise Refused(_("没有可以交给的上级,请改期或转交。"))
    task.refused_by, task.owner_id, task.offered_to, task.reason = task.owner, leader, None, reason.strip()[:300]
    task.save()
    record(by=by, verb="退回任务", obj=task, area_id=task.area_id, note=task.reason)
    tell(
        Person.objects.get(pk=leader),
        task,
        _("任务被退回,请您处理:%(title)s(%(why)s)") % {"title": task.title, "why": task.reason[:80]},
        by,
    )
    return task


@action
def answer_refused(task: Task, *, by: Any, how: str, note: str, version: int | None = None) -> Task:
    """The leader gives it back with an answer ('back'), or finds it not needed ('drop'). To give it to another: offer_task."""
    task = lock_listed(task, version)
    require(may_decide_refused, by, task)
    before = task.refused_by
    if before is None:
        raise Refused(_("这项任务没有人退回。"))
    need_reason(note, "note")
    if how == "drop":
        task.state, task.result, task.settled_at = Task.State.DROPPED, _("不再需要:%(note)s") % {"note": note.strip()[:150]}, now()
    else:
        task.owner, task.refused_by, task.remark = before, None, f"领导答复:{note.strip()[:150]}"
    task.offered_to = None
    task.save()
    record(by=by, verb="取消任务" if how == "drop" else "任务发回", obj=task, area_id=task.area_id, note=note[:300])
    tell(before, task, (_("不用办了:%(title)s") if how == "drop" else _("请继续办理:%(title)s")) % {"title": task.title}, by)
    return task


def need_reason(reason: str, name: str = "reason") -> None:
    if not reason.strip():
        raise ValidationError({name: _("请写明理由。")})
