"""Which scheme applied when, and a version written out for reading."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from ronghe.assessment import kernel
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.words import describe_effect, describe_method, describe_missing


def find_scheme(area_id: int, period: str) -> SchemeVersion | None:
    """Return the version that applies to a month: published, begun, not ended; of several the one that began last."""
    begun = SchemeVersion.objects.filter(area_id=area_id, state=SchemeVersion.State.PUBLISHED, period_kind="month", valid_from__lte=period)
    for row in begun.order_by("-valid_from", "-number"):
        if not row.valid_to or row.valid_to >= period:
            return row
    return None


def read_pack_scheme() -> str:
    """Return the 制度包's scheme (packs/scheme-group-station.toml), which a unit copies and makes its own."""
    text: str = (settings.PACKS_DIR / "scheme-group-station.toml").read_text(encoding="utf-8")
    return text


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator of a scheme, in words."""

    code: str
    name: str
    unit: str
    full: str
    method: str
    missing: str
    tracks: str


@dataclass(frozen=True)
class DimensionBlock:
    """A front with its indicators."""

    name: str
    cap: str
    full: str
    lines: list[IndicatorLine]


def describe_scheme(version: SchemeVersion, track_names: dict[str, str]) -> dict[str, Any]:
    """Return the blocks and the common rules of a version, ready to print."""
    scheme = kernel.scheme_of(version)
    plain = kernel.plain
    blocks = []
    for dimension in scheme.dimensions:
        own = [item for item in scheme.indicators if item.dimension == dimension.code and not item.is_veto]
        lines = [describe_line(scheme, item, track_names) for item in own]
        blocks.append(DimensionBlock(dimension.name, plain(dimension.cap) if dimension.cap is not None else "", sum_full(own), lines))
    names = {item.code: item.name for item in scheme.indicators}
    return {
        "blocks": blocks,
        "vetoes": [
            {"name": item.name, "rule": describe_effect(item, scheme.dimension_by_code), "tracks": name_tracks(item, track_names)}
            for item in scheme.vetoes
        ],
        "grades": [{"name": grade.name, "min": plain(grade.min)} for grade in scheme.grades],
        "ties": [names[code] for code in scheme.tie_break],
        "min_peers": scheme.min_peers,
        "cap": plain(scheme.cap) if scheme.cap is not None else "",
        "floor": plain(scheme.floor) if scheme.floor is not None else "",
        "digits": scheme.digits,
        "missing": describe_missing(scheme.missing),
        "count": len(scheme.indicators),
    }


def describe_line(scheme: Any, item: Any, track_names: dict[str, str]) -> IndicatorLine:
    """Put one indicator into words."""
    return IndicatorLine(
        item.code,
        item.name,
        item.unit,
        kernel.plain(item.full),
        describe_method(item),
        describe_missing(scheme.policy_of(item)),
        name_tracks(item, track_names),
    )


def name_tracks(item: Any, track_names: dict[str, str]) -> str:
    """Return the names of the tracks for which an indicator exists; '' for all."""
    return "、".join(track_names.get(code, code) for code in item.tracks or ())


def sum_full(items: list[Any]) -> str:
    """Return what a unit can earn in a front: one number, or the range over tracks."""
    tracks = {code for item in items for code in item.tracks or ()} or {""}
    sums = sorted({sum((item.full for item in items if item.applies_to(track)), Decimal(0)) for track in tracks})
    return "–".join(kernel.plain(value) for value in dict.fromkeys((sums[0], sums[-1])))
