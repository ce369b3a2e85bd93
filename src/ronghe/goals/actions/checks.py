"""目标清单按阶段检查 (M16): business and party work of a leader side by side, by one of the two who lead and never by oneself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import now, today
from ronghe.common.registry import find_link
from ronghe.goals.models import Check, GoalPlan
from ronghe.goals.permissions import may_check
from ronghe.goals.queries.owners import snapshot_goals
from ronghe.goals.rules.progress import list_phases
from ronghe.notices.actions import notify
from ronghe.org.models import Person


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
    path = find_link("goals.check", person.pk)
    notify(
        [person],
        kind="目标检查",
        title=_("%(phase)s目标清单检查:%(verdict)s") % {"phase": phase, "verdict": row.get_verdict_display()},
        path=path,
        area_id=plan.area_id,
        by=by,
    )
    return row
