"""Units of measure: which two texts mean the same, and by what factor two scales of one quantity differ."""

from decimal import Decimal
from typing import Final

from ronghe.common.sheets.text import key_text

# quantity -> {spelling: how many of the quantity's own unit}
QUANTITIES: Final[dict[str, dict[str, str]]] = {
    "mass": {
        "t": "1",
        "吨": "1",
        "ton": "1",
        "kg": "0.001",
        "千克": "0.001",
        "公斤": "0.001",
        "万吨": "10000",
        "万t": "10000",
        "千吨": "1000",
    },
    "money": {"元": "1", "人民币元": "1", "千元": "1000", "万元": "10000", "百万元": "1000000", "亿元": "100000000"},
    "share": {"%": "1", "百分比": "1", "百分数": "1", "百分点": "1", "‰": "0.1", "千分比": "0.1"},
    "day": {"d": "1", "天": "1", "日": "1"},
    "hour": {"h": "1", "小时": "1"},
    "month": {"月": "1", "个月": "1"},
    "year": {"a": "1", "年": "1"},
    "volume": {
        "m3": "1",
        "立方米": "1",
        "立方": "1",
        "方": "1",
        "万方": "10000",
        "万m3": "10000",
        "万立方米": "10000",
        "亿方": "100000000",
        "亿立方米": "100000000",
    },
    "energy": {"kwh": "1", "千瓦时": "1", "度": "1", "万kwh": "10000", "万千瓦时": "10000", "万度": "10000"},
    "coal": {"tce": "1", "吨标煤": "1", "吨标准煤": "1", "kgce": "0.001", "千克标煤": "0.001"},
    "length": {"m": "1", "米": "1", "km": "1000", "千米": "1000", "公里": "1000", "万米": "10000"},
    "pressure": {"mpa": "1", "兆帕": "1", "kpa": "0.001"},
    "event": {"起": "1", "次": "1", "件": "1", "例": "1", "宗": "1", "起数": "1", "次数": "1", "件数": "1"},
    "item": {"项": "1", "条": "1", "个": "1"},
    "well": {"口": "1", "井": "1"},
    "welljob": {"井次": "1"},
    "person": {"人": "1", "名": "1"},
    "visit": {"人次": "1"},
    "mark": {"分": "1"},
}
SPELLINGS: Final[dict[str, tuple[str, Decimal]]] = {
    spelling: (quantity, Decimal(factor)) for quantity, spellings in QUANTITIES.items() for spelling, factor in spellings.items()
}


def read_unit(text: str) -> tuple[str, Decimal] | None:
    """Give (quantity, factor) of a unit text such as 万吨, 元/t; None where it is no unit that we know."""
    key = key_text(text).replace("·", "").replace("^", "").replace("每", "/")
    if key in SPELLINGS:
        return SPELLINGS[key]
    if key.count("/") != 1:
        return None
    above, below = (SPELLINGS.get(part) for part in key.split("/"))
    if above is None or below is None:
        return None
    return f"{above[0]}/{below[0]}", above[1] / below[1]


def compare_units(written: str, wanted: str) -> Decimal | None:
    """Give the factor that turns a figure in `written` into one in `wanted`; None where that is not certain."""
    if key_text(written) == key_text(wanted):
        return Decimal(1)
    first, second = read_unit(written), read_unit(wanted)
    if first is None or second is None or first[0] != second[0]:
        return None
    return first[1] / second[1]
