"""What is asked of a sheet: the period, the units, the indicators, and which figures its sender may fill."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["quantity", "count", "veto"]
Field = Literal["actual", "target", "base"]


@dataclass(frozen=True)
class Unit:
    """One row of the wide form: a station or an office."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One column of the wide form.

    `unit` is the unit text ('t', '%', '元/t', '起'). `kind`: a count and a veto are whole and not negative.
    `percent_points`: a figure in '%' is stored as 95 (True) or as 0.95 (False). `low` and `high` are the plausible
    range, where the product knows one; it only helps to tell 0.8 % from a mistaken 80 %.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 2
    kind: Kind = "quantity"
    percent_points: bool = True
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Request:
    """All that the reader needs to know; plain values, no database.

    `allowed` holds the (unit code, indicator code) pairs that this sender may and must fill. `extra_fields` are the
    columns beside the actual that a sheet may carry. `known` are figures already held: equal ones outside `allowed`
    are a note, not an error.
    """

    period: str
    units: tuple[Unit, ...]
    indicators: tuple[Indicator, ...]
    allowed: frozenset[tuple[str, str]]
    extra_fields: tuple[Field, ...] = ()
    known: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)


def dump_request(request: Request) -> dict[str, Any]:
    """Give the request as JSON-ready values, for the child process."""
    return {
        "period": request.period,
        "units": [[unit.code, unit.name, list(unit.aliases)] for unit in request.units],
        "indicators": [dump_indicator(indicator) for indicator in request.indicators],
        "allowed": sorted(list(pair) for pair in request.allowed),
        "extra_fields": list(request.extra_fields),
        "known": [[unit, indicator, str(value)] for (unit, indicator), value in sorted(request.known.items())],
    }


def load_request(values: Mapping[str, Any]) -> Request:
    """Give back the request that `dump_request` wrote."""
    return Request(
        period=values["period"],
        units=tuple(Unit(code, name, tuple(aliases)) for code, name, aliases in values["units"]),
        indicators=tuple(load_indicator(entry) for entry in values["indicators"]),
        allowed=pair_codes(values["allowed"]),
        extra_fields=tuple(values["extra_fields"]),
        known={(unit, indicator): Decimal(value) for unit, indicator, value in values["known"]},
    )


def pair_codes(pairs: Iterable[Iterable[str]]) -> frozenset[tuple[str, str]]:
    """Give (unit code, indicator code) pairs as a set."""
    return frozenset((unit, indicator) for unit, indicator in pairs)


def dump_indicator(indicator: Indicator) -> dict[str, Any]:
    """Give one indicator as JSON-ready values."""
    return {
        "code": indicator.code,
        "name": indicator.name,
        "aliases": list(indicator.aliases),
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "kind": indicator.kind,
        "percent_points": indicator.percent_points,
        "low": None if indicator.low is None else str(indicator.low),
        "high": None if indicator.high is None else str(indicator.high),
    }


def load_indicator(values: Mapping[str, Any]) -> Indicator:
    """Give back one indicator."""
    return Indicator(
        code=values["code"],
        name=values["name"],
        aliases=tuple(values["aliases"]),
        unit=values["unit"],
        decimals=values["decimals"],
        kind=values["kind"],
        percent_points=values["percent_points"],
        low=None if values["low"] is None else Decimal(values["low"]),
        high=None if values["high"] is None else Decimal(values["high"]),
    )
