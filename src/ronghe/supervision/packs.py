"""The 制度包 of 监督 (packs/supervision.toml): lines to supervise, kinds of projects, rules of 预警, what is made known; each with its basis."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


def read_pack(part: str) -> list[dict[str, Any]]:
    """Return the rows of one part: line, project, alert or open."""
    return list(_read(settings.PACKS_DIR)[part])


@lru_cache(maxsize=4)
def _read(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "supervision.toml").read_text(encoding="utf-8"))
