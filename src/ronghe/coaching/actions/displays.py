"""晾晒: shown by somebody's decision to a declared circle, and taken back with a reason."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment.models import Run
from ronghe.assessment.rules import describe_month
from ronghe.audit.actions import record, write_checkpoint
from ronghe.coaching.actions.steps import person_of, require_text, tell
from ronghe.coaching.models import Display
from ronghe.coaching.models.displays import CHIEFS, SCOPES
from ronghe.coaching.permissions import may_display
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.org.kinds import LEADERS
from ronghe.org.queries import list_holders


@action
def show_month(run: Run, *, scope: str, names: bool, basis: str, by: Any) -> Display:
    """Show a published month to a circle. Individuals stand in it by name only where they are praised, and only where the basis lets them."""
    run = lock_row(run)
    require(may_display, by, run)
    if run.state not in Run.IN_FORCE:
        raise Refused(_("这个月的结果还没有公示,或已被更正后的结果取代。"))
    if scope not in SCOPES:
        raise ValidationError({"scope": _("请选择给谁看。")})
    require_text(basis=basis)
    if Display.objects.filter(run=run, state=Display.State.SHOWN).exists():
        raise Refused(_("这个月已经晾晒,要改范围先撤回。"))
    made = Display.objects.create(
        area_id=run.area_id, run=run, scope=scope, names=names, basis=basis.strip()[:300], shown_by=person_of(by), shown_on=today()
    )
    note = f"{SCOPES[scope]};{'写' if names else '不写'}受表扬的个人姓名"
    write_checkpoint(record(by=by, verb="晾晒", obj=made, area_id=made.area_id, note=note).chain)
    told = LEADERS if scope == "leaders" else (*LEADERS, *CHIEFS)
    text = _("%(month)s晾晒已公布") % {"month": describe_month(run.period)}
    tell(list_holders(told, area_id=made.area_id, day=today()), made, text, by=by, path=reverse("coaching:displays"))
    return made


@action
def withdraw_display(display: Display, *, reason: str, by: Any, version: int | None = None) -> Display:
    """Take a 晾晒 back; the reason stays beside it."""
    display = lock_row(display, version=version)
    require(may_display, by, display)
    require_text(reason=reason)
    display.withdraw()
    display.withdrawn_by, display.withdrawn_on, display.reason = person_of(by), today(), reason.strip()[:300]
    display.save()
    write_checkpoint(record(by=by, verb="撤回晾晒", obj=display, area_id=display.area_id, note=display.reason).chain)
    return display
