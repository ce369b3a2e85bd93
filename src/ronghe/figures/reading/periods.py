"""Months as stations write them in titles, sheet names and cells."""

import re
from typing import Final

from ronghe.common.sheets.text import INVISIBLE, widen_text

# What any month needs, full-width digits too; most texts are told by it alone.
MAYBE: Final = re.compile(r"月|\d{4}")
MONTH: Final = re.compile(r"20\d\d-\d\d")
CHINESE: Final = re.compile(r"(20\d\d)年(\d{1,2})月")
DASHED: Final = re.compile(r"(?<!\d)(20\d\d)[-/.](\d{1,2})(?!\d)")
PACKED: Final = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)")
BARE: Final = re.compile(r"(?<![\d\-至~到])(\d{1,2})月(?!\d)")
SPELLED: Final = {
    "十二": "12",
    "十一": "11",
    "十": "10",
    "一": "1",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
}
SPELLED_MONTH: Final = re.compile(r"(十二|十一|十|[一二三四五六七八九])月")
RANGE: Final = re.compile(r"\d{1,2}月?[-至~到]\d{1,2}月")


def find_months(text: str, *, year: str) -> set[str]:
    """Give the months ('2026-09') that a text names; one without a year is of `year`. A span (1-9月) names none."""
    if not MAYBE.search(text):
        return set()
    plain = INVISIBLE.sub("", widen_text(text))[:300]
    plain = SPELLED_MONTH.sub(lambda found: f"{SPELLED[found.group(1)]}月", plain)
    if RANGE.search(plain):
        return set()
    full = {(match.group(1), int(match.group(2))) for pattern in (CHINESE, DASHED, PACKED) for match in pattern.finditer(plain)}
    bare = {(year, int(match.group(1))) for match in BARE.finditer(CHINESE.sub("", plain))}
    return {f"{found_year}-{month:02d}" for found_year, month in full | bare if 1 <= month <= 12}


def is_month(period: str) -> bool:
    """Whether a period is a month; quarters and years are not looked for in titles."""
    return MONTH.fullmatch(period) is not None


def print_month(period: str) -> str:
    """Give '2026-09' as 2026年9月; another kind of period stays as it is."""
    year, _, month = period.partition("-")
    if not (year.isdigit() and month.isdigit()):
        return period
    return f"{year}年{int(month)}月"


def is_period(text: str, period: str) -> bool:
    """Whether a cell of a period column means the asked period."""
    plain = INVISIBLE.sub("", widen_text(text))
    if plain.casefold() == period.casefold():
        return True
    return find_months(plain, year=period[:4]) == {period}
