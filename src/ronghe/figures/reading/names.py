"""Which unit or indicator a text names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ronghe.common.sheets.text import fold_numerals, key_text
from ronghe.figures.reading.request import Indicator, Request, Unit

GROUP: Final = "党小组"
TOTAL_WORDS: Final = frozenset(
    {
        "合计",
        "总计",
        "小计",
        "总和",
        "累计",
        "共计",
        "平均",
        "平均值",
        "均值",
        "汇总",
        "全区",
        "全厂",
        "管理区合计",
        "全区合计",
        "最大值",
        "最小值",
        "栏次",
        "甲",
        "乙",
    }
)
NOTE_START: Final = re.compile(
    r"^[(]?(注[:(、,.0-9]|注$|注意|备注|说明|附注|填表|填报|制表|审核|复核|审批|单位负责人|负责人|主管|联系|电话|日期|报送|上报|签字|盖章|统计人|核对|批准|分管|打印|页码|第.页)"
)
NOTE_ANYWHERE: Final = re.compile(r"(制表人|填表人|填报人|审核人|负责人|联系电话|合计[:(]|填报日期|报送日期)")


@dataclass(frozen=True)
class Match:
    """What a text names: the codes (more than one: it is not certain which), and whether the spelling was bent."""

    codes: tuple[str, ...]
    bent: bool = False


NO_MATCH: Final = Match(())


class Names:
    """Looks units and indicators up by code, name and alias."""

    def __init__(self, request: Request) -> None:
        self.units = {unit.code: unit for unit in request.units}
        self.indicators = {indicator.code: indicator for indicator in request.indicators}
        self.unit_keys = collect_keys((spell_unit(unit), unit.code) for unit in request.units)
        self.folded_keys = collect_keys(([fold_numerals(key) for key in spell_unit(unit)], unit.code) for unit in request.units)
        self.indicator_keys = collect_keys((spell_indicator(indicator), indicator.code) for indicator in request.indicators)
        # The longest first: 原油产量 before 产量.
        self.longest = sorted(self.indicator_keys, key=lambda key: (-len(key), key))
        self.unit_cache: dict[str, Match] = {}

    def find_unit(self, text: str) -> Match:
        """Give the unit that a text names; 采油1站 meets 采油一站, bent."""
        if text not in self.unit_cache:
            self.unit_cache[text] = self.look_up_unit(key_text(text))
        return self.unit_cache[text]

    def look_up_unit(self, key: str) -> Match:
        """Give the unit for a key."""
        if not key:
            return NO_MATCH
        if key in self.unit_keys:
            return Match(self.unit_keys[key])
        folded = self.folded_keys.get(fold_numerals(key), ())
        return Match(folded, bent=True) if len(folded) == 1 else NO_MATCH

    def find_indicator(self, key: str) -> Match:
        """Give the indicator for a key."""
        return Match(self.indicator_keys.get(key, ()))


def spell_unit(unit: Unit) -> list[str]:
    """Give the keys of a unit: code, name, aliases, each name with and without 党小组."""
    keys = [key_text(unit.code)]
    for name in (unit.name, *unit.aliases):
        key = key_text(name)
        keys += [key, key.removesuffix(GROUP), key.removesuffix(GROUP) + GROUP]
    return [key for key in keys if key and key != GROUP]


def spell_indicator(indicator: Indicator) -> list[str]:
    """Give the keys of an indicator: code, name, aliases."""
    keys = [key_text(text) for text in (indicator.code, indicator.name, *indicator.aliases)]
    return [key for key in keys if key]


def collect_keys(spellings: Iterable[tuple[list[str], str]]) -> dict[str, tuple[str, ...]]:
    """Give key to codes; a key of two codes keeps both, so that it is asked about and not guessed."""
    found: dict[str, tuple[str, ...]] = {}
    for keys, code in spellings:
        for key in keys:
            codes = found.get(key, ())
            if code not in codes:
                found[key] = (*codes, code)
    return found


def is_total(text: str) -> bool:
    """Whether a row's name says that it is a total or a mean."""
    key = key_text(text)
    return key in TOTAL_WORDS or key.endswith(("合计", "总计", "小计", "平均"))


def is_remark(text: str) -> bool:
    """Whether a text is a note or a signature line below a table."""
    key = key_text(text)
    return bool(NOTE_START.match(key) or NOTE_ANYWHERE.search(key))
