"""Saying that a step is not needed, with the reason, and taking it back."""

from typing import Any

from django.utils.translation import gettext as _

from ronghe.accounts.models import User
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.opening.models import Skip
from ronghe.opening.permissions import may_do_step
from ronghe.opening.rules import BY_CODE
from ronghe.opening.texts import TITLES
from ronghe.org.models import Unit


@action
def skip_step(area: Unit, step: str, *, reason: str, by: Any) -> Skip:
    """Leave a step out, with the reason that others read."""
    area = lock_row(area)
    if step not in BY_CODE:
        raise Refused(_("没有这一步。"))
    require(may_do_step, by, (area, step))
    if Skip.objects.filter(area=area, step=step).exists():
        raise Refused(_("这一步已经标为不需要。"))
    row = Skip.objects.create(area=area, step=step, reason=reason, by=by)
    record(by=by, verb="开张步骤不需要", obj=area, area_id=area.pk, note=f"{TITLES[step][0]}:{reason}")
    return row


@action
def resume_step(area: Unit, step: str, *, by: Any) -> None:
    """Take a step up again that was left out."""
    area = lock_row(area)
    if step not in BY_CODE:
        raise Refused(_("没有这一步。"))
    require(may_do_step, by, (area, step))
    gone, _rows = Skip.objects.filter(area=area, step=step).delete()
    if not gone:
        raise Refused(_("这一步没有标为不需要。"))
    record(by=by, verb="开张步骤重新要办", obj=area, area_id=area.pk, note=str(TITLES[step][0]))


@action
def note_tour(user: Any, role: str) -> None:
    """Note on one's own account that the tour of a role need not come again. A preference: nothing of it is audited or shown to others."""
    current = User.objects.select_for_update().get(pk=user.pk)
    if role and role not in current.tours:
        User.objects.filter(pk=user.pk).update(tours=[*current.tours, role])
