"""Terms and topics: the area's own, else those of the pack."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from ronghe.archive.models import Term, Topic
from ronghe.archive.rules import name_term
from ronghe.common.papers import sources


@lru_cache(maxsize=4)
def read_pack(folder: Path | None = None) -> dict[str, Any]:
    return tomllib.loads(((folder or settings.PACKS_DIR) / "archive.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class TermLine:
    """保管期限 of one kind of paper. `own`: by the area, not the pack."""

    kind: str
    title: str
    years: int | None
    basis: str
    own: bool

    @property
    def text(self) -> str:
        return name_term(self.years)


def list_terms(area_id: int) -> list[TermLine]:
    """Return the term of every kind of paper. One query."""
    own = {row.kind: row for row in Term.objects.filter(area_id=area_id)}
    default = {row["kind"]: row for row in read_pack()["term"]}
    lines = []
    for kind, source in sources.items():
        row, given = own.get(kind), default.get(kind, {})
        years, basis = (row.years, row.basis) if row else (given.get("years"), given.get("basis", ""))
        lines.append(TermLine(kind, str(source.title), years, basis, row is not None))
    return lines


@dataclass(frozen=True)
class TopicLine:
    """A topic of inspections; `pk` 0: the pack's."""

    code: str
    name: str
    kinds: tuple[str, ...]
    basis: str
    pk: int = 0

    @property
    def kind_titles(self) -> str:
        return "、".join(str(one.title) for kind in self.kinds if (one := sources.get(kind)) is not None)


def list_topics(area_id: int) -> list[TopicLine]:
    """Return the topics that an inspection can be asked for. One query."""
    rows = list(Topic.objects.filter(area_id=area_id))
    if not rows:
        return [TopicLine(row["code"], row["name"], tuple(row["kinds"]), row["basis"]) for row in read_pack()["topic"]]
    return [TopicLine(row.code, row.name, tuple(row.kinds), row.basis, row.pk) for row in rows if row.retired_on is None]
