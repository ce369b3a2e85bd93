"""The 制度包 of 能力 (packs/capability.toml): what each role asks, with its basis."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


def read_requirements() -> list[dict[str, Any]]:
    """Return the default requirements: role, kind, name, need, basis."""
    return list(_read(settings.PACKS_DIR)["requirement"])


@lru_cache(maxsize=4)
def _read(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "capability.toml").read_text(encoding="utf-8"))
