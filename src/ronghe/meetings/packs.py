"""The 制度包 of meetings (packs/meetings.toml) as plain values; an area copies it and keeps its own editions."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

PLAIN = ("code", "name", "body", "presiders", "norm", "basis")
DEFAULTS = {"times": 1, "by_name": False, "head_last": False, "in_room": False, "materials_days": 0, "counts": False}


def read_kinds(folder: Path | None = None) -> list[dict[str, Any]]:
    """Return the kinds in their order; each with `quorums`, rows of meetings.models.QuorumRule."""
    return _read(folder or settings.PACKS_DIR)


@lru_cache(maxsize=4)
def _read(folder: Path) -> list[dict[str, Any]]:
    rows = tomllib.loads((folder / "meetings.toml").read_text(encoding="utf-8"))["kind"]
    return [
        {
            **{name: row[name] for name in PLAIN},
            **{name: row.get(name, default) for name, default in DEFAULTS.items()},
            "order": order,
            "quorums": [read_quorum(one) for one in row.get("quorum", [])],
        }
        for order, row in enumerate(rows)
    ]


def read_quorum(row: dict[str, Any]) -> dict[str, Any]:
    """Return one cell of the table."""
    attend, passing = row["attend"], row["pass"]
    return {
        "matter_class": row["class"],
        "attend_numerator": attend[0],
        "attend_denominator": attend[1],
        "attend_strict": attend[2] == "over",
        "pass_numerator": passing[0],
        "pass_denominator": passing[1],
        "pass_strict": passing[2] == "over",
        "base": row["base"],
        "recusal": row["recusal"],
        "forms": row["forms"],
        "basis": row["basis"],
    }
