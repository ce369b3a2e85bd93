"""The default terms (packs/retention.toml). They hold until this deployment has put a rule of its own in force."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class DefaultRule:
    """`days` None: kept for ever until a rule says otherwise."""

    kind: str
    days: int | None
    basis: str


def read_defaults(folder: Path | None = None) -> dict[str, DefaultRule]:
    """Return kind → its default. Read once."""
    return _read(folder or settings.PACKS_DIR)


@lru_cache(maxsize=4)
def _read(folder: Path) -> dict[str, DefaultRule]:
    values = tomllib.loads((folder / "retention.toml").read_text(encoding="utf-8"))
    return {row["kind"]: DefaultRule(row["kind"], row.get("days"), row["basis"]) for row in values["rule"]}
