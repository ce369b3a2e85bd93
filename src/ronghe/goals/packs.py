"""Taking a 制度包's indicator handbook into a 管理区: the unit's own copy, which it edits from then on."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from ronghe.audit.actions import record
from ronghe.common.actions import action
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit


def read_handbook(folder: Path | None = None) -> list[dict[str, Any]]:
    """Return the rows of packs/indicators.toml in their order."""
    path = (folder or settings.PACKS_DIR) / "indicators.toml"
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["indicator"]
    return rows


@action
def adopt_indicators(area: Unit, *, offices: dict[str, Unit], by: Any) -> list[Indicator]:
    """Copy the handbook's indicators that the area lacks. `offices` maps an office code to the unit that reports its columns.

    An office that the area has not set up reports nothing: those indicators are left to the stations themselves.
    """
    known = set(Indicator.objects.filter(area=area).values_list("code", flat=True))
    made = Indicator.objects.bulk_create(
        [make_indicator(area, row, offices, order) for order, row in enumerate(read_handbook()) if row["code"] not in known]
    )
    record(by=by, verb="采用指标手册", obj=area, area_id=area.pk, note=f"{len(made)} 项指标")
    return made


def make_indicator(area: Unit, row: dict[str, Any], offices: dict[str, Unit], order: int) -> Indicator:
    """Return an unsaved indicator of a handbook row."""
    return Indicator(
        area=area,
        code=row["code"],
        name=row["name"],
        aliases=row["aliases"],
        unit_text=row["unit"],
        decimals=row["decimals"],
        direction=row["direction"],
        kind=row["kind"],
        side=row["side"],
        input=row["input"],
        definition=row["definition"],
        source=row["source"],
        basis=row["basis"],
        evidence=row["evidence"],
        tracks=row.get("tracks", []),
        reported_by=offices.get(row["reported_by"]),
        needs_target=row["target"],
        rollup=row["rollup"],
        rollup_weight=row.get("rollup_weight", ""),
        plausible_low=row["low"],
        plausible_high=row["high"],
        order=order,
    )
