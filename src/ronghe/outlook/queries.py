"""进度与预测, written out: rows, the table of units and indicators, one series with its chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.registry import Hit
from ronghe.figures.models import Figure
from ronghe.forecast.model import label_method
from ronghe.goals.models import Indicator, Target
from ronghe.goals.rules import print_number
from ronghe.org.kinds import LEADERS
from ronghe.org.models import TrackPlace, Unit
from ronghe.org.standing import standing_of
from ronghe.outlook.models import LightRule, Outlook, Refresh
from ronghe.outlook.packs import read_limits
from ronghe.outlook.rules import cumulate, months_of_year, share_of

WORDS = {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "": "不亮灯"}
ORDER = {"red": 0, "yellow": 1, "green": 2, "": 3}


@dataclass(frozen=True)
class OutlookLine:
    """One unit's year in one indicator, every number already written."""

    unit: str
    unit_id: int
    code: str
    name: str
    side: str
    measure: str
    kind: str
    url: str
    so_far: str
    target_so_far: str
    target: str
    partial: str
    reached: str
    year_gone: str
    against_time: str
    required: str
    estimate: str
    of_target: str
    interval: str
    method: str
    error: str
    missing: int
    light: str
    word: str
    limits: str


def keep_newest(rows: QuerySet[Outlook]) -> QuerySet[Outlook]:
    """Keep the rows of each area's newest month, in the same query."""
    newest = Outlook.objects.filter(area_id=OuterRef("area_id")).order_by().values("area_id").annotate(last=Max("period")).values("last")
    return rows.filter(period=Subquery(newest))


def list_rows(user: Any, area_id: int) -> QuerySet[Outlook]:
    """Return the rows of the area's newest month that the user may read."""
    seen = Outlook.objects.visible_to(user).filter(area_id=area_id)
    return keep_newest(seen).select_related("unit", "indicator")


def pick_area(user: Any, asked: str = "") -> int:
    """Return the area asked for, else one's own, else the first that one reads."""
    standing = standing_of(user)
    areas = standing.readable_areas
    if asked.isascii() and asked.isdigit() and int(asked) in areas:
        return int(asked)
    return standing.area_id if standing.area_id in areas else min(areas, default=0)


def filter_rows(rows: QuerySet[Outlook], chosen: dict[str, Any]) -> QuerySet[Outlook]:
    """Keep what the filter asks for."""
    for name, field in (("unit", "unit_id"), ("indicator", "indicator_id"), ("side", "indicator__side"), ("light", "light")):
        if chosen.get(name):
            rows = rows.filter(**{field: chosen[name]})
    return rows


def rounded(value: Decimal | None, decimals: int) -> str:
    """Write a number with at most the decimals of its indicator."""
    if value is None:
        return ""
    return print_number(value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def print_limits(rule: Any) -> dict[str, str]:
    """Write the limits of a 亮灯规则."""
    return {"green": f"{print_number(rule.green)}%", "yellow": f"{print_number(rule.yellow)}%"}


def percent(value: Decimal | None, decimals: int = 1) -> str:
    return "" if value is None else f"{value * 100:.{decimals}f}%"


def describe_row(row: Outlook) -> OutlookLine:
    """Write one row; wants its unit and indicator at hand."""
    indicator = row.indicator
    is_sum = row.kind == Outlook.Kind.SUM
    digits = indicator.decimals if is_sum else indicator.decimals + 1
    unit = indicator.unit_text
    ahead = row.against_time
    return OutlookLine(
        unit=row.unit.name,
        unit_id=row.unit_id,
        code=indicator.code,
        name=indicator.name,
        side=indicator.side,
        measure=unit,
        kind=row.get_kind_display(),
        url=reverse("outlook:series", args=[row.unit_id, row.indicator_id]),
        so_far=rounded(row.so_far, digits),
        target_so_far=rounded(row.target_so_far, digits),
        target=rounded(row.target, digits),
        partial="" if row.target_months == 12 else _("已下达 %(n)d/12 个月,其余按月均折算") % {"n": row.target_months},
        reached=percent(share_of(row.so_far, row.target)) if is_sum else "",
        year_gone=percent(row.year_gone),
        against_time="" if ahead is None else (_("快 %(n)s") if ahead >= 0 else _("慢 %(n)s")) % {"n": f"{abs(ahead) * 100:.1f} 个百分点"},
        required=rounded(row.required, digits),
        estimate=rounded(row.estimate, digits),
        of_target=percent(share_of(row.estimate, row.target)),
        interval=f"{rounded(row.low, digits)} – {rounded(row.high, digits)}" if row.low is not None else "",
        method=label_method(row.method),
        error=f"{row.error:.1f}%" if row.error is not None else _("历史太短,没有回测"),
        missing=row.months_missing,
        light=row.light,
        word=WORDS[row.light],
        limits=say_limits(row) if hasattr(row, "rule_green") else "",
    )


def build_tables(rows: Iterable[Outlook], tracks: dict[int, str]) -> list[dict[str, Any]]:
    """Return a table of units and indicators for each track: a track's units have the same indicators."""
    tables: dict[str, dict[str, Any]] = {}
    for row in rows:
        table = tables.setdefault(tracks.get(row.unit_id, ""), {"columns": {}, "units": {}})
        table["columns"][row.indicator.code] = row.indicator
        table["units"].setdefault(row.unit, {})[row.indicator.code] = row
    found = []
    for code, table in tables.items():
        columns = sorted(table["columns"].values(), key=lambda one: (one.order, one.code))
        lines = [
            {"unit": unit.name, "cells": [{"name": one.name, **write_cell(cells.get(one.code))} for one in columns]}
            for unit, cells in sorted(table["units"].items(), key=lambda pair: (pair[0].order, pair[0].code))
        ]
        found.append({"track": code, "columns": [one.name for one in columns], "lines": lines})
    return found


def write_cell(row: Outlook | None) -> dict[str, str]:
    if row is None:
        return {"light": "", "text": "—", "url": ""}
    return {
        "light": row.light,
        "text": percent(share_of(row.estimate, row.target)) or "—",
        "url": reverse("outlook:series", args=[row.unit_id, row.indicator_id]),
        "word": WORDS[row.light],
    }


def count_lights(rows: Iterable[Outlook]) -> dict[str, int]:
    counts = {"red": 0, "yellow": 0, "green": 0, "": 0}
    for row in rows:
        counts[row.light] += 1
    return {**counts, "none": counts[""]}


def name_tracks(area_id: int, day: date) -> dict[int, str]:
    """Return unit → name of its track. One query."""
    return dict(TrackPlace.objects.on(day).filter(track__area_id=area_id).values_list("unit_id", "track__name"))


def is_waiting(area_id: int) -> bool:
    return Refresh.objects.filter(area_id=area_id, waits=True).exists()


def with_limits(rows: QuerySet[Outlook]) -> QuerySet[Outlook]:
    """Add to each row the 亮灯规则 of its month as its area approved it (`rules.pick_limits`), in the same query."""
    begun = LightRule.objects.filter(area_id=OuterRef("area_id"), state=LightRule.State.APPROVED, valid_from__lte=OuterRef("period"))
    newest = begun.order_by("-valid_from", "-number")
    return rows.annotate(rule_green=Subquery(newest.values("green")[:1]), rule_yellow=Subquery(newest.values("yellow")[:1]))


def limits_of(row: Any) -> tuple[Decimal, Decimal]:
    """Return green's and yellow's limit of a row read `with_limits`: the area's, else the pack's."""
    pack = read_limits()
    return (pack.green, pack.yellow) if row.rule_green is None else (row.rule_green, row.rule_yellow)


def say_limits(row: Any) -> str:
    """Say what the lights of a row mean."""
    limits = limits_of(row)
    green, yellow = map(print_number, limits)
    if not limits[0]:
        return _("全年预计达到目标绿灯,差不超过 %(yellow)s%% 黄灯,再多红灯") % {"yellow": yellow}
    return _("全年预计差目标不超过 %(green)s%% 绿灯,不超过 %(yellow)s%% 黄灯,再多红灯") % {"green": green, "yellow": yellow}


def list_unit(user: Any, unit: Unit) -> list[OutlookLine]:
    """Return a unit's newest rows for its own page, what is red first. One query."""
    rows = with_limits(keep_newest(Outlook.objects.visible_to(user).filter(unit=unit))).select_related("unit", "indicator")
    return [describe_row(row) for row in sorted(rows, key=lambda row: ORDER[row.light])]


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return the workbench's part for leaders: how many years are forecast to miss their target. One query."""
    if not standing_of(user).holds(LEADERS):
        return None
    rows = list(with_limits(list_rows(user, pick_area(user))))
    if not rows:
        return None
    reds = [row for row in rows if row.light == Outlook.Light.RED]
    return {
        **count_lights(rows),
        "month": _("截至 %(month)s") % {"month": rows[0].period},
        "lines": [describe_row(row) for row in reds[:5]],
        "limits": say_limits(rows[0]),
        "url": reverse("outlook:list"),
    }


def build_series(row: Outlook) -> dict[str, Any]:
    """Return the chart of a row's year and its table: months, targets, the year before. Two queries."""
    year = row.period[:4]
    months, before = months_of_year(year), months_of_year(f"{int(year) - 1:04d}")
    figures = Figure.objects.filter(unit_id=row.unit_id, indicator_id=row.indicator_id, in_force=True, period__in=[*months, *before])
    actual = dict(figures.values_list("period", "actual"))
    target = dict(
        Target.objects.filter(unit_id=row.unit_id, indicator_id=row.indicator_id, period__in=months).values_list("period", "value")
    )
    now_line = [actual.get(month) if month <= row.period else None for month in months]
    goals, last = [target.get(month) for month in months], [actual.get(month) for month in before]
    is_sum = row.kind == Outlook.Kind.SUM
    digits = row.indicator.decimals
    shown = [cumulate(line) for line in (now_line, goals, last)] if is_sum else [now_line, goals, last]
    names = ("累计实际", "累计目标", "去年累计") if is_sum else ("实际", "目标", "去年同月")
    roles = ("ours", "target", "prior")
    series = [
        {"name": name, "role": role, "values": [rounded(value, digits) or None for value in line]}
        for name, role, line in zip(names, roles, shown, strict=True)
        if any(value is not None for value in line)
    ]
    series += draw_rest(row, shown[0], digits) if row.months_left else []
    return {
        "chart": {
            "labels": [f"{int(month[5:])}月" for month in months],
            "decimals": digits,
            "unit": row.indicator.unit_text,
            "series": series,
        },
        "heads": ["月份", "实际", "目标", *(["累计实际", "累计目标"] if is_sum else []), "去年同月"],
        "rows": [
            [
                month,
                *(
                    rounded(value, digits) or "—"
                    for value in (now_line[n], goals[n], *((shown[0][n], shown[1][n]) if is_sum else ()), last[n])
                ),
            ]
            for n, month in enumerate(months)
        ],
    }


def draw_rest(row: Outlook, line: list[Decimal | None], digits: int) -> list[dict[str, Any]]:
    """Return the lines from the last month to the year's end: the estimate and both ends of its interval, drawn straight.

    For a level the year's mean stands across the months to come.
    """
    last = int(row.period[5:]) - 1
    start = line[last] if line[last] is not None else row.so_far
    drawn = []
    for name, end, role in (("全年预计", row.estimate, "mean"), ("80% 下限", row.low, "other"), ("80% 上限", row.high, "other")):
        if end is None or start is None:
            continue
        values: list[str | None] = [None] * 12
        for month in range(last, 12):
            share = Decimal(month - last) / Decimal(11 - last) if last < 11 else Decimal(1)
            value = start + (end - start) * share if row.kind == Outlook.Kind.SUM else end
            values[month] = rounded(value, digits)
        drawn.append({"name": name, "role": role, "values": values})
    return drawn


def list_choices(rows: QuerySet[Outlook]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the units and indicators that the filter offers. Two queries."""
    units = Unit.objects.filter(pk__in=rows.order_by().values("unit_id")).order_by("order", "code").values_list("pk", "name")
    indicators = Indicator.objects.filter(pk__in=rows.order_by().values("indicator_id")).values_list("pk", "name")
    return list(units), list(indicators)


def search_outlooks(user: Any, query: str, limit: int) -> list[Hit]:
    """Find a unit's forecast by indicator or unit."""
    text = query.strip()
    area_id = pick_area(user)
    rows = list_rows(user, area_id).filter(Q(indicator__name__icontains=text) | Q(unit__name__icontains=text))
    return [
        Hit(
            "进度与预测",
            f"{row.unit.name} {row.indicator.name}",
            WORDS[row.light],
            reverse("outlook:series", args=[row.unit_id, row.indicator_id]),
        )
        for row in rows[:limit]
    ]
