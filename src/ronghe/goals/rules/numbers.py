"""Domain rules of goals: pure values in, values out."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
BLANKS = frozenset({"", "-", "—", "——", "/", "无"})
SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "%": Decimal(1)}


def is_month(text: str) -> bool:
    """Tell whether a text is a month like '2026-10'."""
    return bool(MONTH.fullmatch(text))


def is_code(text: str) -> bool:
    """Tell whether a text may be an indicator's code (SCORING.md)."""
    return bool(CODE.fullmatch(text))


def read_number(text: str) -> Decimal | None:
    """Return the number of a typed text, None for a blank. Full-width digits, thousands, % and 万 are read. Raises ValueError."""
    plain = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text)).replace("−", "-")
    if plain in BLANKS:
        return None
    scale = Decimal(1)
    if plain[-1] in SCALES:
        plain, scale = plain[:-1], SCALES[plain[-1]]
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,8})?", plain):
        raise ValueError(text)
    try:
        value = Decimal(plain) * scale
    except InvalidOperation:
        raise ValueError(text) from None
    if value != value.quantize(Decimal("0.000001")) or abs(value) >= 10**12:
        raise ValueError(text)
    return value


def print_number(value: Decimal | None) -> str:
    """Return a number plainly: no exponent, no trailing zeros; '' for none."""
    if value is None:
        return ""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text


def split_names(text: str) -> list[str]:
    """Return the aliases typed into one field, parted by commas or 、, each once, in order."""
    parts = (part.strip() for part in re.split(r"[,,、;;\n]", text))
    return list(dict.fromkeys(part for part in parts if part))
