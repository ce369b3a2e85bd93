"""The numbers that rules of 预警 look at. Each reads many days at once, a constant number of queries for any number of units."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Min, Q
from django.utils import timezone

from ronghe.common.calendar import today
from ronghe.common.registry import Gauge, GaugeReading, find_actuals, matters
from ronghe.decisions.models import Stop
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit
from ronghe.rectification.models import Item, Occurrence
from ronghe.supervision.models.boards import BoardItem, BoardMove
from ronghe.supervision.models.checks import Check
from ronghe.supervision.models.works import WorkForm, WorkStop
from ronghe.supervision.rules.alerts import count_worsening, share
from ronghe.supervision.rules.boards import count_red_weeks, find_due
from ronghe.worklist.models import Task
from ronghe.worklist.rules.recurrence import add_months, name_month

FEWEST = 4  # of fewer things no share is told
MONTHS = 13  # a trend is looked for this far back

Readings = list[GaugeReading]


def name_units(area_id: int) -> dict[int, str]:
    return dict(Unit.objects.filter(area_id=area_id).values_list("pk", "name"))


def month_before(day: date) -> str:
    """Return the newest month whose figures can be there on a day."""
    return add_months(name_month(day), -1)


def read_trend(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return for how many months in a row each unit's indicator has become worse. Three queries."""
    codes = [subject] if subject else []
    rows = Indicator.objects.filter(area_id=area_id, **({"code__in": codes} if codes else {"side": "business"})).exclude(direction="none")
    indicators = {row.pk: row for row in rows}
    months = sorted({month_before(day) for day in days})
    first = add_months(months[0], -MONTHS)
    figures = find_actuals(area_id, indicators, first, months[-1])
    names, pairs = name_units(area_id), sorted({(unit, indicator) for unit, indicator, _month in figures})
    readings = []
    for day in days:
        last = month_before(day)
        span = [add_months(last, -n) for n in range(MONTHS - 1, -1, -1)]
        for unit, pk in pairs:
            indicator = indicators[pk]
            run = count_worsening([figures.get((unit, pk, month)) for month in span], indicator.direction)
            if run:
                text = f"{names.get(unit, '')}“{indicator.name}”到 {last} 连续 {run} 个月变差"
                readings.append(
                    GaugeReading(f"{unit}:{indicator.code}", unit, day, Decimal(run), f"{names.get(unit, '')}“{indicator.name}”变差", text)
                )
    return readings


def read_value(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return each unit's figure of one indicator: the newest that can be there on a day, no older than the window. Three queries."""
    indicator = Indicator.objects.filter(area_id=area_id, code=subject).first() if subject else None
    if indicator is None:
        return []
    first = name_month(min(days) - timedelta(days=window))
    figures = find_actuals(area_id, [indicator.pk], first, month_before(max(days)))
    names = name_units(area_id)
    by_unit: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for (unit, _pk, month), value in figures.items():
        by_unit[unit][month] = value
    readings = []
    for day in days:
        oldest, newest = name_month(day - timedelta(days=window)), month_before(day)
        for unit, months in by_unit.items():
            known = [month for month in months if oldest <= month <= newest]
            if known:
                month = max(known)
                text = f"{names.get(unit, '')}“{indicator.name}”{month} 为 {months[month].normalize():f}{indicator.unit_text}"
                title = f"{names.get(unit, '')}“{indicator.name}”超限"
                readings.append(GaugeReading(f"{unit}:{indicator.code}", unit, day, months[month], title, text))
    return readings


def read_counted(area_id: int, days: Sequence[date], subject: str, *, late: bool) -> Readings:
    """Return what the 底数 counts of each unit today, all of it or one of its numbers. Of earlier days nothing is kept, so nothing is told."""
    day = today()
    if day not in days:
        return []
    counted: dict[int, int] = defaultdict(int)
    for matter in (one for count in matters.values() for one in count([area_id])):
        if matter.unit_id is not None and subject in ("", matter.what):
            counted[matter.unit_id] += matter.late if late else matter.count
    names, what = name_units(area_id), subject or "未了事项"
    word = "逾期" if late else "共"
    return [
        GaugeReading(
            f"{unit}:{what}"[:120],
            unit,
            day,
            Decimal(count),
            f"{names[unit]}{what}多",
            f"{names[unit]}{what}{word} {count} 件",
            "/matters/",
        )
        for unit, count in counted.items()
        if count and unit in names
    ]


def read_open(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    return read_counted(area_id, days, subject, late=False)


def read_late(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    return read_counted(area_id, days, subject, late=True)


def read_shares(
    area_id: int, days: Sequence[date], rows: Iterable[tuple[int | None, date, date | None, date]], window: int, what: str, url: str
) -> Readings:
    """Return, unit by unit, what share of the things due in the window before a day was late. `rows`: (unit, due, ended, begun)."""
    names, known = name_units(area_id), list(rows)
    readings = []
    for day in days:
        counted: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for unit, due, ended, begun in known:
            if unit is None or begun > day or not day - timedelta(days=window) <= due < day:
                continue
            counted[unit][0] += 1
            counted[unit][1] += ended is None or ended > due
        for unit, (whole, late) in counted.items():
            if whole >= FEWEST:
                text = f"{names.get(unit, '')}近 {window} 天到期的{what} {whole} 项,逾期 {late} 项"
                title = f"{names.get(unit, '')}{what}逾期多"
                readings.append(GaugeReading(f"{unit}", unit, day, share(late, whole), title, text, url.format(unit=unit)))
    return readings


def read_tasks(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return the share of tasks that were late. Two queries."""
    first = min(days) - timedelta(days=window)
    rows = Task.objects.filter(area_id=area_id, due__gte=first, due__lt=max(days)).exclude(state="dropped")
    found = [
        (unit, due, settled.date() if settled else None, made.date())
        for unit, due, settled, made in rows.values_list("unit_id", "due", "settled_at", "created_at")
        if due is not None
    ]
    return read_shares(area_id, days, found, window, "待办", "")


def read_cures(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return the share of 整改 that was late. Two queries."""
    first = min(days) - timedelta(days=window)
    rows = Item.objects.filter(area_id=area_id, due__gte=first, due__lt=max(days)).exclude(state="void")
    found = rows.values_list("unit_id", "due", "ended_on", "opened_on")
    return read_shares(area_id, days, found, window, "整改", "/rectification/?unit={unit}&light=r")


def read_recurring(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return how often the same problem was found at a unit within the window. Two queries."""
    first = min(days) - timedelta(days=window)
    rows = Occurrence.objects.filter(item__area_id=area_id, found_at__date__gte=first).exclude(item__key="")
    found = [
        (unit, key, timezone.localdate(at), title)
        for unit, key, at, title in rows.values_list("item__unit_id", "item__key", "found_at", "item__title")
    ]
    names, readings = name_units(area_id), []
    for day in days:
        counted: dict[tuple[int, str], list[str]] = defaultdict(list)
        for unit, key, on, title in found:
            if day - timedelta(days=window) <= on <= day:
                counted[unit, key].append(title)
        for (unit, key), titles in counted.items():
            if len(titles) > 1:
                text = f"{names.get(unit, '')}近 {window} 天同一问题发现 {len(titles)} 次:{titles[-1]}"
                title = f"{names.get(unit, '')}同一问题反复发现"
                readings.append(GaugeReading(f"{unit}:{key}"[:120], unit, day, Decimal(len(titles)), title, text))
    return readings


def read_board(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return for how many weeks each item of the board has been red, by the date that held then. Two queries."""
    items = list(BoardItem.objects.filter(area_id=area_id, opened_on__lte=max(days)).filter(Q(ended_on=None) | Q(ended_on__gte=min(days))))
    moves: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for pk, on, old in BoardMove.objects.filter(item__in=items).order_by("id").values_list("item_id", "on", "old_due"):
        moves[pk].append((on, old))
    readings = []
    for day in days:
        for item in items:
            if item.opened_on > day or (item.ended_on is not None and item.ended_on <= day):
                continue
            weeks = count_red_weeks(find_due(item.due, moves[item.pk], day), day)
            if weeks:
                text = f"督办“{item.title}”已连红 {weeks} 周"
                url = f"/supervision/board/{item.pk}/"
                readings.append(
                    GaugeReading(f"board:{item.pk}", item.unit_id, day, Decimal(weeks), f"督办久红:{item.title}"[:120], text, url)
                )
    return readings


def read_lapsed(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return how many checks of a unit were not done within the window. Two queries."""
    first = min(days) - timedelta(days=window)
    found = list(Check.objects.filter(area_id=area_id, state="lapsed", due__gte=first).values_list("unit_id", "due"))
    names, readings = name_units(area_id), []
    for day in days:
        counted: dict[int, int] = defaultdict(int)
        for unit, due in found:
            counted[unit] += day - timedelta(days=window) <= due <= day
        for unit, count in counted.items():
            if count:
                text = f"对{names.get(unit, '')}的监督检查近 {window} 天有 {count} 次没有做"
                readings.append(
                    GaugeReading(
                        f"{unit}", unit, day, Decimal(count), f"监督检查没有做:{names.get(unit, '')}", text,
                        f"/supervision/checks/?unit={unit}&state=lapsed",
                    )
                )  # fmt: skip
    return readings


def read_stops(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return how often works and decisions of a unit were stopped within the window. Three queries."""
    first = min(days) - timedelta(days=window)
    found = list(WorkStop.objects.filter(area_id=area_id, on__gte=first).values_list("work__unit_id", "on"))
    found += Stop.objects.filter(matter__area_id=area_id, stopped_on__gte=first).values_list("matter__unit_id", "stopped_on")
    names, readings = name_units(area_id), []
    for day in days:
        counted: dict[int, int] = defaultdict(int)
        for unit, on in found:
            counted[unit] += day - timedelta(days=window) <= on <= day
        for unit, count in counted.items():
            if count:
                text = f"{names.get(unit, '')}的重点工程、议事决策近 {window} 天被叫停 {count} 次"
                title = f"{names.get(unit, '')}被叫停"
                readings.append(GaugeReading(f"{unit}", unit, day, Decimal(count), title, text))
    return readings


def read_waiting(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return by how many days the open stage of each work is late: by the earliest date of a form not checked then. One query."""
    rows = WorkForm.objects.filter(area_id=area_id, due__lt=max(days)).exclude(state="waiting").select_related("work")
    readings = []
    forms = list(rows)
    for day in days:
        late: dict[int, WorkForm] = {}
        for form in forms:
            open_then = form.due < day and (form.checked_on is None or form.checked_on > day)
            if open_then and (form.work_id not in late or form.due < late[form.work_id].due):
                late[form.work_id] = form
        for pk, form in late.items():
            days_late = (day - form.due).days
            text = f"“{form.work.name}”的“{form.name}”超期 {days_late} 天没有核验"
            readings.append(
                GaugeReading(
                    f"work:{pk}", form.work.unit_id, day, Decimal(days_late), f"工程阶段停滞:{form.work.name}"[:120], text,
                    f"/supervision/works/{pk}/",
                )
            )  # fmt: skip
    return readings


GAUGES = {
    "trend": Gauge("指标连续变差", "个月", read_trend, "指标编码,留空看全部业务指标"),
    "figure": Gauge("指标数值", "", read_value, "指标编码,必填"),
    "open": Gauge("未了事项(底数)", "件", read_open, "底数里的一个数,如 整改未销号;留空合计;只看当天"),
    "late": Gauge("逾期事项(底数)", "件", read_late, "同上"),
    "tasks": Gauge("待办逾期率", "%", read_tasks),
    "cures": Gauge("整改逾期率", "%", read_cures),
    "recurring": Gauge("同一问题反复发现", "次", read_recurring),
    "board": Gauge("督办连红", "周", read_board),
    "lapsed": Gauge("监督检查没有做", "次", read_lapsed),
    "stops": Gauge("工程和决策叫停", "次", read_stops),
    "waiting": Gauge("工程阶段超期", "天", read_waiting),
}


def list_found(area_id: int, first: date) -> list[tuple[int, date]]:
    """Return (unit, day) of every problem opened as 整改 since a day: what a preview compares its firings with. One query."""
    rows = Item.objects.filter(area_id=area_id).exclude(state="void").annotate(first=Min("occurrences__found_at"))
    return [(unit, opened) for unit, opened in rows.filter(opened_on__gte=first).values_list("unit_id", "opened_on")]
