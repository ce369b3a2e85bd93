"""The 制度包 of lights (packs/lights.toml): the rule of an area that has set none."""

import tomllib
from decimal import Decimal
from functools import cache

from django.conf import settings

from ronghe.outlook.rules import Limits


@cache
def read_limits() -> Limits:
    """Return the pack's rule."""
    found = tomllib.loads((settings.PACKS_DIR / "lights.toml").read_text(encoding="utf-8"))
    return Limits(Decimal(found["green"]), Decimal(found["yellow"]), found["basis"])
