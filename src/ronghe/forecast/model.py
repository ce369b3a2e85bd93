"""What a forecast is made of: kinds of measures, names of methods, the result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

Kind = Literal["sum", "level"]
KINDS: tuple[Kind, ...] = get_args(Kind)

RUN_RATE = "run_rate"
ACTUAL = "actual"
NONE = "none"
HALF = "+run_rate"

METHOD_LABELS = {
    RUN_RATE: "按今年月均推算",
    "planned_curve": "按计划的月度比例",
    "plan_curve": "按去年的月度比例",
    "seasonal_drift": "去年同月乘同比变化",
    "last_year": "与去年同月相同",
    "last_12": "近 12 个月日均",
    "recent_3": "近 3 个月日均",
    "decline_12": "近 12 个月指数递减",
    "decline_24": "近 24 个月指数递减",
    ACTUAL: "全年已有实际数",
    NONE: "没有数据",
}


def label_method(method: str) -> str:
    """Return the Chinese name of a method, also of one averaged with the run rate."""
    if method.endswith(HALF):
        return f"{METHOD_LABELS[method.removesuffix(HALF)]},与今年月均各取一半"
    return METHOD_LABELS[method]


@dataclass(frozen=True)
class Forecast:
    """One series' year as seen at the end of a month.

    For `sum` estimate, low, high and so_far are totals of the calendar year; for `level` they are its mean of months.
    low and high enclose 80% of outcomes. They and the estimate are None only where the series has no figure at all.
    """

    method: str
    method_label: str
    estimate: Decimal | None
    low: Decimal | None
    high: Decimal | None
    backtest_error: Decimal | None  # mean absolute error, in % of the total (mean); None: too short to test
    so_far: Decimal | None  # total (level: mean) of this year's reported months; None: none was reported
    months_left: int  # months of the year after the as-of month
    months_missing: int  # months up to the as-of month, since the series began, without a figure: these are forecast too
    required_rate: Decimal | None = None  # what each remaining month needs for the target
    year_gone: Decimal = Decimal(0)  # share of the year gone, 0–1
    target_reached: Decimal | None = None  # share of the target reached; sums only
    against_time: Decimal | None = None  # target_reached − year_gone: below 0 is behind time
