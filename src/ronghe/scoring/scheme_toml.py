"""Writing a scheme as canonical TOML (the digest rests on it; the scheme editor exports it)."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal

from ronghe.scoring.numbers import plain
from ronghe.scoring.scheme_model import Indicator, Scheme

_PAIRS = ("points", "bands")


def write_scheme(scheme: Scheme) -> str:
    """Return the scheme's canonical TOML: fixed order of keys, plain decimals, defaults left out only where None."""
    blocks = [
        _table(
            "[scheme]",
            {
                "code": scheme.code,
                "name": scheme.name,
                "version": scheme.version,
                "basis": scheme.basis,
                "period": scheme.period,
                "digits": scheme.digits,
                "missing": scheme.missing,
                "cap": scheme.cap,
                "floor": scheme.floor,
            },
        ),
        _table("[ranking]", {"tie_break": scheme.tie_break, "min_peers": scheme.min_peers}),
    ]
    blocks += [_table("[[grade]]", {"name": grade.name, "min": grade.min}) for grade in scheme.grades]
    blocks += [
        _table("[[dimension]]", {"code": dimension.code, "name": dimension.name, "cap": dimension.cap}) for dimension in scheme.dimensions
    ]
    blocks += [_table("[[indicator]]", _indicator_keys(indicator)) for indicator in scheme.indicators]
    return "\n".join(blocks)


def _indicator_keys(indicator: Indicator) -> dict[str, object]:
    keys: dict[str, object] = {
        "code": indicator.code,
        "name": indicator.name,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "dimension": indicator.dimension,
        "full": None if indicator.is_veto else indicator.full,
        "method": indicator.method,
        "on": indicator.on,
    }
    rule = {item.name: getattr(indicator.rule, item.name) for item in dataclasses.fields(indicator.rule)}
    return {**keys, **rule, "missing": indicator.missing, "tracks": indicator.tracks}


def _table(header: str, keys: dict[str, object]) -> str:
    lines = [header]
    lines += [f"{key} = {_value(value)}" for key, value in keys.items() if value is not None]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _text(str(value))


def _text(value: str) -> str:
    # JSON's escapes are TOML's too, apart from DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
