"""Whether a scheme's numbers leave room for exact arithmetic within 38 digits (SCORING.md, Scheme: Problems)."""

from __future__ import annotations

from ronghe.scoring.numbers import DECIMAL_LIMIT, as_units, count_decimals
from ronghe.scoring.problems import Problem
from ronghe.scoring.scheme_model import Indicator, Scheme, Veto
from ronghe.scoring.segments import compile_segments, fits

_KEY_OF_METHOD = {
    "curve": "points",
    "step": "per",
    "bands": "bands",
    "events": "each",
    "direct": "full",
    "veto": "at",
}
_MESSAGE = "数字过长,精确计算会超过 38 位"
_MOST_UNITS = 10**9


def check_sizes(scheme: Scheme, file: str) -> list[Problem]:
    """Return a problem for each indicator, and for the scheme, whose arithmetic could pass 38 digits."""
    problems = [
        Problem(file, f"indicator {indicator.code}", _KEY_OF_METHOD[indicator.method], _MESSAGE)
        for indicator in scheme.indicators
        if not _indicator_fits(indicator, scheme.digits)
    ]
    return problems or _check_totals(scheme, file)


def full_scale(scheme: Scheme) -> int:
    """Return the decimals with which every `full` of the scheme is an integer."""
    return max((count_decimals(indicator.full) for indicator in scheme.indicators), default=0)


def _indicator_fits(indicator: Indicator, digits: int) -> bool:
    return all(fits(segment, indicator.on, digits) for segment in compile_segments(indicator, digits))


def _check_totals(scheme: Scheme, file: str) -> list[Problem]:
    """Bound the scaled sums: a sum may be multiplied by (Σ full)/(one full), in a dimension and again in the total."""
    scale = full_scale(scheme)
    full = sum(as_units(indicator.full, scale) for indicator in scheme.indicators) + 1
    marks = 0
    for indicator in scheme.indicators:
        ends = [abs(end) for segment in compile_segments(indicator, scheme.digits) for end in (segment.low, segment.high)]
        marks += max([*ends, as_units(indicator.full, scheme.digits)])
    bounds = [scheme.cap, scheme.floor, *(dimension.cap for dimension in scheme.dimensions)]
    bounds += [grade.min for grade in scheme.grades]
    bounds += [indicator.rule.limit for indicator in scheme.indicators if isinstance(indicator.rule, Veto)]
    marks += sum(abs(as_units(bound, scheme.digits)) for bound in bounds if bound is not None) + 1
    if max(4 * marks * full * full, 4 * marks * _MOST_UNITS) < DECIMAL_LIMIT:
        return []
    return [Problem(file, "scheme", "digits", f"{_MESSAGE}:各项满分合计过大或小数过长")]
