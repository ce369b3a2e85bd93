"""Exact decimals and fractions as text and as integers in units of 10^-digits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

MICRO = 10**6
"""Figures have at most 6 decimals: the kernel counts them in millionths."""
FIGURE_LIMIT = 10**18 - 1
"""The largest figure (12 digits before the point, 6 after it), in millionths."""
DECIMAL_LIMIT = 10**38
"""What the exact arithmetic of an engine, DECIMAL(38, 0), must stay below."""


def plain(value: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros; zero has no sign."""
    if value == 0:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def count_decimals(value: Decimal) -> int:
    """Return how many decimals the value needs (45.00 needs none)."""
    text = plain(value)
    return len(text.partition(".")[2])


def round_half_up(value: Fraction, digits: int) -> int:
    """Round half away from zero to `digits` decimals; the result counts units of 10^-digits."""
    numerator = abs(value.numerator) * 10**digits
    units = (2 * numerator + value.denominator) // (2 * value.denominator)
    return -units if value < 0 else units


def as_units(value: Decimal, digits: int) -> int:
    """Return a decimal in units of 10^-digits, rounded half-up where it has more decimals."""
    return round_half_up(Fraction(value), digits)


def percent(share: Decimal) -> str:
    """Write a share as a percentage: 0.8 → 80%."""
    return plain(share * 100) + "%"
