"""Alerts for lists, search; what became of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from ronghe.common.lights import light_for
from ronghe.common.links import link_to
from ronghe.common.registry import Hit, find_link, gauges
from ronghe.org.standing import standing_of
from ronghe.supervision.models.alerts import Alert, AlertQuerySet, AlertRule

TONES = {"open": "red", "tasked": "blue", "cured": "yellow", "followed": "yellow", "dismissed": ""}
RELATED = ("rule", "unit", "owner", "assignee")


@dataclass(frozen=True)
class AlertLine:
    pk: int
    title: str
    text: str
    rule: str
    unit: str
    owner: str
    state: str
    tone: str
    light: str
    word: str
    note: str
    fired: str
    said: str
    url: str


def describe_alert(row: Alert, day: date) -> AlertLine:
    """Return an alert ready to print; wants select_related(rule, unit, owner, assignee)."""
    waiting = row.state == Alert.State.TASKED and not row.task_result
    due = row.due if row.state == Alert.State.OPEN else row.task_due
    light = light_for(due, day, done=row.state != Alert.State.OPEN and not waiting)
    owner = row.assignee.name if waiting and row.assignee else row.owner.name
    return AlertLine(
        row.pk, row.title, row.text, row.rule.name, row.unit.name, owner, row.get_state_display(), TONES[row.state], light.state, light.word,
        light.note or str(row.ended_on or ""), str(row.fired_on), row.note, link_to("supervision:alert", row.pk),
    )  # fmt: skip


def filter_alerts(rows: AlertQuerySet, chosen: dict[str, Any], user: Any) -> AlertQuerySet:
    """Keep what the filters ask for; without a state: what waits for somebody."""
    rows = rows.select_related(*RELATED)
    waits = Q(state="open") | Q(state="tasked", task_result="")
    state = chosen.get("state") or "live"
    if state == "live":
        rows = rows.filter(waits)
    elif state == "mine":
        me = standing_of(user).person_id or 0
        rows = rows.filter(Q(state="open", owner_id=me) | Q(state="tasked", task_result="", assignee_id=me))
    elif state != "all":
        rows = rows.filter(state=state)
    if chosen.get("unit"):
        rows = rows.filter(unit_id=chosen["unit"])
    return rows.order_by("due", "-id") if state in ("live", "mine", "open") else rows.order_by("-fired_on", "-id")


def outcome_url(row: Alert) -> str:
    """Return the page of what became of an alert."""
    if row.outcome_type is None:
        return ""
    return find_link(f"{row.outcome_type.app_label}.{row.outcome_type.model}", row.outcome_id)


@dataclass(frozen=True)
class RuleLine:
    """A rule with how often it has fired and how it ended."""

    pk: int
    name: str
    gauge: str
    condition: str
    owner: str
    basis: str
    active: bool
    fired: int
    acted: int
    dismissed: int
    url: str


def list_rules(area_id: int) -> list[RuleLine]:
    """Return the rules of an area. One query."""
    rows = AlertRule.objects.filter(area_id=area_id).annotate(
        fired=Count("alerts"),
        acted=Count("alerts", filter=Q(alerts__state__in=("tasked", "cured", "followed"))),
        dismissed=Count("alerts", filter=Q(alerts__state="dismissed")),
    )
    return [describe_rule(row) for row in rows]


def describe_rule(row: Any) -> RuleLine:
    gauge = gauges.get(row.gauge)
    name, measure = (gauge.name, gauge.measure) if gauge else (row.gauge, "")
    condition = f"{row.get_direction_display()} {row.limit.normalize():f} {measure}"
    return RuleLine(
        row.pk, row.name, f"{name}{'(' + row.subject + ')' if row.subject else ''}", condition, row.get_owner_kind_display(), row.basis,
        row.active, getattr(row, "fired", 0), getattr(row, "acted", 0), getattr(row, "dismissed", 0), link_to("supervision:rule", row.pk),
    )  # fmt: skip


def search_alerts(user: Any, query: str, limit: int) -> list[Hit]:
    text = query.strip()
    rows = Alert.objects.visible_to(user).filter(Q(title__icontains=text) | Q(text__icontains=text)).select_related("unit").order_by("-id")
    return [
        Hit("预警", row.title, f"{row.unit.name} · {row.get_state_display()}", link_to("supervision:alert", row.pk)) for row in rows[:limit]
    ]
