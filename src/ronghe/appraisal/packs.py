"""The 制度包 of 述职评议 (packs/appraisal.toml) as plain values; an area copies it and keeps its own versions."""

import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

PLAIN = ("code", "name", "who", "rhythm", "basis", "report_days", "scope")
DEFAULTS: dict[str, Any] = {
    "judges": [], "items": [], "inputs": {}, "quota": [], "min_turnout": 0, "missing": "spread", "ballot_days": 5, "objection_days": 5,
    "links": False,
}  # fmt: skip


def read_templates(folder: Path | None = None) -> list[dict[str, Any]]:
    """Return the templates in their order, as values of appraisal.models.Template."""
    return [dict(row) for row in _read(folder or settings.PACKS_DIR)]


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[dict[str, Any], ...]:
    data = tomllib.loads((folder / "appraisal.toml").read_text(encoding="utf-8"))
    shared, rows = data["shared"], data["template"]
    schemes = {row["code"]: row.get("scheme", "") for row in rows}
    return tuple(read_template(row, shared, schemes) for row in rows)


def read_template(row: dict[str, Any], shared: dict[str, Any], schemes: dict[str, str]) -> dict[str, Any]:
    """Return one template. `scheme` may name another template whose composition it shares, for its own rhythm."""
    scheme = row.get("scheme", "")
    if scheme in schemes:
        scheme = schemes[scheme].replace('period = "quarter"', f'period = "{row["rhythm"]}"')
        scheme = scheme.replace("appraisal-leader-quarter", f"appraisal-{row['code']}").replace(
            "班子成员季度综合评定", f"{row['name']}综合评定"
        )
    return {
        **{name: row[name] for name in PLAIN},
        **{name: row.get(name, default) for name, default in DEFAULTS.items()},
        "form": row.get("form", shared["form"]),
        "signing": row.get("signing", shared["signing"]) if row.get("judges") else {},
        "scale": row.get("scale", shared["scale"]) if row.get("judges") else [],
        "trim": Decimal(str(row.get("trim", 0))),
        "scheme": scheme.strip() + "\n" if scheme else "",
    }
