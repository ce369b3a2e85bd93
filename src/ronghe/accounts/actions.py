"""Writes about logging in: what is audited, what waits, whose sessions end."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac

from ronghe.accounts.models import Backoff, Session, User
from ronghe.accounts.rules import wait_after
from ronghe.audit.actions import record
from ronghe.common.actions import action
from ronghe.common.calendar import now

FORGOTTEN_AFTER = timedelta(days=1)


def find_user(name: str) -> User | None:
    return User.objects.filter(username__iexact=name).first() if name else None


def hide_name(name: str) -> str:
    """Return what a login name is remembered by: people type passwords into the wrong field, so the name itself is not kept."""
    return salted_hmac("ronghe.accounts.backoff", name).hexdigest()


@action
def record_login(user: User, *, address: str, way: str = "") -> None:
    """Note a login, and by which way it came where that is not our own password: the waiting is over."""
    Backoff.objects.filter(name=hide_name(user.username.lower())).delete()
    record(by=user, verb="登录", obj=user, note=f"{address} {way}".strip())


@action
def record_refusal(note: str, *, address: str) -> None:
    """Note that somebody whom the company's provider sent was not let in; who it said that was is not written down."""
    record(by=None, verb="统一认证登录失败", name="(统一认证)", note=f"{note} {address}")


@action
def record_logout(user: User, *, address: str) -> None:
    record(by=user, verb="退出登录", obj=user, note=address)


@action
def record_failure(name: str, *, address: str, locked: bool) -> None:
    """Note a failed login, and make the name wait after several. An unknown name is not written down."""
    row, _made = Backoff.objects.select_for_update().get_or_create(name=hide_name(name), defaults={"until": now()})
    failures = row.failures + 1 if now() - row.at < FORGOTTEN_AFTER else 1
    Backoff.objects.filter(pk=row.pk).update(failures=failures, until=now() + wait_after(failures), at=now())
    user = find_user(name)
    record(by=None, verb="登录锁定" if locked else "登录失败", obj=user, name=user.username if user else "(没有这个账号)", note=address)


def seconds_to_wait(name: str) -> int:
    """Return how many seconds this login name still waits, 0 for none."""
    until = Backoff.objects.filter(name=hide_name(name)).values_list("until", flat=True).first()
    left = (until - now()).total_seconds() if until else 0
    return max(0, int(left) + 1) if left > 0 else 0


@action
def clear_backoff(name: str) -> None:
    """End the wait of a login name."""
    Backoff.objects.filter(name=hide_name(name)).delete()


@action
def end_sessions(user: User, *, keep: str | None = None) -> int:
    """End the sessions of an account, all or all but one. The caller's audit entry says why."""
    return Session.objects.filter(user=user).exclude(session_key=keep or "").delete()[0]


@action
def record_password_change(user: User, *, keep: str | None) -> None:
    """Note that the owner chose a new password; the other sessions end."""
    ended = end_sessions(user, keep=keep)
    record(by=user, verb="修改密码", obj=user, note=f"结束其他会话 {ended} 个" if ended else "")


@action
def record_second_factor(user: User, *, verb: str) -> None:
    """Note that the owner changed their second factor; never which code or key."""
    record(by=user, verb=verb, obj=user)


@action
def set_email(user: User, email: str, *, by: Any) -> bool:
    """Set one's own address for the mails of reminders, nobody else's; '' ends the mails. Tells whether it is another one."""
    if by.pk != user.pk:
        raise PermissionDenied
    current = User.objects.select_for_update().get(pk=user.pk)
    if current.email == email:
        return False
    record(by=by, verb="登记邮箱" if email else "取消邮箱", obj=current, changes={"email": [current.email, email]})
    User.objects.filter(pk=user.pk).update(email=email)
    return True


def forget_old_failures() -> int:
    """Delete what is no longer waited for. Called by the daily tick."""
    return Backoff.objects.filter(at__lt=now() - FORGOTTEN_AFTER).delete()[0]
