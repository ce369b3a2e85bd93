"""What a scheme is: frozen data, checked by `scheme.parse_scheme` before it gets here (SCORING.md, Scheme)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from ronghe.scoring.periods import PeriodKind

On = Literal["actual", "attainment", "deviation", "difference", "growth"]
Missing = Literal["unplaced", "zero", "exempt"]
Effect = Literal["zero_total", "zero_dimension", "cap_total"]
Method = Literal["curve", "step", "bands", "events", "direct", "veto"]
Pair = tuple[Decimal, Decimal]

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True)
class Curve:
    """A line through points (x, share of the full mark)."""

    points: tuple[Pair, ...]


@dataclass(frozen=True)
class Step:
    """So many marks for each step away from the origin; None stands for the contract's default."""

    per: Decimal
    up: Decimal = ZERO
    down: Decimal = ZERO
    origin: Decimal | None = None
    start: Decimal | None = None
    cap: Decimal | None = None
    floor: Decimal = ZERO
    whole: bool = True


@dataclass(frozen=True)
class Bands:
    """A share of the full mark from each threshold on."""

    bands: tuple[Pair, ...]
    below: Decimal = ZERO


@dataclass(frozen=True)
class Events:
    """So many marks for each occurrence; None stands for the contract's default."""

    each: Decimal
    start: Decimal | None = None
    cap: Decimal | None = None
    floor: Decimal = ZERO


def start_of(rule: Step | Events, full: Decimal) -> Decimal:
    """Return the marks from which the steps or events are counted."""
    if rule.start is not None:
        return rule.start
    if isinstance(rule, Events):
        return full if rule.each < 0 else ZERO
    return full


def bounds_of(rule: Step | Events, full: Decimal) -> Pair:
    """Return the floor and the cap of a mark, with the contract's defaults."""
    if rule.cap is not None:
        return rule.floor, rule.cap
    return rule.floor, max(start_of(rule, full), full) if isinstance(rule, Step) else full


@dataclass(frozen=True)
class Direct:
    """A mark given by reviewers."""


@dataclass(frozen=True)
class Veto:
    """A count that, once reached, strikes the unit's total or a dimension."""

    effect: Effect
    at: Decimal = ONE
    limit: Decimal | None = None


Rule = Curve | Step | Bands | Events | Direct | Veto
METHOD_OF: dict[type, Method] = {
    Curve: "curve",
    Step: "step",
    Bands: "bands",
    Events: "events",
    Direct: "direct",
    Veto: "veto",
}


@dataclass(frozen=True)
class Indicator:
    """One line of a scheme. `full` is in marks, `decimals` those of its figures.

    `tracks` (our extension) names the tracks for which the indicator exists; None means all of them.
    """

    code: str
    name: str
    unit: str
    rule: Rule
    full: Decimal = ZERO
    dimension: str | None = None
    decimals: int = 2
    on: On | None = None
    missing: Missing | None = None
    tracks: tuple[str, ...] | None = None

    @property
    def method(self) -> Method:
        return METHOD_OF[type(self.rule)]

    @property
    def is_veto(self) -> bool:
        return isinstance(self.rule, Veto)

    def applies_to(self, track: str) -> bool:
        """Tell whether the indicator exists for the units of a track."""
        return self.tracks is None or track in self.tracks


@dataclass(frozen=True)
class Dimension:
    """A group of indicators whose marks are added up, with its own column in the totals."""

    code: str
    name: str
    cap: Decimal | None = None


@dataclass(frozen=True)
class Grade:
    """A word for a final total of at least `min`."""

    name: str
    min: Decimal


@dataclass(frozen=True)
class Scheme:
    """A whole scheme, as it was checked. Indicators keep the order of the file, which is that of the results."""

    code: str
    name: str
    version: int
    basis: str
    period: PeriodKind
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    digits: int = 2
    missing: Missing = "unplaced"
    cap: Decimal | None = None
    floor: Decimal | None = None
    tie_break: tuple[str, ...] = ()
    min_peers: int = 3
    grades: tuple[Grade, ...] = field(default=())

    @cached_property
    def digest(self) -> str:
        """sha256 of the canonical TOML: the same content gives the same digest, however the file was laid out."""
        return hashlib.sha256(self.to_toml().encode()).hexdigest()

    @cached_property
    def indicator_by_code(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def dimension_by_code(self) -> dict[str, Dimension]:
        return {dimension.code: dimension for dimension in self.dimensions}

    @property
    def vetoes(self) -> tuple[Indicator, ...]:
        return tuple(indicator for indicator in self.indicators if indicator.is_veto)

    def policy_of(self, indicator: Indicator) -> Missing:
        """Return what a missing figure of the indicator means."""
        return indicator.missing or self.missing

    def indicators_for(self, track: str) -> tuple[Indicator, ...]:
        """Return the indicators that exist for a track, in the scheme's order."""
        return tuple(indicator for indicator in self.indicators if indicator.applies_to(track))

    def to_toml(self) -> str:
        """Write the scheme as canonical TOML; reading it again gives an equal scheme."""
        from ronghe.scoring.scheme_toml import write_scheme

        return write_scheme(self)
