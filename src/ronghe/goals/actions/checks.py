"""目标清单按阶段检查 (M16): business and party work of a leader side by side, by one of the two who lead and never by oneself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.common.registry import find_link
from ronghe.goals.models import Check, GoalPlan
from ronghe.goals.permissions import may_check
from ronghe.goals.queries.monthly import check_key
from ronghe.goals.queries.owners import snapshot_goals
from ronghe.goals.rules.progress import list_phases
from ronghe.notices.actions import notify
from ronghe.org.models import Person
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import open_tasks, settle_tasks
from ronghe.worklist.actions.months import settle_listed

REMINDER = "目标检查提醒"
DAYS_TO_ANSWER = 5


@action
def check_leader(plan: GoalPlan, person: Person, *, phase: str, business: str, party: str, verdict: str, by: Any) -> Check:
    """Write what a leader's goals had come to in a phase, with a word on both sides; the progress of the moment is kept with it."""
    plan = lock_row(plan)
    require(may_check, by, plan)
    if plan.state != GoalPlan.State.ISSUED:
        raise Refused(_("只检查已下达的计划。"))
    if person.user_id == by.pk:
        raise Refused(_("自己的目标清单由另一位正职检查。"))
    found = {
        name: _("业务和党建两边都要写检查意见;没有目标的一边写明原因。")
        for name, text in (("business", business), ("party", party))
        if not text.strip()
    }
    if phase not in list_phases(plan.first_month, plan.last_month, today()):
        found["phase"] = _("请选择已经开始的阶段。")
    if verdict not in Check.Verdict.values:
        found["verdict"] = _("请选择结论。")
    if not found and Check.objects.filter(plan=plan, person=person, phase=phase).exists():
        found["phase"] = _("这个阶段已经检查过。")
    if found:
        raise ValidationError(found)
    lines = snapshot_goals(plan, person, by)
    if not lines:
        raise Refused(_("%(name)s在这个计划里没有负责的目标。") % {"name": person.name})
    row = Check(
        plan=plan, person=person, phase=phase, lines=lines, business=business.strip(), party=party.strip(), verdict=verdict, by=by, at=now()
    )
    row.save()
    record(by=by, verb="检查目标清单", obj=plan, area_id=plan.area_id, note=f"{person.name} {phase} {row.get_verdict_display()}")
    settle_listed([check_key(plan.pk, person.pk, phase)], result=_("已检查:%(verdict)s") % {"verdict": row.get_verdict_display()})
    path = find_link("goals.check", row.pk)
    notify(
        [person],
        kind="目标检查",
        title=_("%(phase)s目标清单检查:%(verdict)s") % {"phase": phase, "verdict": row.get_verdict_display()},
        path=path,
        area_id=plan.area_id,
        by=by,
    )
    return row


@action
def remind_leader(check: Check, *, by: Any) -> Check:
    """Ask a leader whose phase fell short to say what will be done about it. One tap, once; it stays due until it is answered."""
    check = lock_row(check)
    require(may_check, by, check.plan)
    if check.person.user_id == by.pk:
        raise Refused(_("自己的目标清单由另一位正职提醒。"))
    if check.verdict == Check.Verdict.MET:
        raise Refused(_("这个阶段已达到,不用提醒。"))
    if check.reminded_on is not None:
        raise Refused(_("已在 %(day)s 提醒过。") % {"day": check.reminded_on})
    check.reminded_on = today()
    check.save()
    record(by=by, verb="提醒目标进度", obj=check, area_id=check.plan.area_id, note=check.get_verdict_display())
    title = _("%(phase)s目标清单%(verdict)s,请回复怎样补上") % {"phase": check.phase, "verdict": check.get_verdict_display()}
    path = find_link("goals.check", check.pk)
    due = add_working_days(today(), DAYS_TO_ANSWER)
    open_tasks(check, kind=REMINDER, owners=[check.person], title=title, path=path, due=due, area_id=check.plan.area_id)
    notify([check.person], kind="目标检查", title=title, path=path, area_id=check.plan.area_id, by=by)
    return check


@action
def answer_check(check: Check, *, text: str, by: Any) -> Check:
    """Say what will be done about a phase that fell short: the leader alone, once; whoever checked is told."""
    check = lock_row(check)
    if standing_of(by).person_id != check.person_id:
        require(lambda _user, _obj: False, by, check)
    if check.reminded_on is None or check.answered_on is not None:
        raise Refused(_("这次检查没有在等您回复。"))
    if not text.strip():
        raise ValidationError({"text": _("请写明怎样补上、什么时候补上。")})
    check.answer, check.answered_on = text.strip(), today()
    check.save()
    settle_tasks(check, kind=REMINDER, result=check.answer)
    record(by=by, verb="回复目标检查", obj=check, area_id=check.plan.area_id, note=check.answer)
    title = _("%(name)s回复了%(phase)s目标清单检查") % {"name": check.person.name, "phase": check.phase}
    notify([check.by.person], kind="目标检查", title=title, path=find_link("goals.check", check.pk), area_id=check.plan.area_id, by=by)
    return check
