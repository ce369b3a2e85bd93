"""Reads of 溯源: what was changed since a finding, what a line comes from, the leading figures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from ronghe.common import registry
from ronghe.common.calendar import today
from ronghe.common.registry import Amended, Aspect, CureLine, GaugeReading, Prefill
from ronghe.duties.models import DutyItem, DutyVersion
from ronghe.org.models import Unit
from ronghe.rectification.models import Item
from ronghe.rectification.queries.items import describe_cure
from ronghe.tracing.models import Change, Tracing
from ronghe.tracing.permissions import may_trace
from ronghe.tracing.rules import find_bar
from ronghe.worklist.models import GuideItem
from ronghe.worklist.rules.recurrence import read_month

MOST = 200


def list_guide_changes(area_id: int, since: date) -> list[Amended]:
    """Return the items of guides whose wording is newer than a day. One query."""
    rows = GuideItem.objects.filter(guide__area_id=area_id, valid_to=None, created_at__date__gte=since).select_related("guide")
    return [
        Amended(
            "worklist.guideitem",
            f"{row.guide_id}:{row.code}",
            f"《{row.guide.title}》{row.name}",
            reverse("worklist:guide", args=[row.guide_id]),
        )
        for row in rows[:MOST]
    ]


def list_duty_changes(area_id: int, since: date) -> list[Amended]:
    """Return the lines of duty lists whose words first stand in a version that was issued after a day. Two queries."""
    versions = DutyVersion.objects.filter(duty_list__area_id=area_id, state="issued", valid_to=None, valid_from__gte=since)
    rows = DutyItem.objects.filter(version__in=versions).select_related("version__duty_list")
    older = DutyItem.objects.filter(
        version__duty_list=OuterRef("version__duty_list"), version__number__lt=OuterRef("version__number"), what=OuterRef("what"),
        how=OuterRef("how"), degree=OuterRef("degree"),
    )  # fmt: skip
    return [
        Amended(
            "duties.dutyitem", f"{row.version.duty_list_id}:{row.what}"[:200], f"{row.version.duty_list.title}:{row.what}",
            reverse("duties:list", args=[row.version.duty_list_id]),
        )
        for row in rows.filter(~Exists(older))[:MOST]
    ]  # fmt: skip


def list_amended(row: Tracing) -> list[Amended]:
    """Return every line of the area that was changed since the finding, from every context that keeps lines."""
    found = [*list_guide_changes(row.area_id, row.item.opened_on), *list_duty_changes(row.area_id, row.item.opened_on)]
    for load in registry.amended.values():
        found += load(row.area_id, row.item.opened_on)
    return found


def list_lessons(user: Any, label: str, keys: Iterable[str]) -> dict[str, list[CureLine]]:
    """Return key → the findings from which lines come: who may not read one learns its number. Two queries."""
    rows = list(Change.objects.filter(label=label, key__in=list(keys)).select_related("tracing__item__owner").order_by("pk"))
    if not rows:
        return {}
    readable = set(Item.objects.visible_to(user).filter(pk__in=[row.tracing.item_id for row in rows]).values_list("pk", flat=True))
    found: dict[str, list[CureLine]] = defaultdict(list)
    for row in rows:
        found[row.key].append(describe_cure(row.tracing.item, today(), readable=row.tracing.item_id in readable))
    return dict(found)


def describe_aspect(user: Any, item: Item) -> Aspect | None:
    """Return what an item's page says of its tracing, and what holds its proof back. Two queries."""
    row = Tracing.objects.filter(item=item).annotate(count=Count("changes")).first()
    url = reverse("tracing:item", args=[item.pk])
    if row is None:
        return Aspect("按三册溯源(安全、环保、质量)", url, "", "") if item.is_live and may_trace(user, item) else None
    bar = find_bar(
        traced=row.traced_on is not None, at_source=row.at_source, changes=row.count, no_change=row.no_change, released=row.released
    )
    if row.released:
        return Aspect("三册溯源", url, f"已移出:{row.released}", "")
    root = f"{row.get_subject_display()} · 根本原因:{row.whys[-1]}" if row.whys else f"{row.get_subject_display()} · 还没有溯源"
    return Aspect("三册溯源", url, root, bar)


def find_proof_bar(item: Item) -> str:
    """Return why the proof of an item may not be filed yet, or ''. One query."""
    row = Tracing.objects.filter(item=item).annotate(count=Count("changes")).first()
    if row is None:
        return ""
    return find_bar(
        traced=row.traced_on is not None, at_source=row.at_source, changes=row.count, no_change=row.no_change, released=row.released
    )


def list_tracings(user: Any, chosen: dict[str, Any]) -> QuerySet[Tracing]:
    rows = Tracing.objects.visible_to(user).select_related("item__unit", "item__owner").annotate(count=Count("changes"))
    if chosen.get("subject"):
        rows = rows.filter(subject=chosen["subject"])
    if chosen.get("show") == "open":
        rows = rows.filter(item__ended_on=None)
    elif chosen.get("show") == "waiting":
        rows = rows.filter(item__ended_on=None, traced_on=None, released="")
    elif chosen.get("show") == "near":
        rows = rows.filter(near_miss=True)
    elif chosen.get("show") == "recurred":
        rows = rows.filter(item__round__gt=1)
    return rows.order_by("-pk")


# codes of indicators that this context can fill in from its own records
OWN = ("near_miss", "hse_at_source", "hse_recurred")


def prefill_leading(area_id: int, period: str, indicators: Iterable[Any]) -> dict[tuple[int, int], Prefill]:
    """Offer 未遂事件上报数, 源头治理率 and 重复发生数 by unit, where the scheme has indicators of these codes. Two queries."""
    wanted = {row.code: row.pk for row in indicators if row.code in OWN}
    if not wanted:
        return {}
    first, last = read_month(period)
    units = list(Unit.objects.filter(area_id=area_id, kind__in=("station", "office"), closed_on=None).values_list("pk", flat=True))
    rows = Tracing.objects.filter(area_id=area_id, released="").order_by().values_list("item__unit_id").annotate(
        near=Count("pk", filter=Q(near_miss=True, item__opened_on__gte=first, item__opened_on__lte=last)),
        ended=Count("pk", filter=Q(item__state="closed", item__ended_on__gte=first, item__ended_on__lte=last)),
        cured=Count("pk", filter=Q(item__state="closed", item__ended_on__gte=first, item__ended_on__lte=last) & ~Q(at_source="")),
        again=Count("pk", filter=Q(item__round__gt=1, item__opened_on__lte=last, item__updated_at__date__gte=first)),
    )  # fmt: skip
    counts = {unit: values for unit, *values in rows}
    found: dict[tuple[int, int], Prefill] = {}
    for unit in units:
        near, ended, cured, again = counts.get(unit, (0, 0, 0, 0))
        if "near_miss" in wanted:
            found[unit, wanted["near_miss"]] = Prefill(Decimal(near), f"按三册溯源:本月上报未遂 {near} 起")
        if "hse_at_source" in wanted and ended:
            found[unit, wanted["hse_at_source"]] = Prefill(
                (Decimal(cured) * 100 / ended).quantize(Decimal("0.1")), f"按三册溯源:销号 {ended} 项,源头治理 {cured} 项"
            )
        if "hse_recurred" in wanted:
            found[unit, wanted["hse_recurred"]] = Prefill(Decimal(again), f"按整改清单:重复发生 {again} 项")
    return found


def read_untraced(area_id: int, days: Sequence[date], subject: str, window: int) -> list[GaugeReading]:
    """How many days a finding of safety, environment or quality has waited for its cause, on each of some days. One query."""
    rows = Tracing.objects.filter(area_id=area_id, released="", item__opened_on__lte=max(days)).select_related("item")
    if subject:
        rows = rows.filter(subject=subject)
    readings = []
    for row in rows:
        for day in days:
            ended = row.traced_on or row.item.ended_on
            if row.item.opened_on <= day and (ended is None or ended > day):
                value = Decimal((day - row.item.opened_on).days)
                title = f"{row.item.number} 还没有溯源"
                url = reverse("tracing:item", args=[row.item_id])
                readings.append(GaugeReading(f"item:{row.item_id}", row.item.unit_id, day, value, title, f"已 {value} 天没有查清原因", url))
    return readings


def read_recurring(area_id: int, days: Sequence[date], subject: str, window: int) -> list[GaugeReading]:
    """How many traced findings of a unit were found again within the window before each day. One query."""
    again = Tracing.objects.filter(area_id=area_id, released="", item__round__gt=1, item__occurrences__round__gt=1)
    if subject:
        again = again.filter(subject=subject)
    times = list(again.values_list("item__unit_id", "item__unit__name", "item__occurrences__found_at").distinct())
    readings = []
    for day in days:
        counts: dict[tuple[int, str], int] = defaultdict(int)
        for unit, name, at in times:
            if day - timedelta(days=window) < timezone.localdate(at) <= day:
                counts[unit, name] += 1
        for (unit, name), count in counts.items():
            url = f"{reverse('tracing:list')}?show=recurred"
            readings.append(
                GaugeReading(f"unit:{unit}", unit, day, Decimal(count), f"{name}安全环保质量问题重复发生", f"{window} 天内 {count} 项", url)
            )
    return readings
