"""Reads of the security pages: locks, failures, sessions, second factors, exports. No business content."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from ronghe.accounts.models import Session
from ronghe.audit.models import Entry
from ronghe.common.calendar import now, today
from ronghe.common.models import Export
from ronghe.operations.models import ExportLimit
from ronghe.org.kinds import ADMINISTRATORS, LEADERS
from ronghe.org.models import Appointment, Person
from ronghe.org.queries import match_administered
from ronghe.org.standing import standing_of

FAILURE_DAYS = 14
FAILED, LOCKED = "登录失败", "登录锁定"


@dataclass(frozen=True)
class Lock:
    """A pair of account and address that is locked now."""

    username: str
    address: str
    failures: int
    until: datetime
    person: Person | None


def list_locks(user: Any) -> list[Lock]:
    """Return the locked pairs of people of the user's areas, and those of names that nobody has. Three queries."""
    since = now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(attempt_time__gte=since, username__isnull=False)
    pairs = (
        attempts.order_by()
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    )
    people = map_people([pair["username"] for pair in pairs])
    secured = set(list_secured(user).filter(pk__in=[person.pk for person in people.values()]).values_list("pk", flat=True))
    found = []
    for pair in pairs:
        person = people.get(pair["username"])
        if person is None or person.pk in secured:
            until = pair["last"] + settings.AXES_COOLOFF_TIME
            found.append(Lock(pair["username"], pair["ip_address"] or "", pair["failures"], until, person))
    return sorted(found, key=lambda lock: lock.until, reverse=True)


def map_people(names: list[str]) -> dict[str, Person]:
    """Return login name in small letters → person. One query."""
    wanted = Q(pk__in=[])
    for name in names:
        wanted |= Q(user__username__iexact=name)
    return {person.user.username.lower(): person for person in Person.objects.filter(wanted).select_related("user") if person.user}


def secured_areas(user: Any) -> frozenset[int]:
    """Return the areas whose security the user looks after."""
    return standing_of(user).areas_of("security_admin")


def list_secured(user: Any) -> QuerySet[Person]:
    """Return the people whose security the user looks after: of the areas, and above them for who is posted above."""
    return Person.objects.filter(match_administered(user, ("security_admin",)))


def count_failures(day: date) -> list[tuple[date, int, int]]:
    """Return (day, failed logins, locks) of the last two weeks, the newest first. One query."""
    rows = (
        Entry.objects.filter(verb__in=(FAILED, LOCKED), at__date__gt=day - timedelta(days=FAILURE_DAYS))
        .order_by()
        .annotate(on=TruncDate("at"))
        .values("on")
        .annotate(failed=Count("pk"), locked=Count("pk", filter=Q(verb=LOCKED)))
    )
    table = {row["on"]: (row["failed"], row["locked"]) for row in rows}
    return [(one, *table.get(one, (0, 0))) for one in (day - timedelta(days=n) for n in range(FAILURE_DAYS))]


def list_sessions(user: Any) -> QuerySet[Session]:
    """Return the sessions that are alive of people of the user's areas, the last used first."""
    rows = Session.objects.filter(expire_date__gt=now(), user__person__in=list_secured(user))
    return rows.select_related("user__person__unit").order_by("-seen_at", "session_key")


def list_without_factor(user: Any) -> list[tuple[Person, str]]:
    """Return who of the areas must have a second factor and has none, with the post that demands it. Two queries."""
    kinds = (*LEADERS, *ADMINISTRATORS, "upper_committee")
    held = Appointment.objects.on(today()).filter(post__kind__in=kinds, person__in=list_secured(user), person__user__is_active=True)
    rows = list(held.select_related("person__user", "person__unit", "post").order_by("person__sort_key", "post__order"))
    having = set(Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True))
    found: dict[int, tuple[Person, str]] = {}
    for row in rows:
        if row.person.user_id not in having:
            found.setdefault(row.person_id, (row.person, row.post.title))
    return list(found.values())


def list_exports(user: Any) -> QuerySet[Export]:
    """Return what people of the user's areas took out, the newest first."""
    return Export.objects.filter(user_id__in=list_secured(user).values("user_id"))


def load_limit(area_id: int | None) -> ExportLimit:
    """Return the area's limit, or the usual one (not saved)."""
    return ExportLimit.objects.filter(area_id=area_id).first() or ExportLimit(area_id=area_id)  # type: ignore[misc]


def sum_exports(user_id: int, day: date) -> tuple[int, int]:
    """Return (rows, copies) that a person took out on a day. One query."""
    rows = Export.objects.filter(user_id=user_id, at__date=day).aggregate(rows=Sum("rows"), copies=Count("pk"))
    return rows["rows"] or 0, rows["copies"]


def describe_password_policy() -> list[str]:
    """Return the rules for passwords as the settings have them, in words."""
    from django.contrib.auth.password_validation import get_default_password_validators  # noqa: PLC0415

    lines = [str(one.get_help_text()) for one in get_default_password_validators()]
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return [
        *lines,
        f"同一账号在同一地址连续失败 {settings.AXES_FAILURE_LIMIT} 次,锁定 {minutes} 分钟;其他地址和其他账号不受影响。",
        "同一账号在任何地址累计失败 5 次以后,每次须等待 2、4、8……最多 60 秒。",
        f"闲置 {settings.SESSION_COOKIE_AGE // 60} 分钟自动退出;修改或重置密码后,其他会话立即结束。",
        "班子成员、管理员和上级党委须开启两步验证。" if settings.RONGHE_REQUIRE_MFA else "本部署没有强制两步验证(演示)。",
    ]
