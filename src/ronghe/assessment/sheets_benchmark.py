"""对标 as a workbook: just what the page shows."""

from ronghe.assessment.queries.benchmark import Benchmark
from ronghe.assessment.queries.benchmark_charts import list_places
from ronghe.common.exports import Sheet

HEADS = (
    "名次", "单位", "数值", "目标", "较目标", "赛道最好", "较最好", "赛道平均", "较平均", "去年同月", "较去年", "自身最好", "自身最好月份", "较自身最好",
    "得分", "失分", "为什么",
)  # fmt: skip


def list_benchmark(found: Benchmark) -> list[Sheet]:
    """Return three sheets: the comparison, the places by month, the marks lost."""
    rows = []
    for line in found.lines:
        value, target, best, average, last_year, record = line.raw
        rows.append((
            int(line.place) if line.place else None, line.unit, value, target, line.to_target.value, best, line.to_best.value, average,
            line.to_mean.value, last_year, line.to_last_year.value, record, line.own_best_month, line.to_own_best.value,
            line.mark, line.lost, line.because,
        ))  # fmt: skip
    losses = []
    for code, name in found.loss_rows:
        marks = [found.losses.get((line.unit_id, code)) for line in found.lines]
        losses.append((name, *(mark.lost if mark else None for mark in marks)))
    places = [(unit, *(int(one) if one.isdigit() else None for one in months)) for unit, months in list_places(found)]
    history = [(line.unit, *(line.values[month] for month in line.values)) for line in found.lines]
    months = list(found.lines[0].values) if found.lines else []
    return [
        Sheet(f"{found.measure.name}对标", HEADS, rows),
        Sheet("近12个月", ("单位", *months), history),
        Sheet("名次走势", ("单位", *found.months), places),
        Sheet("各指标失分", ("指标", *(line.unit for line in found.lines)), losses),
    ]
