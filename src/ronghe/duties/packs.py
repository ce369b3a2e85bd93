"""The 制度包 of duties (packs/duties.toml, packs/duty-lists.toml): matters with their holders, the detector's rules, lists."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class PackMatter:
    code: str
    name: str
    flow: str
    field: str
    what: str
    how: str
    degree: str
    evidence: str
    basis: str
    indicator: str
    holds: tuple[tuple[str, str, str], ...]  # (kind of post, side, kind of holding)


@dataclass(frozen=True)
class PackRule:
    """A rule of the detector: what it is called, why it matters, on what basis, who may settle it; its number where it has one."""

    code: str
    name: str
    why: str
    basis: str
    settler: str
    value: int | None = None
    meaning: str = ""


@dataclass(frozen=True)
class PackDuty:
    category: str
    what: str
    how: str
    degree: str
    rule: str = ""


@dataclass(frozen=True)
class Pack:
    name: str
    basis: str
    matters: tuple[PackMatter, ...]
    rules: dict[str, PackRule]


@dataclass(frozen=True)
class PackList:
    """A ready list for a kind of owner ('group', 'leader')."""

    code: str
    name: str
    basis: str
    categories: tuple[str, ...]
    duties: tuple[PackDuty, ...]


def read_duties(folder: Path | None = None) -> Pack:
    """Return the pack of the deployment. It is read once."""
    return _read_duties(folder or settings.PACKS_DIR)


def read_lists(folder: Path | None = None) -> dict[str, PackList]:
    """Return the ready lists by code."""
    return _read_lists(folder or settings.PACKS_DIR)


@lru_cache(maxsize=4)
def _read_duties(folder: Path) -> Pack:
    values: dict[str, Any] = tomllib.loads((folder / "duties.toml").read_text(encoding="utf-8"))
    return Pack(
        name=values["pack"]["name"],
        basis=values["pack"]["basis"],
        matters=tuple(
            PackMatter(
                **{key: row[key] for key in ("code", "name", "flow", "field", "what", "how", "degree", "evidence", "basis")},
                indicator=row.get("indicator", ""),
                holds=tuple(tuple(hold) for hold in row.get("hold", ())),
            )
            for row in values["matter"]
        ),
        rules={row["code"]: PackRule(**row) for row in values["rule"]},
    )


@lru_cache(maxsize=4)
def _read_lists(folder: Path) -> dict[str, PackList]:
    values: dict[str, Any] = tomllib.loads((folder / "duty-lists.toml").read_text(encoding="utf-8"))
    return {
        row["code"]: PackList(
            row["code"],
            row["name"],
            row["basis"],
            tuple(part["name"] for part in row["category"]),
            tuple(PackDuty(part["name"], *duty) for part in row["category"] for duty in part["duty"]),
        )
        for row in values["list"]
    }
