"""档案: numbers, names of files, terms. Pure: no Django."""

import re
from datetime import date

MOST_PIECES = 5000
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
LONGEST_NAME = 60


def write_number(prefix: str, year: int, serial: int) -> str:
    """Return 文号 as GB/T 9704 writes it: 采一党〔2026〕12号, no leading zeros."""
    return f"{prefix}〔{year}〕{serial}号"


def name_term(years: int | None) -> str:
    return "永久" if years is None else f"{years}年"


def clean_file_name(title: str) -> str:
    """Return a title as part of a file's name on any system: no separators, no leading dots, not too long."""
    plain = FORBIDDEN.sub("_", title).strip(" .")
    return plain[:LONGEST_NAME].strip(" .") or "无题"


def year_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def find_year_fault(year: int, today: date) -> str:
    """Return why a year can't be filed, or ''. The running one may: it is filed again when it is over."""
    if year > today.year:
        return "还没有到这一年。"
    return "" if year >= 2000 else "年度不对。"
