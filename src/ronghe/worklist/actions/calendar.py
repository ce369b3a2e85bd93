"""Calendar subscriptions: made and revoked by their owner; the token is told once and kept only as its digest."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.operations.tokens import digest_token
from ronghe.org.models import Person
from ronghe.org.permissions import is_in_area
from ronghe.org.standing import standing_of
from ronghe.worklist.models import CalendarKey

MOST_KEYS = 5


@action
def make_calendar_key(*, name: str, by: Any) -> tuple[CalendarKey, str]:
    """Make a subscription; returns it with its token, which nobody can read again."""
    require(is_in_area, by)
    person = Person.objects.get(pk=standing_of(by).person_id or 0)
    if not name.strip():
        raise ValidationError({"name": _("请写明用在哪里,以后凭它停用。")})
    if CalendarKey.objects.filter(person=person, revoked_on=None).count() >= MOST_KEYS:
        raise Refused(_("最多 %(n)d 个订阅,请先停用不用的。") % {"n": MOST_KEYS})
    token = secrets.token_urlsafe(32)
    key = CalendarKey.objects.create(person=person, name=name.strip()[:40], digest=digest_token(token), made_on=today())
    record(by=by, verb="建立日历订阅", obj=key, area_id=person.area_id)
    return key, token


@action
def revoke_calendar_key(key: CalendarKey, *, by: Any) -> CalendarKey:
    """The address answers nothing from now on."""
    key = lock_row(key)
    if key.person_id != standing_of(by).person_id:
        raise Refused(_("只能停用自己的订阅。"))
    if key.revoked_on is not None:
        raise Refused(_("这个订阅已经停用。"))
    key.revoked_on = today()
    key.save()
    record(by=by, verb="停用日历订阅", obj=key, area_id=key.person.area_id)
    return key
