"""The 制度包 of letters (packs/letters.toml)."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from ronghe.letters.word import build_template


@dataclass(frozen=True)
class PackTemplate:
    code: str
    title: str
    whom: str
    basis: str
    text: tuple[str, ...]

    def build(self) -> bytes:
        """Return the docx. It is built once."""
        return _build(self.title, self.text)


def read_templates(folder: Path | None = None) -> dict[str, PackTemplate]:
    """Return the ready templates by code. They are read once."""
    return _read(folder or settings.PACKS_DIR)


@lru_cache(maxsize=8)
def _build(title: str, text: tuple[str, ...]) -> bytes:
    return build_template(title, list(text))


@lru_cache(maxsize=4)
def _read(folder: Path) -> dict[str, PackTemplate]:
    values: dict[str, Any] = tomllib.loads((folder / "letters.toml").read_text(encoding="utf-8"))
    return {
        row["code"]: PackTemplate(row["code"], row["title"], row["whom"], row["basis"], tuple(row["text"])) for row in values["template"]
    }
