"""The 制度包 of the organisation (packs/organisation.toml): tracks, kinds of posts, the seven leaders with their committee posts."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class PostKind:
    """A kind of post; `committee` are the codes of the committee posts that a leader holds with it (M7)."""

    code: str
    name: str
    scope: str
    describe: str = ""
    title: str = ""
    committee: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pack:
    """The organisation of the paper, as far as this product keeps it."""

    name: str
    basis: str
    tracks: tuple[tuple[str, str], ...]
    posts: dict[str, PostKind]
    committee: dict[str, str]
    offices: dict[str, tuple[str, str]]

    def name_committee(self, codes: list[str]) -> str:
        """Return '副书记、组织委员' of committee codes."""
        return "、".join(self.committee.get(code, code) for code in codes)


def read_organisation(folder: Path | None = None) -> Pack:
    """Return the pack of the deployment. It is read once."""
    return _read(folder or settings.PACKS_DIR)


@lru_cache(maxsize=4)
def _read(folder: Path) -> Pack:
    text = (folder / "organisation.toml").read_text(encoding="utf-8")
    values: dict[str, Any] = tomllib.loads(text)
    leaders = {row["post"]: row for row in values["leader"]}
    posts = {
        row["code"]: PostKind(
            code=row["code"],
            name=row["name"],
            scope=row["scope"],
            describe=row["describe"],
            title=leaders.get(row["code"], {}).get("administrative", row["name"]),
            committee=tuple(leaders.get(row["code"], {}).get("committee", ())),
        )
        for row in values["post"]
    }
    return Pack(
        name=values["pack"]["name"],
        basis=values["pack"]["basis"],
        tracks=tuple((row["code"], row["name"]) for row in values["track"]),
        posts=posts,
        committee={row["code"]: row["name"] for row in values["committee_post"]},
        offices={row["code"]: (row["name"], row["describe"]) for row in values["office"]},
    )
