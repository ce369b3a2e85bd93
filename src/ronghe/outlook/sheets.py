"""进度与预测 as a sheet: numbers as numbers."""

from collections.abc import Sequence
from typing import Any

from ronghe.common.exports import Sheet
from ronghe.forecast.model import label_method
from ronghe.outlook.models import Outlook
from ronghe.outlook.queries import WORDS, limits_of
from ronghe.outlook.rules import share_of

HEADS = (
    "单位", "指标", "计量单位", "口径", "截至", "至今", "至今目标", "全年目标", "完成率", "时间进度", "其余各月每月需", "全年预计", "占目标",
    "80% 下限", "80% 上限", "方法", "回测误差(%)", "未报月数", "灯",
    "绿灯差不超过(%)", "黄灯差不超过(%)",
)  # fmt: skip


def write_sheet(rows: Sequence[Outlook]) -> Sheet:
    """Return the rows that the page shows, read `with_limits`."""
    return Sheet("进度与预测", HEADS, [list_cells(row) for row in rows])


def list_cells(row: Outlook) -> list[Any]:
    numbers = (row.so_far, row.target_so_far, row.target)
    reached = share_of(row.so_far, row.target) if row.kind == Outlook.Kind.SUM else None
    return [
        row.unit.name, row.indicator.name, row.indicator.unit_text, row.get_kind_display(), row.period, *(plain(value) for value in numbers),
        plain(reached), plain(row.year_gone), plain(row.required), plain(row.estimate), plain(share_of(row.estimate, row.target)),
        plain(row.low), plain(row.high), label_method(row.method), plain(row.error), row.months_missing, WORDS[row.light],
        *(plain(limit) for limit in limits_of(row)),
    ]  # fmt: skip


def plain(value: Any) -> float | None:
    """Return a number as Excel keeps it, at most four decimals."""
    return None if value is None else round(float(value), 4)
