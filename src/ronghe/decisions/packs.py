"""The 制度包 of decisions (packs/decisions.toml), read for the first version of an area's list."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings


def read_pack(folder: Path | None = None) -> dict[str, Any]:
    """Return the pack's values."""
    path = (folder or settings.PACKS_DIR) / "decisions.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_rules(pack: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines of the list as values of models.Rule."""
    return [
        {
            "code": row["code"],
            "title": row["title"],
            "theme": row["theme"],
            "category": row["category"],
            "threshold": Decimal(row["threshold"]) if "threshold" in row else None,
            "scope": row["scope"],
            "keywords": row["keywords"],
            "field": row["field"],
            "owner_post": row["owner"],
            "front": row["front"],
            "decided_by": row["decided_by"],
            "controlled": row.get("controlled", False),
            "reported": row.get("reported", False),
            "survey_form": row.get("survey_form", "survey"),
            "steps": row["steps"],
            "basis": row["basis"],
            "order": order,
        }
        for order, row in enumerate(pack["rule"], 1)
    ]


def read_forms(pack: dict[str, Any]) -> dict[str, Any]:
    """Return the forms as stored on a list: code → name, proof, fields."""
    return {row["code"]: {"name": row["name"], "proof": row["proof"], "fields": row["fields"]} for row in pack["form"]}
