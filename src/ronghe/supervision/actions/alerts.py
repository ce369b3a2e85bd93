"""预警: rules kept as data, evaluated once a day, and the end of each alert: a task, 整改, 督办, or a dismissal with its reason."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.common.registry import GaugeReading, gauges
from ronghe.org.models import Person, Unit
from ronghe.rectification.actions import open_item
from ronghe.rectification.rules import guess_subject
from ronghe.supervision.actions.boards import open_board_item
from ronghe.supervision.actions.people import Seats
from ronghe.supervision.actions.steps import check_takers, expect, person_of, require_text, settle, tell
from ronghe.supervision.gauges import list_found
from ronghe.supervision.models.alerts import Alert, AlertRule
from ronghe.supervision.packs import read_pack
from ronghe.supervision.permissions import may_finish_task, may_handle, may_keep_rules
from ronghe.supervision.rules.alerts import Episode, count_led, crosses, find_episodes, is_quiet, list_month_ends

TASK, DONE_TASK = "预警处置", "预警任务"
FIELDS = ("name", "gauge", "subject", "direction", "limit", "window", "owner_kind", "days", "quiet_days", "basis")
MONTHS_BACK = 12


@action
def adopt_rules(area: Unit, *, by: Any) -> int:
    """Take over the rules of the pack that the area does not have, switched off; returns how many."""
    require(may_keep_rules, by, area)
    known = set(AlertRule.objects.filter(area=area).values_list("code", flat=True))
    rows = [
        AlertRule(area=area, code=row["code"], order=order, version=1, **{name: row[name] for name in FIELDS if name in row})
        for order, row in enumerate(read_pack("alert"))
        if row["code"] not in known
    ]
    AlertRule.objects.bulk_create(rows)
    record(by=by, verb="采用预警规则", obj=area, name=_("预警规则"), area_id=area.pk, note=_("%(n)d 条") % {"n": len(rows)})
    return len(rows)


@action
def save_rule(area: Unit, values: dict[str, Any], *, by: Any, rule: AlertRule | None = None, version: int | None = None) -> AlertRule:
    """Add a rule, or change one; alerts that are open keep the words under which they fired."""
    require(may_keep_rules, by, rule or area)
    require_text(name=values["name"], basis=values["basis"])
    if gauges.get(values["gauge"]) is None:
        raise ValidationError({"gauge": _("没有这个数。")})
    if rule is None:
        count = AlertRule.objects.filter(area=area).count()
        rule = AlertRule.objects.create(area=area, code=f"own-{count + 1}", order=count, **values)
        record(by=by, verb="增加预警规则", obj=rule, area_id=area.pk, note=rule.basis)
        return rule
    rule = lock_row(rule, version=version)
    changes = diff(rule, values)
    for name, value in values.items():
        setattr(rule, name, value)
    rule.save()
    record(by=by, verb="修改预警规则", obj=rule, area_id=rule.area_id, note=rule.basis, changes=changes)
    return rule


@action
def switch_rule(rule: AlertRule, *, active: bool, by: Any) -> AlertRule:
    """Let a rule fire, or not."""
    rule = lock_row(rule)
    require(may_keep_rules, by, rule)
    rule.active = active
    rule.save()
    record(by=by, verb="启用预警规则" if active else "停用预警规则", obj=rule, area_id=rule.area_id)
    return rule


def read_fired(rule: AlertRule, days: list[date]) -> list[GaugeReading]:
    """Return the readings of a rule that cross its limit on these days."""
    gauge = gauges.get(rule.gauge)
    if gauge is None:
        return []
    readings = gauge.read(rule.area_id, days, rule.subject, rule.window)
    return [one for one in readings if crosses(one.value, rule.limit, rule.direction)]


@dataclass(frozen=True)
class Preview:
    """What a rule would have done: episodes, and how many of them a problem opened as 整改 followed."""

    episodes: list[tuple[Episode, str]]
    led: int
    days: list[date]


def preview_rule(rule: AlertRule, day: date) -> Preview:
    """Return what a rule, saved or not, would have said at the ends of the last months, computed from what was so then. A few queries."""
    days = list_month_ends(day, MONTHS_BACK)
    fired = read_fired(rule, days)
    episodes = find_episodes([(one.key, one.unit_id, one.day) for one in fired], days)
    texts = {(one.key, one.day): one.text for one in fired}
    found = list_found(rule.area_id, days[0]) if episodes else []
    return Preview([(one, texts[one.key, one.first]) for one in episodes], count_led(episodes, found), days)


def evaluate_all(day: date) -> str:
    """The daily tick."""
    areas = Unit.objects.filter(kind=Unit.Kind.AREA, closed_on=None).order_by("pk")
    return f"预警 {sum(evaluate_area(area, day) for area in areas)} 条"


@action
def evaluate_area(area: Unit, day: date) -> int:
    """Raise what the area's rules say on a day; returns how many are new. Run again it changes nothing.

    What is open is not raised twice; what has ended is raised again after the rule's quiet days only.
    """
    rules = list(AlertRule.objects.filter(area=area, active=True).select_for_update())
    if not rules:
        return 0
    standing = {(one.rule_id, one.key): one for one in Alert.objects.filter(rule__in=rules, state=Alert.State.OPEN)}
    ended = (
        Alert.objects.filter(rule__in=rules).exclude(state=Alert.State.OPEN).values_list("rule_id", "key").annotate(last=Max("ended_on"))
    )
    last = {(rule_id, key): on for rule_id, key, on in ended}
    people: dict[int, Person] = {}
    seats, new, seen = Seats(area.pk, day), 0, []
    for rule in rules:
        for reading in read_fired(rule, [day]):
            place = rule.pk, reading.key
            if place in standing:
                seen.append(standing[place].pk)
                continue
            if is_quiet(last.get(place), day, rule.quiet_days):
                continue
            owner_id = find_owner(rule, seats)
            if owner_id is None:
                continue
            owner = people.setdefault(owner_id, Person.objects.get(pk=owner_id))
            raise_alert(rule, reading, owner, day)
            new += 1
    Alert.objects.filter(pk__in=seen, last_on__lt=day).update(last_on=day)
    return new


def find_owner(rule: AlertRule, seats: Seats) -> int | None:
    """Return who handles what a rule raises: a holder of its post, else the secretary or another leader."""
    return next(iter([*seats.list_kind(rule.owner_kind), *seats.list_others()]), None)


def raise_alert(rule: AlertRule, reading: GaugeReading, owner: Person, day: date) -> Alert:
    alert = Alert.objects.create(
        area_id=rule.area_id, rule=rule, unit_id=reading.unit_id, key=reading.key[:120], title=reading.title[:120], text=reading.text[:300],
        value=reading.value, limit=rule.limit, url=reading.url, fired_on=day, last_on=day, due=add_working_days(day, rule.days), owner=owner,
    )  # fmt: skip
    record(by=None, verb="预警", obj=alert, area_id=alert.area_id, note=f"{rule.name}:{alert.text}")
    expect(alert, TASK, [owner], f"处置预警:{alert.title}", due=alert.due, unit_id=alert.unit_id)
    tell([owner], alert, _("预警:%(text)s") % {"text": alert.text}, by=None)
    return alert


def lock_open(alert: Alert, by: Any, version: int | None) -> Alert:
    alert = lock_row(alert, version=version)
    require(may_handle, by, alert)
    if alert.state != Alert.State.OPEN:
        raise Refused(_("这条预警已经处置。"))
    return alert


def end(alert: Alert, verb: str, note: str, *, by: Any, outcome: Any = None) -> Alert:
    alert.ended_on, alert.ended_by, alert.note = today(), person_of(by), note.strip()[:300]
    if outcome is not None:
        alert.outcome_type, alert.outcome_id = ContentType.objects.get_for_model(outcome), outcome.pk
    alert.save()
    record(by=by, verb=verb, obj=alert, area_id=alert.area_id, note=alert.note)
    settle(alert, TASK, alert.get_state_display())
    return alert


@action
def dismiss_alert(alert: Alert, *, reason: str, by: Any, version: int | None = None) -> Alert:
    """Let nothing follow, with the reason."""
    alert = lock_open(alert, by, version)
    require_text(reason=reason)
    alert.dismiss()
    return end(alert, "预警不处置", reason, by=by)


@action
def task_alert(alert: Alert, *, assignee: Person, due: date, note: str, by: Any, version: int | None = None) -> Alert:
    """Give somebody a task that follows from it."""
    alert = lock_open(alert, by, version)
    require_text(note=note)
    if due < today():
        raise ValidationError({"due": _("期限不能早于今天。")})
    check_takers(alert.area_id, assignee=assignee)
    alert.task()
    alert.assignee, alert.task_due = assignee, due
    end(alert, "预警派任务", note, by=by)
    expect(alert, DONE_TASK, [assignee], f"预警任务:{alert.note}", due=due, unit_id=alert.unit_id)
    tell([assignee], alert, _("预警任务:%(note)s(%(due)s 前)") % {"note": alert.note, "due": due}, by=by)
    return alert


@action
def finish_task(alert: Alert, *, result: str, by: Any, version: int | None = None) -> Alert:
    """Say what was done about it: whoever got the task."""
    alert = lock_row(alert, version=version)
    require(may_finish_task, by, alert)
    if alert.state != Alert.State.TASKED or alert.task_result:
        raise Refused(_("没有等您办的任务。"))
    require_text(result=result)
    alert.task_result = result.strip()
    alert.save()
    record(by=by, verb="办结预警任务", obj=alert, area_id=alert.area_id, note=alert.task_result)
    settle(alert, DONE_TASK, "已办结")
    tell([alert.ended_by], alert, _("预警任务已办结:%(title)s") % {"title": alert.title}, by=by)
    return alert


@action
def cure_alert(alert: Alert, *, owner: Person, by: Any, due: date | None = None, note: str = "", version: int | None = None) -> Alert:
    """Make it an item of 整改."""
    alert = lock_open(alert, by, version)
    item = open_item(
        area=alert.area, unit=alert.unit, title=alert.title, problem=f"{alert.text}{note and '。' + note}", source="supervision", owner=owner,
        by=by, due=due, origin=alert, key=f"alert:{alert.rule.code}:{alert.key}"[:120],
        subject=guess_subject(f"{alert.title} {alert.text}"),
    )  # fmt: skip
    alert.cure()
    return end(alert, "预警转整改", str(item), by=by, outcome=item)


@action
def follow_alert(alert: Alert, *, owner: Person, due: date, demand: str, by: Any, version: int | None = None) -> Alert:
    """Put it on the board."""
    alert = lock_open(alert, by, version)
    item = open_board_item(unit=alert.unit, title=alert.title, demand=demand, source="alert", owner=owner, due=due, by=by, origin=alert)
    alert.follow()
    return end(alert, "预警转督办", str(item), by=by, outcome=item)


def pass_alert(alert: Alert, to: Person) -> None:
    """Give an open alert, or its task, to somebody else. Part of the caller's action."""
    if alert.state == Alert.State.OPEN:
        settle(alert, TASK, "已移交", dropped=True)
        alert.owner = to
        alert.save()
        expect(alert, TASK, [to], f"处置预警:{alert.title}", due=alert.due, unit_id=alert.unit_id)
        return
    settle(alert, DONE_TASK, "已移交", dropped=True)
    alert.assignee = to
    alert.save()
    expect(alert, DONE_TASK, [to], f"预警任务:{alert.note}", due=alert.task_due, unit_id=alert.unit_id)
