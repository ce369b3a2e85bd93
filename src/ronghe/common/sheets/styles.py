"""Number formats of an .xlsx: which cells show a percent, which a date."""

import re
from typing import Final, Literal

from ronghe.common.sheets import limits
from ronghe.common.sheets.markup import Attributes, Handler, ParsingStoppedError

Shown = Literal["plain", "percent", "date"]

PERCENT_FORMATS: Final = frozenset({9, 10})
DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
# A quoted text, an escaped or a padding character, a colour or a condition: shown, but no part of the number.
LITERALS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
DATE_MARKS: Final = re.compile(r"[ymdhs年月日]", re.IGNORECASE)


def classify_format(code: str) -> Shown:
    """Tell from a format code what the number is shown as."""
    bare = LITERALS.sub("", code[:300])
    if "%" in bare:
        return "percent"
    if bare.casefold() != "general" and DATE_MARKS.search(bare):
        return "date"
    return "plain"


class StyleHandler(Handler):
    """Collects, for each cell style in order, what it shows."""

    def __init__(self) -> None:
        self.formats: dict[int, Shown] = {}
        self.shown: list[Shown] = []
        self.inside = False

    def open_tag(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self.formats[read_whole(attributes.get("numFmtId", ""))] = classify_format(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.add_style(read_whole(attributes.get("numFmtId", "0")))

    def close_tag(self, name: str) -> None:
        if name == "cellXfs":
            raise ParsingStoppedError

    def add_style(self, number: int) -> None:
        """Take one cell style."""
        if len(self.shown) < limits.MAX_STYLES:
            self.shown.append(self.formats.get(number) or classify_number(number))


def classify_number(number: int) -> Shown:
    """Tell what one of the built-in formats shows."""
    if number in PERCENT_FORMATS:
        return "percent"
    if number in DATE_FORMATS:
        return "date"
    return "plain"


def read_whole(text: str) -> int:
    """Give a whole number from an attribute; -1 where it is none."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        return -1
    return int(text)
