"""接口令牌: made by their owner, told once, ended by the owner or the 安全管理员."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from ronghe.accounts.models import User
from ronghe.audit.actions import record
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.api import SCOPES
from ronghe.common.calendar import now, today
from ronghe.operations.models import ApiToken
from ronghe.org.permissions import is_security_admin
from ronghe.org.standing import standing_of

MOST_TOKENS = 10
LONGEST = timedelta(days=366)
NOTED_EVERY = timedelta(minutes=5)


def digest_token(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@action
def make_token(*, name: str, scopes: Iterable[str], ends_on: date, by: Any) -> tuple[ApiToken, str]:
    """Make a token for one's own account; returns it with its text, which nobody can read again."""
    standing = standing_of(by)
    if standing.person_id is None:
        raise PermissionDenied
    wanted = [scope for scope in SCOPES if scope in set(scopes)]
    problems = {}
    if not name.strip():
        problems["name"] = _("请写明给哪个系统用,以后凭它停用。")
    if not wanted:
        problems["scopes"] = _("至少选一个范围。")
    if not today() <= ends_on <= today() + LONGEST:
        problems["ends_on"] = _("有效期从今天起,最长一年。")
    if problems:
        raise ValidationError(problems)
    if ApiToken.objects.filter(user=by, revoked_on=None, ends_on__gte=today()).count() >= MOST_TOKENS:
        raise Refused(_("最多 %(n)d 个有效令牌,请先停用不用的。") % {"n": MOST_TOKENS})
    text = f"rh_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=by, name=name.strip()[:60], digest=digest_token(text), scopes=wanted, made_on=today(), ends_on=ends_on
    )
    note = f"{'、'.join(str(SCOPES[scope]) for scope in wanted)};有效至 {ends_on}"
    record(by=by, verb="建立接口令牌", obj=token, area_id=standing.area_id, note=note)
    return token, text


@action
def revoke_token(token: ApiToken, *, by: Any) -> ApiToken:
    """It opens nothing from now on."""
    token = lock_row(token)
    person = getattr(token.user, "person", None)
    if token.user_id != by.pk and not is_security_admin(by, person):
        raise PermissionDenied
    if token.revoked_on is not None:
        raise Refused(_("这个令牌已经停用。"))
    token.revoked_on = today()
    token.save()
    record(by=by, verb="停用接口令牌", obj=token, area_id=person.area_id if person else None)
    return token


def find_token(text: str) -> ApiToken | None:
    """Return the token that opens the door now, with its owner, or None. Notes its use every five minutes."""
    token = ApiToken.objects.filter(digest=digest_token(text), revoked_on=None, ends_on__gte=today()).select_related("user").first()
    if token is None:
        return None
    owner: User = token.user
    if not owner.is_active or owner.must_change_password or standing_of(owner).person_id is None:
        return None
    if token.seen_at is None or now() - token.seen_at > NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(seen_at=now())
    return token
