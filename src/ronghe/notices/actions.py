"""Saying something to people, in the product. (Mail and robots read the same rows.)"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import now
from ronghe.common.sealing import seal
from ronghe.notices.channels import ROBOTS, NotSent, is_robot_address, send
from ronghe.notices.models import Delivery, Digest, DigestPlan, Notice, ReminderRule, Robot
from ronghe.notices.rules import move_out_of_quiet, wait_before_retry
from ronghe.org.models import Person, Unit
from ronghe.org.permissions import is_system_admin

logger = logging.getLogger(__name__)

MOST_TRIES = 5
LEASE = timedelta(minutes=5)
BATCH = 200


@dataclass(frozen=True)
class DigestLine:
    """One thing in the message of the day; `path` opens it."""

    title: str
    path: str
    note: str = ""


@action
def notify(people: Iterable[Person], *, kind: str, title: str, path: str, area_id: int | None, by: Any = None) -> list[Notice]:
    """Leave one message with each person. `path` opens the thing that it speaks of. Part of the caller's transaction."""
    sender = getattr(getattr(by, "person", None), "name", "")
    rows = [Notice(person=person, kind=kind, title=title[:300], path=path, area_id=area_id, sender_name=sender) for person in people]
    return Notice.objects.bulk_create(rows)


@action
def mark_read(user: Any, *, pks: Iterable[int] | None = None) -> int:
    """Mark the user's unread messages as read: those named, or all."""
    rows = Notice.objects.visible_to(user).filter(read_at=None)
    if pks is not None:
        rows = rows.filter(pk__in=list(pks))
    return rows.update(read_at=now())


@action
def send_digest(person: Person, lines: Sequence[DigestLine], *, day: date, subject: str, path: str, plan: DigestPlan) -> bool:
    """Leave the one message of a person's day, and queue its mail. A second call for the same day changes nothing (False)."""
    _digest, made = Digest.objects.get_or_create(person=person, day=day, kind="tasks")
    if not made:
        return False
    where = lines[0].path if len(lines) == 1 else path
    notify([person], kind="提醒", title=subject, path=where, area_id=person.area_id)
    if plan.by_mail and person.user is not None and person.user.email:
        body = "\n".join(f"· {line.title}({line.note})\n  {settings.RONGHE_URL}{line.path}" for line in lines)
        queue(f"mail:{person.pk}:{day}", subject=subject, body=body, day=day, plan=plan, person=person)
    return True


@action
def queue_robots(*, area_id: int, day: date, subject: str, body: str, plan: DigestPlan) -> int:
    """Queue one message a robot of the area and day. A group's readers are not known: the text holds counts, no matters."""
    if not plan.by_robot:
        return 0
    robots = Robot.objects.filter(area_id=area_id, enabled=True)
    return sum(queue(f"robot:{robot.pk}:{day}", subject=subject, body=body, day=day, plan=plan, robot=robot) for robot in robots)


def queue(
    key: str, *, subject: str, body: str, day: date, plan: DigestPlan, person: Person | None = None, robot: Robot | None = None
) -> bool:
    """Queue one message for the day's hour, outside the quiet hours. The same key is queued once."""
    hour = timezone.make_aware(datetime.combine(day, plan.hour))
    at = move_out_of_quiet(timezone.localtime(max(hour, now())), plan.quiet_from, plan.quiet_to)
    values = {"area_id": plan.area_id, "person": person, "robot": robot, "subject": subject[:200], "body": body, "not_before": at}
    _delivery, made = Delivery.objects.get_or_create(key=key, defaults=values)
    return made


def deliver_due() -> int:
    """Send what is queued and due; returns how many left. Not one transaction: each message is claimed, sent and settled alone."""
    due = Delivery.objects.filter(state=Delivery.State.QUEUED, not_before__lte=now()).order_by("not_before")
    return sum(deliver(row) for row in due.select_related("person__user", "robot")[:BATCH])


def deliver(row: Delivery) -> bool:
    """Send one message. The claim moves its time on, so that of two workers one sends, and a worker's death delays but loses nothing."""
    same = Delivery.objects.filter(pk=row.pk, state=Delivery.State.QUEUED, tries=row.tries)
    if not same.update(tries=row.tries + 1, not_before=now() + LEASE):
        return False
    mine = Delivery.objects.filter(pk=row.pk)
    try:
        send(row)
    except NotSent as problem:
        tries = row.tries + 1
        state = Delivery.State.FAILED if tries >= MOST_TRIES else Delivery.State.QUEUED
        mine.update(state=state, problem=str(problem)[:300], not_before=now() + wait_before_retry(tries))
        logger.warning("外发消息 %s 第 %s 次没有发出:%s", row.key, tries, problem)
        return False
    mine.update(state=Delivery.State.SENT, sent_at=now(), problem="")
    return True


@action
def retry_delivery(row: Delivery, *, by: Any) -> None:
    """Queue a failed message again, with its tries counted anew."""
    require(is_system_admin, by, row)
    failed = Delivery.objects.filter(pk=row.pk, state=Delivery.State.FAILED)
    if not failed.update(state=Delivery.State.QUEUED, tries=0, not_before=now(), problem=""):
        raise Refused(_("这条消息不在失败状态,不用重发。"))
    record(by=by, verb="重发消息", obj=row, name=row.subject, area_id=row.area_id)


@action
def set_plan(area: Unit, values: dict[str, Any], *, by: Any) -> DigestPlan:
    """Set when the area's message of the day leaves, and by which ways."""
    require(is_system_admin, by, area)
    plan = DigestPlan.objects.select_for_update().filter(area=area).first() or DigestPlan(area=area)
    changes = diff(plan, values)
    for name, value in values.items():
        setattr(plan, name, value)
    plan.save()
    record(by=by, verb="设定提醒时间", obj=plan, area_id=area.pk, changes=changes)
    return plan


@action
def save_rule(area: Unit, kind: str, values: dict[str, Any], *, by: Any, version: int | None = None) -> ReminderRule:
    """Set the area's own rule for a kind of matter ('' for all). The general rules are the product's and stay."""
    require(is_system_admin, by, area)
    rule = ReminderRule.objects.filter(area=area, kind=kind).first()
    rule = lock_row(rule, version=version) if rule is not None else ReminderRule(area=area, kind=kind)
    changes = diff(rule, values)
    for name, value in values.items():
        setattr(rule, name, value)
    rule.save()
    record(by=by, verb="设定提醒规则", obj=rule, area_id=area.pk, changes=changes)
    return rule


@action
def add_robot(area: Unit, *, name: str, address: str, by: Any) -> Robot:
    """Add a group's robot. Its address is sealed at once and in no record. Raises ValidationError at the field that is wrong."""
    require(is_system_admin, by, area)
    if not is_robot_address(address):
        raise ValidationError({"address": _("地址不对。应如 wecombot://…、dingtalk://…、feishu://…。")})
    if Robot.objects.filter(area=area, name=name).exists():
        raise ValidationError({"name": _("已有同名的机器人。")})
    robot = Robot.objects.create(area=area, name=name, scheme=address.split("://", 1)[0].lower(), address=seal(address))
    record(by=by, verb="添加机器人", obj=robot, area_id=area.pk, note=ROBOTS[robot.scheme])
    return robot


@action
def switch_robot(robot: Robot, *, enabled: bool, by: Any) -> Robot:
    """Let a robot speak or be silent."""
    robot = lock_row(robot)
    require(is_system_admin, by, robot)
    robot.enabled = enabled
    robot.save()
    record(by=by, verb="启用机器人" if enabled else "停用机器人", obj=robot, area_id=robot.area_id)
    return robot


@action
def queue_test(robot: Robot, *, by: Any) -> Delivery:
    """Queue a trial message for a robot; `deliver()` sends it after the commit."""
    require(is_system_admin, by, robot)
    record(by=by, verb="测试机器人", obj=robot, area_id=robot.area_id)
    text = _("这是一条测试消息。收到即表示机器人已接通。")
    return Delivery.objects.create(
        key=f"test:{robot.pk}:{now().isoformat()}",
        area_id=robot.area_id,
        robot=robot,
        subject=_("融合测试消息"),
        body=text,
        not_before=now(),
    )
