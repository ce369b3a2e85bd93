"""Subscriptions, what is told in the transaction of what happened, and what the worker sends after it."""

import json
import logging
import secrets
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.audit.actions import diff, record
from ronghe.common import registry
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import now, today
from ronghe.common.retention import Cut, kinds, rows_kind
from ronghe.common.sealing import CannotUnseal, seal, unseal
from ronghe.notices.actions import notify
from ronghe.org.models import Appointment, Person, Unit
from ronghe.webhooks.models import Delivery, Event, Subscription
from ronghe.webhooks.permissions import may_manage
from ronghe.webhooks.rules import MOST_TRIES, find_bar_to_url, sign, wait_after
from ronghe.webhooks.sending import NotTaken, post

logger = logging.getLogger(__name__)

PING = "ping"
LEASE = timedelta(minutes=2)
BATCH = 50
MOST = 20


def make_secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


def check_values(scope: Unit, *, name: str, url: str, events: Sequence[str], known: int = 0) -> list[str]:
    """Raise ValidationError at what is wrong; return the events in their order."""
    wanted = [code for code, _kind in registry.events.items() if code in set(events)]
    problems: dict[str, str] = {}
    if not name.strip():
        problems["name"] = _("请写明给哪个系统。")
    elif Subscription.objects.filter(scope=scope, name=name.strip()).exclude(state=Subscription.State.ENDED).exclude(pk=known).exists():
        problems["name"] = _("已有同名的订阅。")
    if bar := find_bar_to_url(url.strip(), settings.RONGHE_HOOK_HOSTS):
        problems["url"] = bar
    if not wanted:
        problems["events"] = _("至少选一种事件。")
    if problems:
        raise ValidationError(problems)
    return wanted


@action
def add_subscription(scope: Unit, *, name: str, url: str, events: Sequence[str], by: Any) -> tuple[Subscription, str]:
    """Let a system be told. Returns the subscription with its secret, which nobody can read again."""
    require(may_manage, by, scope)
    wanted = check_values(scope, name=name, url=url, events=events)
    if Subscription.objects.filter(scope=scope).exclude(state=Subscription.State.ENDED).count() >= MOST:
        raise Refused(_("最多 %(n)d 个订阅,请先停用不用的。") % {"n": MOST})
    text = make_secret()
    row = Subscription.objects.create(
        scope=scope, area=scope.area, name=name.strip()[:60], url=url.strip(), events=wanted, secret=seal(text)
    )
    record(by=by, verb="建立推送订阅", obj=row, area_id=row.area_id, note=f"{row.url};{'、'.join(wanted)}")
    return row, text


def lock_own(row: Subscription, *, by: Any, version: int | None = None) -> Subscription:
    row = lock_row(row, version=version)
    require(may_manage, by, row)
    if row.state == Subscription.State.ENDED:
        raise Refused(_("这个订阅已经停用。"))
    return row


@action
def change_subscription(
    row: Subscription, *, name: str, url: str, events: Sequence[str], by: Any, version: int | None = None
) -> Subscription:
    """Change what is told, or where."""
    row = lock_own(row, by=by, version=version)
    wanted = check_values(row.scope, name=name, url=url, events=events, known=row.pk)
    values = {"name": name.strip()[:60], "url": url.strip(), "events": wanted}
    changes = diff(row, values)
    for field, value in values.items():
        setattr(row, field, value)
    row.save()
    record(by=by, verb="修改推送订阅", obj=row, area_id=row.area_id, changes=changes)
    return row


@action
def renew_secret(row: Subscription, *, by: Any) -> str:
    """Another secret from now on, shown once; the old one signs nothing any more."""
    row = lock_own(row, by=by)
    text = make_secret()
    row.secret = seal(text)
    row.save()
    record(by=by, verb="更换推送密钥", obj=row, area_id=row.area_id)
    return text


@action
def pause(row: Subscription, *, by: Any) -> Subscription:
    """Tell nothing for now; what happens meanwhile waits."""
    row = lock_own(row, by=by)
    if row.state != Subscription.State.ACTIVE:
        raise Refused(_("已经暂停。"))
    row.state, row.problem = Subscription.State.PAUSED, ""
    row.save()
    record(by=by, verb="暂停推送", obj=row, area_id=row.area_id)
    return row


@action
def resume(row: Subscription, *, by: Any) -> Subscription:
    """Go on, with everything that has waited or was given up."""
    row = lock_own(row, by=by)
    if row.state == Subscription.State.ACTIVE:
        raise Refused(_("正在推送。"))
    row.state, row.problem = Subscription.State.ACTIVE, ""
    row.save()
    waiting = Delivery.objects.filter(subscription=row).exclude(state=Delivery.State.SENT)
    count = waiting.update(state=Delivery.State.QUEUED, tries=0, not_before=now())
    record(by=by, verb="恢复推送", obj=row, area_id=row.area_id, note=_("%(n)d 条待发") % {"n": count})
    return row


@action
def end_subscription(row: Subscription, *, by: Any) -> Subscription:
    """Nothing is told any more; the log stays."""
    row = lock_own(row, by=by)
    row.state, row.secret, row.problem = Subscription.State.ENDED, "", ""
    row.save()
    waiting = Delivery.objects.filter(subscription=row, state=Delivery.State.QUEUED)
    waiting.update(state=Delivery.State.FAILED, problem=_("订阅已停用"))
    record(by=by, verb="停用推送订阅", obj=row, area_id=row.area_id)
    return row


@action
def ping(row: Subscription, *, by: Any) -> Delivery:
    """Queue a trial message; `deliver` sends it after the commit. Also while it is paused: that is when one tries."""
    row = lock_own(row, by=by)
    event = make_event(PING, area=row.area, data={"subscription": row.name}, unit="", path="")
    record(by=by, verb="测试推送", obj=row, area_id=row.area_id)
    return Delivery.objects.create(subscription=row, event=event, not_before=now())


@action
def send_again(delivery: Delivery, *, by: Any) -> Delivery:
    """Queue one message again: the same event with the same number."""
    row = lock_own(delivery.subscription, by=by)
    if row.state == Subscription.State.FAILED:
        raise Refused(_("请先恢复推送。"))
    sent = Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.QUEUED, tries=0, not_before=now(), problem="")
    assert sent == 1
    record(by=by, verb="重发推送", obj=row, area_id=row.area_id, note=str(delivery.event))
    return Delivery.objects.select_related("subscription", "event").get(pk=delivery.pk)


def note_act(obj: Any, verb: str, area_id: int | None) -> None:
    """An act was recorded: whoever wants to be told of it is, once it is committed. Part of that act's transaction.

    Nothing is asked where the act is no event; one query where it is.
    """
    if obj is None or area_id is None:
        return
    label = obj._meta.label_lower
    for code, kind in registry.events.items():
        if kind.label == label and verb in kind.verbs:
            tell(code, kind, obj, area_id)


def tell(code: str, kind: registry.EventKind, obj: Any, area_id: int) -> None:
    live = Subscription.objects.exclude(state=Subscription.State.ENDED)
    above = Unit.objects.filter(pk=area_id).values("parent_id")
    rows = list(live.filter(Q(area_id=area_id) | Q(area=None, scope_id__in=above)))
    wanted = [row for row in rows if code in row.events]
    if not wanted:
        return
    unit = getattr(obj, "unit", None)
    wanted = [row for row in wanted if row.scope_id in (area_id, unit.pk if unit is not None else 0) or row.area_id is None]
    data = kind.write(obj) if wanted else None
    if data is None:
        return  # what only few may read is told to nobody
    area = Unit.objects.get(pk=area_id)
    event = make_event(code, area=area, data=data, unit=unit.code if unit is not None else "", path=registry.find_link(kind.label, obj.pk))
    Delivery.objects.bulk_create(Delivery(subscription=row, event=event, not_before=event.at) for row in wanted)


def make_event(code: str, *, area: Unit | None, data: dict[str, Any], unit: str, path: str) -> Event:
    at, number = now(), uuid.uuid4()
    body = {
        "id": str(number), "event": code, "at": at.isoformat(timespec="seconds"), "area": area.code if area is not None else "",
        "unit": unit, "url": f"{settings.RONGHE_URL}{path}" if path else "", "data": data,
    }  # fmt: skip
    return Event.objects.create(number=number, kind=code, area=area, body=body, at=at)


def deliver_due() -> int:
    """Send what is due; returns how many were taken. Not one transaction: each is claimed, sent and settled alone.

    A receiver that does not answer is asked once in a pass: the others do not wait for it.
    """
    due = Delivery.objects.filter(state=Delivery.State.QUEUED, not_before__lte=now()).filter(
        Q(subscription__state=Subscription.State.ACTIVE) | Q(event__kind=PING)
    )
    silent: set[int] = set()
    taken = 0
    for row in due.select_related("subscription", "event").order_by("not_before", "pk")[:BATCH]:
        if row.subscription_id in silent:
            continue
        if deliver(row):
            taken += 1
        else:
            silent.add(row.subscription_id)
    return taken


def deliver(row: Delivery) -> bool:
    """Send one message. The claim moves its time on: of two workers one sends, and a worker's death delays but loses nothing."""
    same = Delivery.objects.filter(pk=row.pk, state=Delivery.State.QUEUED, tries=row.tries)
    if not same.update(tries=row.tries + 1, not_before=now() + LEASE):
        return False
    mine, tries = Delivery.objects.filter(pk=row.pk), row.tries + 1
    body = json.dumps(row.event.body, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        headers = write_headers(unseal(row.subscription.secret), row.event, body)
        status = post(row.subscription.url, body, headers)
    except (NotTaken, CannotUnseal) as problem:
        answer = problem.status if isinstance(problem, NotTaken) else None
        over = tries >= MOST_TRIES or row.event.kind == PING
        state = Delivery.State.FAILED if over else Delivery.State.QUEUED
        mine.update(state=state, status=answer, problem=str(problem)[:300], not_before=now() + wait_after(tries))
        logger.warning("推送 %s 第 %s 次没有送达:%s", row.pk, tries, type(problem).__name__)
        if row.event.kind != PING and (over or answer == 410):
            give_up(row.subscription, str(problem))
        return False
    mine.update(state=Delivery.State.SENT, status=status, sent_at=now(), problem="")
    return True


def write_headers(secret: str, event: Event, body: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "ronghe-webhooks/1",
        "X-Ronghe-Event": event.kind,
        "X-Ronghe-Id": str(event.number),
        "X-Ronghe-Signature": sign(secret, int(now().timestamp()), body),
    }


@action
def give_up(row: Subscription, problem: str) -> None:
    """Tell a receiver nothing more that does not answer, until somebody says so; its administrators hear of it."""
    row = lock_row(row)
    if row.state != Subscription.State.ACTIVE:
        return
    row.state, row.problem = Subscription.State.FAILED, problem[:300]
    row.save()
    record(by=None, verb="推送多次失败", obj=row, area_id=row.area_id, note=row.problem)
    held = Appointment.objects.on(today()).filter(post__kind="system_admin")
    reach = Q(post__area=None) if row.area_id is None else Q(post__area_id=row.area_id) | Q(post__area=None)
    people = Person.objects.filter(pk__in=held.filter(reach).values("person_id"))
    path = reverse("webhooks:subscription", args=[row.pk])
    notify(people, kind="事件推送", title=_("推送到“%(name)s”多次失败,已暂停") % {"name": row.name}, path=path, area_id=row.area_id)


def list_over(cut: Cut) -> QuerySet[Event]:
    """Return what was told or given up before a cut."""
    return Event.objects.filter(at__lt=cut.before).exclude(deliveries__state=Delivery.State.QUEUED).exclude(area_id__in=cut.spared)


def register() -> None:
    """Tell 保存期限 of the events that were sent."""
    kinds.add("pushes", rows_kind(gettext_lazy("推送记录"), gettext_lazy("已送达或已放弃的事件推送"), list_over, "at", by_area=True))
