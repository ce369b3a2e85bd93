"""What happened in single months: the storm, the shut-in, the spill, a forgotten report. Laid over the usual figures.

Months are counted back from the month of today: 1 is last month. The storm is in the last January, whenever that was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ronghe.portal.demo.months import first_of_month, shift_month


@dataclass(frozen=True)
class Happening:
    """One figure of one month that came out otherwise. actual × factor + plus; `missing` leaves it unreported."""

    unit: str
    month: date
    indicator: str
    factor: float = 1.0
    plus: float = 0.0
    missing: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Relief:
    """An adjusted target (or exemption) that was asked for with a reason: planned shut-ins and 不可抗力."""

    unit: str
    month: date
    indicator: str
    factor: float  # adjusted target = planned × factor
    reason: str
    proof: str
    state: str  # approved | asked


def find_storm_month(today: date) -> date:
    """The last January before this month."""
    current = first_of_month(today)
    year = current.year if current.month > 1 else current.year - 1
    return date(year, 1, 1)


def list_happenings(today: date) -> list[Happening]:
    current = first_of_month(today)
    storm = find_storm_month(today)

    def back(months: int) -> date:
        return shift_month(current, -months)

    power = "寒潮大风致 10 kV 线路停电 38 小时,停井 41 口,复产较慢"
    spill = "集输支线腐蚀穿孔,原油外溢约 0.3 t,已清理并经采油厂认定"
    forgot = "填报人休假,未移交,截止前未报"
    return [
        Happening("A1-CY2", storm, "oil", factor=0.87, remark=power),
        Happening("A1-CY2", storm, "utilisation", plus=-7.5, remark=power),
        Happening("A1-CY2", storm, "failed_wells", plus=2.6, remark=power),
        Happening("A1-CY3", storm, "oil", factor=0.97, remark="寒潮停电 6 小时"),
        Happening("A1-CY4", back(5), "oil", factor=0.885, remark="注水干线更换,计划关井 12 口 9 天"),
        Happening("A1-CY6", back(7), "pollution", plus=1, remark=spill),
        Happening("A1-CY6", back(7), "accountability", plus=4.17, remark="1 人因管线巡护不到位被组织处理"),
        Happening("A1-CY6", back(7), "hse_check", plus=-0.8, remark="联合检查扣分:管线巡护记录不全"),
        Happening("A1-CY3", back(2), "unit_cost", factor=1.46, remark="两口井大修费用集中入账"),
        Happening("A1-CY5", back(4), "utilisation", missing=True, remark=forgot),
        Happening("A1-CY5", back(4), "failed_wells", missing=True, remark=forgot),
        Happening("A1-CY4", back(10), "petition", plus=1, remark="食堂承包变更引起,已答复"),
        Happening("A1-CY5", back(1), "oil", factor=0.955, remark="供电公司检修停电,已申请调整目标"),
        Happening("A1-JS2", back(6), "measure_oil", factor=0.82, remark="两口压裂井效果未达预期"),
        Happening("A1-JS3", back(9), "urged_items", plus=-5),
        Happening("A2-CY3", back(3), "oil", factor=0.94, remark="汛期道路中断 3 天,罐车无法进井"),
        Happening("A2-CY2", back(3), "labour", plus=2, remark="夜查发现睡岗 2 人次"),
        Happening("A2-ZH1", back(2), "service", missing=True, remark="台账未汇总,截止前未报"),
    ]


def list_reliefs(today: date) -> list[Relief]:
    current = first_of_month(today)
    return [
        Relief(
            "A1-CY4", shift_month(current, -5), "oil", 0.89,
            "注水干线更换,计划关井 12 口 9 天,按影响产量核减当月计划", "采油厂计划关井批复、影响产量计算表", "approved",
        ),
        Relief(
            "A2-CY3", shift_month(current, -3), "oil", 0.955,
            "汛期道路中断属不可抗力,按停产天数核减当月计划", "气象与交通部门通告、停井记录", "approved",
        ),
        Relief(
            "A1-CY5", shift_month(current, -1), "oil", 0.96,
            "供电公司计划检修停电 26 小时,申请按影响产量核减当月计划", "供电公司停电通知、停井记录", "asked",
        ),
    ]  # fmt: skip


def shift_skill(unit: str, months_back: int) -> tuple[float, float]:
    """How a unit's (party, business) skill has moved by then: 三站 learned from 一站, 六站 got a new chief."""
    if unit == "A1-CY3":
        return (0.22 * max(0, 5 - months_back), 0.0)
    if unit == "A1-CY6":
        return (0.15 * max(0, 4 - months_back), 0.15 * max(0, 4 - months_back))
    return (0.0, 0.0)
