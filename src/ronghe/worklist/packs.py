"""The 制度包 of guides (packs/guide-*.toml), and the table of minutes (packs/entry-minutes.toml)."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class GuidePack:
    code: str
    title: str
    kind: str
    basis: str
    items: tuple[dict[str, Any], ...]


def list_guide_packs() -> list[GuidePack]:
    """Return the guides that a unit can take over."""
    return list(_read(settings.PACKS_DIR))


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[GuidePack, ...]:
    packs = []
    for path in sorted(folder.glob("guide-*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        head = values["pack"]
        packs.append(GuidePack(head["code"], head["name"], head["post"], head["basis"], tuple(values["item"])))
    return tuple(packs)


@dataclass(frozen=True)
class Minutes:
    """What filling one field takes, in minutes, with what the number rests on."""

    name: str
    minutes: Decimal
    basis: str


@lru_cache(maxsize=4)
def read_minutes(folder: Path | None = None) -> dict[str, Minutes]:
    """Return kind of field → minutes."""
    text = ((folder or settings.PACKS_DIR) / "entry-minutes.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["field"]
    return {row["kind"]: Minutes(row["name"], Decimal(row["minutes"]), row["basis"]) for row in rows}
