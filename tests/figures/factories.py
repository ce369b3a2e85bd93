"""A month of figures in the small world: five indicators, a period that is open today, entries by short names."""

from datetime import date, timedelta
from decimal import Decimal

from ronghe.common.calendar import today
from ronghe.figures.actions.batches import save_batch, submit_batch
from ronghe.figures.actions.periods import open_period
from ronghe.figures.actions.reviews import confirm_batch
from ronghe.figures.models import ReportingPeriod
from ronghe.figures.rules import Entry, month_of, previous_month
from ronghe.goals.models import Indicator, Target
from tests.stage import staged


def month() -> str:
    """The month that is asked: the one before today's."""
    return previous_month(month_of(today()))


@staged
def make_indicator(area, code, name, **values) -> Indicator:
    plain = {
        "unit_text": "",
        "decimals": 2,
        "direction": "up",
        "side": "business",
        "definition": f"{name}的口径",
        "basis": "《党小组考核评价办法》",
        "order": Indicator.objects.filter(area=area).count(),
    }
    return Indicator.objects.create(area=area, code=code, name=name, **{**plain, **values})


@staged
def make_indicators(world) -> dict[str, Indicator]:
    """Three that stations report themselves, one that 综合党群室 reports for all, one veto of the stations' track only."""
    area, office = world.area, world.unit["综合党群室"]
    rows = [
        make_indicator(area, "oil", "原油产量", unit_text="t", decimals=0, tracks=["production"], plausible_low=100, plausible_high=5000),
        make_indicator(area, "cost", "单位操作成本", unit_text="元/t", direction="down", tracks=["production"]),
        make_indicator(area, "rectify", "隐患整改率", unit_text="%", decimals=1, plausible_low=50, plausible_high=100),
        make_indicator(area, "org_life", "组织生活按期完成率", unit_text="%", side="party", reported_by=office),
        make_indicator(area, "accident", "事故起数", unit_text="起", kind="veto", direction="down", decimals=0, tracks=["production"]),
    ]
    return {row.code: row for row in rows}


def make_target(indicator, unit, value, base=None, period=None) -> Target:
    return Target.objects.create(area=unit.area, unit=unit, indicator=indicator, period=period or month(), value=value, base=base)


@staged
def make_period(world, *, by=None, period=None, area=None, opens=-3, due=3, closes=8) -> ReportingPeriod:
    """Open a month by the 指标管理员, with dates as days from today."""
    day: date = today()
    return open_period(
        area or world.area,
        period=period or month(),
        opens_on=day + timedelta(days=opens),
        due_on=day + timedelta(days=due),
        closes_on=day + timedelta(days=closes),
        by=by or world.zhaomin.user,
    )


def entry(unit, indicator, actual, note="") -> Entry:
    return Entry(unit.pk, indicator.pk, None if actual is None else Decimal(str(actual)), note)


def save_station(world, period, indicators, *, by=None, unit="注采一站", **figures):
    """何静 saves 注采一站's figures: save_station(world, period, indicators, oil=1200)."""
    station = world.unit[unit]
    entries = [entry(station, indicators[code], actual) for code, actual in figures.items()]
    return save_batch(period, station, entries=entries, source="grid", by=by or world.hejing.user)


FULL = {"oil": 1200, "cost": "612.5", "rectify": "98.5", "accident": 0}


@staged
def submit_station(world, period, indicators, *, by=None, unit="注采一站", **figures):
    who = by or world.hejing.user
    return submit_batch(save_station(world, period, indicators, by=who, unit=unit, **(figures or FULL)), by=who)


@staged
def confirm_station(world, period, indicators, *, by=None, unit="注采一站", **figures):
    return confirm_batch(submit_station(world, period, indicators, by=by, unit=unit, **figures), by=world.qianjin.user)
