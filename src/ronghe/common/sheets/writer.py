"""What every workbook that we write has in common: no text ever becomes a formula or a link."""

import io
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ronghe.common.sheets.text import widen_text

# What Excel and WPS take for the start of a formula when a cell is edited; full-width ones are turned first.
FORMULA_STARTS: Final = ("=", "+", "-", "@")
OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONT: Final = "宋体"


class Book:
    """A workbook in memory, with the formats made once each."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        self.workbook: Workbook = xlsxwriter.Workbook(self.buffer, OPTIONS)
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def make_format(self, **properties: Any) -> Format:
        """Give the format with these properties."""
        properties = {"font_name": FONT, "font_size": 11, "valign": "vcenter", **properties}
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format(properties)
        return self.formats[key]

    def write_text(self, sheet: Worksheet, row: int, column: int, text: str, **properties: Any) -> None:
        """Write a text, row and column from 0. One that looks like a formula is marked as text, so that it stays one."""
        if is_risky(text):
            properties["quote_prefix"] = True
        sheet.write_string(row, column, drop_controls(text), self.make_format(**properties))

    def close_bytes(self) -> bytes:
        """Finish the workbook and give its bytes."""
        self.workbook.close()
        return self.buffer.getvalue()


def is_risky(text: str) -> bool:
    """Whether a text could be taken for a formula."""
    return widen_text(text).startswith(FORMULA_STARTS) or text.startswith(("\t", "\r", "\n"))


def drop_controls(text: str) -> str:
    """Give a text without what XML cannot hold, within Excel's limit of a cell."""
    kept = "".join(
        mark for mark in text if mark in "\t\n" or (mark >= " " and mark not in "\ufffe\uffff" and not "\ud800" <= mark <= "\udfff")
    )
    return kept[:32_000]


def name_sheet(name: str, taken: set[str]) -> str:
    """Give a name that Excel accepts and no other sheet has."""
    plain = "".join("_" if mark in "[]:*?/\\'" else mark for mark in drop_controls(name)).strip()[:28] or "工作表"
    if plain.casefold() == "history":
        plain += "_"
    unique, number = plain, 2
    while unique.casefold() in taken:
        unique, number = f"{plain}{number}", number + 1
    taken.add(unique.casefold())
    return unique
