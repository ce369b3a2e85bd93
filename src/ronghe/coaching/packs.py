"""The 制度包 of 措施 (packs/coaching.toml)."""

import tomllib
from typing import Any

from django.conf import settings


def read_kinds() -> list[dict[str, Any]]:
    """Return the kinds of measures that an area may take over."""
    text = (settings.PACKS_DIR / "coaching.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["kind"])
