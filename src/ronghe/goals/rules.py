"""Domain rules of goals: pure values in, values out."""

import re

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Tell whether a text is a month like '2026-10'."""
    return bool(MONTH.fullmatch(text))
