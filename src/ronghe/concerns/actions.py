"""Every write of 关切. The audit says that something happened, never what was said nor, where the raiser is unnamed, who did it."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.concerns.models import Concern, Norm, Promise, Reading, Talk
from ronghe.concerns.permissions import may_answer, may_confirm_talk, may_keep, may_open, may_raise, may_set_norm, may_talk
from ronghe.concerns.queries import find_norm
from ronghe.concerns.rules import ABOVE, ANSWERERS, is_gone
from ronghe.notices.actions import notify
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import open_tasks, settle_tasks

NAME, TASK, PROMISE_TASK, TALK_TASK = "一件关切", "答复关切", "兑现承诺", "确认谈话"
CODE_LENGTH = 12
SILENT_DAYS = 10  # working days after an answer in which its raiser may say that it is not settled


def digest_code(code: str) -> str:
    return sha256(f"ronghe-concern:{code.strip().lower()}".encode()).hexdigest()


def person_of(by: Any) -> Person:
    if standing_of(by).person_id is None:
        raise Refused(_("这个账号没有对应的人员,不能办理。"))
    person: Person = by.person
    return person


def find_answerer(area_id: int, kinds: tuple[str, ...], *, but: set[int]) -> Person | None:
    """Return the holder of the first of these posts who may answer."""
    for kind in kinds:
        found = list_holders(kind, area_id=area_id, day=today()).exclude(pk__in=but).filter(user__is_active=True).first()
        if found is not None:
            return found
    return None


@action
def raise_concern(
    area: Unit, *, topic: str, text: str, code: str, by: Any, way: str = "self", named: bool = False, consent: bool = True,
    to: Person | None = None,
) -> Concern:  # fmt: skip
    """Raise a condition. Unnamed, nothing here leads back to the raiser but the code, which only the raiser has; the same code again
    gives back the same concern. What a delegate or a visiting leader heard needs the consent of the one concerned, whose name is not asked."""
    require(may_raise, by, area)
    raiser = person_of(by)
    if len(code.strip()) < CODE_LENGTH:
        raise ValidationError(_("这份表单没有回执码,请重新打开页面。"))
    known = Concern.objects.filter(code=digest_code(code)).first()
    if known is not None:
        return known
    if not text.strip():
        raise ValidationError({"text": _("请写明是什么情况。")})
    if topic not in ANSWERERS:
        raise ValidationError({"topic": _("请选择关于什么。")})
    if way != Concern.Way.SELF and not consent:
        raise ValidationError({"consent": _("替别人反映,须先征得本人同意。")})
    named = named or way != Concern.Way.SELF  # who speaks for another answers for it
    if to is not None and (to.pk == raiser.pk or not list_holders(LEADERS, area_id=area.pk, day=today()).filter(pk=to.pk).exists()):
        raise ValidationError({"to": _("请选一位现任的班子成员,不能是自己。")})
    holder = to or find_answerer(area.pk, ANSWERERS[topic], but={raiser.pk}) or find_answerer(area.pk, LEADERS, but={raiser.pk})
    if holder is None:
        raise Refused(_("本管理区现在没有可以答复的领导,请先任命。"))
    due = add_working_days(today(), find_norm(area.pk).answer_days)
    concern = Concern.objects.create(
        area=area, topic=topic, way=way, text=text.strip(), raised_by=raiser if named else None, code=digest_code(code), raised_on=today(),
        holder=holder, due=due, first_due=due,
    )  # fmt: skip
    record(by=by if named else None, verb="反映关切", obj=concern, name=NAME, area_id=area.pk)
    expect(concern)
    return concern


def expect(concern: Concern) -> None:
    """Ask the holder for an answer. The title says nothing of it: others see titles."""
    assert concern.holder is not None
    path = reverse("concerns:concern", args=[concern.pk])
    open_tasks(
        concern, kind=TASK, owners=[concern.holder], title=_("一件关切请您答复"), path=path, due=concern.due, area_id=concern.area_id
    )
    notify(
        [concern.holder], kind="关切", title=_("一件关切请您在 %(due)s 前答复") % {"due": concern.due}, path=path, area_id=concern.area_id
    )


@action
def open_concern(concern: Concern, *, by: Any) -> Reading:
    """Open it to read: noted each time, and shown to the raiser."""
    concern = lock_row(concern)
    require(may_open, by, concern)
    row = Reading.objects.create(concern=concern, reader=person_of(by), at=now())
    record(by=by, verb="查看关切", obj=concern, name=NAME, area_id=concern.area_id)
    return row


@action
def answer_concern(
    concern: Concern, *, answer: str, by: Any, promise: str = "", promise_due: date | None = None, version: int | None = None
) -> Concern:
    """Answer it, and perhaps promise something by a day."""
    concern = lock_row(concern, version=version)
    require(may_answer, by, concern)
    if concern.state != Concern.State.OPEN:
        raise Refused(_("这件关切已经答复。"))
    if not Reading.objects.filter(concern=concern, reader=person_of(by)).exists():
        raise Refused(_("请先打开看过再答复。"))
    if not answer.strip():
        raise ValidationError({"answer": _("请写明答复。")})
    if bool(promise.strip()) != bool(promise_due):
        raise ValidationError({"promise_due" if promise.strip() else "promise": _("承诺办什么和期限要写全。")})
    if promise_due and promise_due <= today():
        raise ValidationError({"promise_due": _("期限须晚于今天。")})
    concern.give_answer()
    concern.answer, concern.answered_by, concern.answered_on = answer.strip(), person_of(by), today()
    concern.save()
    record(by=by, verb="答复关切", obj=concern, name=NAME, area_id=concern.area_id)
    settle_tasks(concern, result="已答复")
    if promise_due:
        make_promise(concern.area_id, owner=person_of(by), text=promise, due=promise_due, concern=concern)
    if concern.raised_by is not None:
        tell_raiser(concern, _("您反映的关切有了答复"))
    return concern


def tell_raiser(concern: Concern, text: str) -> None:
    path = reverse("concerns:concern", args=[concern.pk])
    notify([concern.raised_by] if concern.raised_by else [], kind="关切", title=text, path=path, area_id=concern.area_id)


def make_promise(area_id: int, *, owner: Person, text: str, due: date, concern: Concern | None = None, talk: Talk | None = None) -> Promise:
    row = Promise.objects.create(area_id=area_id, owner=owner, text=text.strip(), due=due, concern=concern, talk=talk)
    path = reverse("concerns:promise", args=[row.pk])
    open_tasks(row, kind=PROMISE_TASK, owners=[owner], title=_("一项承诺请您兑现"), path=path, due=due, area_id=area_id)
    return row


def find_with_code(code: str) -> Concern | None:
    """Return the concern to which a code leads."""
    return Concern.objects.filter(code=digest_code(code)).first() if len(code.strip()) >= CODE_LENGTH else None


@action
def respond(concern: Concern, *, settled: bool, reply: str, by: Any, code: str = "", version: int | None = None) -> Concern:
    """The raiser, by name or by code, agrees to the answer, or says once why not: it goes a level up for another answer."""
    concern = lock_row(concern, version=version)
    by_code = bool(code) and digest_code(code) == concern.code
    if not by_code and (concern.raised_by_id is None or concern.raised_by_id != standing_of(by).person_id):
        raise PermissionDenied(_("只有反映人可以表态。"))
    if concern.state != Concern.State.ANSWERED:
        raise Refused(_("这件关切现在不等您表态。"))
    who = by if concern.raised_by_id is not None else None
    if settled:
        end(concern, settled=True)
        record(by=who, verb="认可答复", obj=concern, name=NAME, area_id=concern.area_id)
        return concern
    if concern.round > 1:
        raise Refused(_("已经答复过两次。仍不认可的,请走信访渠道;系统不再转办。"))
    if not reply.strip():
        raise ValidationError({"reply": _("请写明哪里没有解决。")})
    above = find_answerer(concern.area_id, ABOVE, but={concern.raised_by_id or 0, concern.answered_by_id or 0})
    if above is None:
        raise Refused(_("本管理区现在没有可以再答复的领导。"))
    concern.come_back()
    concern.round, concern.reply, concern.holder = 2, reply.strip(), above
    concern.due = add_working_days(today(), find_norm(concern.area_id).answer_days)
    concern.save()
    record(by=who, verb="不认可答复", obj=concern, name=NAME, area_id=concern.area_id)
    expect(concern)
    return concern


def end(concern: Concern, *, settled: bool | None) -> None:
    concern.close()
    concern.settled, concern.ended_on, concern.holder = settled, today(), None
    concern.save()


@action
def raise_late(concern: Concern, *, day: date) -> bool:
    """Take a concern that nobody answered in time a level up; who had it reads it no longer."""
    concern = lock_row(concern)
    if concern.state != Concern.State.OPEN or concern.due >= day:
        return False
    above = find_answerer(concern.area_id, ABOVE, but={concern.raised_by_id or 0, concern.holder_id or 0})
    if above is None:
        return False
    settle_tasks(concern, result="逾期未答复,已上报", dropped=True)
    concern.holder = above
    concern.due = add_working_days(day, find_norm(concern.area_id).answer_days)
    concern.save()
    record(by=None, verb="关切逾期上报", obj=concern, name=NAME, area_id=concern.area_id)
    expect(concern)
    return True


@action
def empty(concern: Concern, *, day: date) -> bool:
    """Drop what was said, by whom, and who read it; topic, days and outcome stay. Backups drop it when they themselves expire."""
    concern = lock_row(concern)
    if concern.emptied_on is not None or not is_gone(concern.ended_on, find_norm(concern.area_id).keep_days, day):
        return False
    if Promise.objects.filter(concern=concern, done_on=None).exists():
        return False
    concern.text = concern.answer = concern.reply = ""
    concern.raised_by = concern.answered_by = concern.holder = None
    concern.emptied_on = day
    concern.save()
    Reading.objects.filter(concern=concern).delete()
    Promise.objects.filter(concern=concern).update(text="", result="")
    record(by=None, verb="清除关切内容", obj=concern, name=NAME, area_id=concern.area_id)
    return True


def tend_concerns(day: date) -> str:
    """The day's tick: late ones go up, silent ones end. Ended ones are emptied by 保存期限 (`retained.py`). Idempotent."""
    late = sum(raise_late(row, day=day) for row in Concern.objects.filter(state=Concern.State.OPEN, due__lt=day).order_by("pk"))
    ended = 0
    for row in Concern.objects.filter(state=Concern.State.ANSWERED).order_by("pk"):
        ended += end_silent(row, day=day)
    return _("关切:逾期上报 %(late)d 件,了结 %(ended)d 件") % {"late": late, "ended": ended}


@action
def end_silent(concern: Concern, *, day: date) -> bool:
    """End an answered concern about which its raiser has said nothing more."""
    concern = lock_row(concern)
    if concern.state != Concern.State.ANSWERED or concern.answered_on is None:
        return False
    if add_working_days(concern.answered_on, SILENT_DAYS) >= day:
        return False
    end(concern, settled=None)
    record(by=None, verb="关切了结", obj=concern, name=NAME, area_id=concern.area_id)
    return True


@action
def keep_promise(promise: Promise, *, result: str, by: Any, version: int | None = None) -> Promise:
    """Say how it was kept."""
    promise = lock_row(promise, version=version)
    require(may_keep, by, promise)
    if promise.done_on is not None:
        raise Refused(_("这项承诺已经登记兑现。"))
    if not result.strip():
        raise ValidationError({"result": _("请写明怎样兑现的,对方会看到。")})
    promise.result, promise.done_on = result.strip(), today()
    promise.save()
    record(by=by, verb="兑现承诺", obj=promise, name="一项承诺", area_id=promise.area_id)
    settle_tasks(promise, result="已兑现")
    if promise.concern is not None and promise.concern.raised_by is not None:
        tell_raiser(promise.concern, _("对您的承诺已兑现"))
    if promise.talk is not None:
        path = reverse("concerns:talks")
        notify([promise.talk.other], kind="谈心谈话", title=_("谈话时的承诺已兑现"), path=path, area_id=promise.area_id)
    return promise


@action
def note_talk(other: Person, *, day: date, by: Any, promise: str = "", promise_due: date | None = None) -> Talk:
    """Note that a talk took place; what was said has no field. The other confirms it."""
    require(may_talk, by, other)
    host = person_of(by)
    if other.pk == host.pk:
        raise ValidationError({"other": _("请选择对方。")})
    if day > today() or day.year < today().year - 1:
        raise ValidationError({"day": _("请选今天或以前的日期。")})
    if Talk.objects.filter(host=host, other=other, day=day).exists():
        raise ValidationError({"day": _("这一天已经登记过。")})
    if bool(promise.strip()) != bool(promise_due):
        raise ValidationError({"promise_due" if promise.strip() else "promise": _("承诺办什么和期限要写全。")})
    talk = Talk.objects.create(area_id=other.area_id or 0, host=host, other=other, day=day)
    record(by=by, verb="登记谈心谈话", obj=talk, area_id=talk.area_id)
    if promise_due:
        make_promise(talk.area_id, owner=host, text=promise, due=promise_due, talk=talk)
    if other.user_id is not None:
        open_tasks(
            talk, kind=TALK_TASK, owners=[other], title=_("确认 %(day)s 的谈心谈话") % {"day": day}, path=reverse("concerns:talks"),
            due=add_working_days(today(), 5), area_id=talk.area_id,
        )  # fmt: skip
    return talk


@action
def confirm_talk(talk: Talk, *, confirmed: bool, by: Any) -> Talk:
    """The other says whether there was one."""
    talk = lock_row(talk)
    require(may_confirm_talk, by, talk)
    if talk.state != Talk.State.NOTED:
        raise Refused(_("已经确认过。"))
    if confirmed:
        talk.confirm()
    else:
        talk.deny()
    talk.save()
    record(by=by, verb="确认谈心谈话" if confirmed else "否认谈心谈话", obj=talk, area_id=talk.area_id)
    settle_tasks(talk, result=talk.get_state_display())
    return talk


@action
def set_norm(area: Unit, values: dict[str, Any], *, by: Any, version: int | None = None) -> Norm:
    """Set the terms."""
    require(may_set_norm, by, area)
    row = Norm.objects.filter(area=area).first()
    row = lock_row(row, version=version) if row is not None else Norm(area=area)
    changes = {name: [getattr(row, name), value] for name, value in values.items() if getattr(row, name) != value}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(by=by, verb="设定关切期限", obj=row, name="关切期限", area_id=area.pk, changes=changes)
    return row
