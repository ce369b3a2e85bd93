"""The 制度包 of the goals: the indicator handbook, taken into a 管理区 as its own copy, and the plan that a new unit begins with."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.goals.models import Indicator
from ronghe.goals.permissions import may_keep_indicators
from ronghe.org.models import Unit


def read_handbook(folder: Path | None = None) -> list[dict[str, Any]]:
    """Return the rows of packs/indicators.toml in their order."""
    path = (folder or settings.PACKS_DIR) / "indicators.toml"
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["indicator"]
    return rows


def list_missing(area: Unit, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the handbook's rows whose code and name the area's own indicators do not bear. One query."""
    known = Indicator.objects.filter(area=area)
    taken = {name for row in known for name in (row.code, row.name, *row.aliases)}
    return [row for row in rows if row["code"] not in taken and row["name"] not in taken]


def list_office_codes(rows: list[dict[str, Any]]) -> list[str]:
    """Return the codes of the offices that report columns for all, in order."""
    return list(dict.fromkeys(row["reported_by"] for row in rows if row["reported_by"] != "unit"))


@action
def adopt_indicators(area: Unit, *, offices: dict[str, Unit], by: Any) -> list[Indicator]:
    """Copy the handbook's indicators that the area lacks. `offices` maps an office code to the unit that reports its columns.

    An office that the area has not set up reports nothing: those indicators are left to the stations themselves.
    """
    area = lock_row(area)
    require(may_keep_indicators, by, area)
    if any(unit.area_id != area.pk for unit in offices.values()):
        raise Refused(_("填报单位须属于本管理区。"))
    rows = read_handbook()
    orders = {row["code"]: order for order, row in enumerate(rows)}
    made = Indicator.objects.bulk_create([make_indicator(area, row, offices, orders[row["code"]]) for row in list_missing(area, rows)])
    if not made:
        raise Refused(_("制度包里的指标都已在手册里。"))
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
        rhythm=row.get("rhythm", "month"),
        rollup=row["rollup"],
        rollup_weight=row.get("rollup_weight", ""),
        plausible_low=row["low"],
        plausible_high=row["high"],
        order=order,
    )


@dataclass(frozen=True)
class NodeSpec:
    """A milestone of the pack: due at the end of a twelfth of the plan, counted from 1."""

    name: str
    month: int
    share: Decimal


@dataclass(frozen=True)
class GoalSpec:
    """One goal of packs/goals.toml, as it stands there; without an indicator it is reached by its nodes."""

    code: str
    indicator: str
    name: str
    dimension: str
    leader: str
    degree: str
    rule: str
    weight: str
    curve: str
    basis: str
    offer: Decimal | None
    groups: bool
    nodes: tuple[NodeSpec, ...]


@dataclass(frozen=True)
class GoalPack:
    name: str
    basis: str
    parts: dict[str, str]
    goals: tuple[GoalSpec, ...]


def read_goal_pack(folder: Path | None = None) -> GoalPack:
    """Return the pack of annual goals. It is read once."""
    return _read_goals(folder or settings.PACKS_DIR)


@lru_cache(maxsize=4)
def _read_goals(folder: Path) -> GoalPack:
    values: dict[str, Any] = tomllib.loads((folder / "goals.toml").read_text(encoding="utf-8"))
    goals = tuple(
        GoalSpec(
            code=row.get("indicator") or row["code"],
            indicator=row.get("indicator", ""),
            name=row.get("name", ""),
            dimension=row["dimension"],
            leader=row["leader"],
            degree=row["degree"],
            rule=row.get("rule", "milestones"),
            weight=row.get("weight", ""),
            curve=row.get("curve", "equal"),
            basis=row.get("basis", ""),
            offer=Decimal(row["offer"]) if "offer" in row else None,
            groups=row.get("groups", False),
            nodes=tuple(NodeSpec(one["name"], one["month"], Decimal(one["share"])) for one in row.get("node", ())),
        )
        for row in values["goal"]
    )
    head = values["pack"]
    return GoalPack(head["name"], head["basis"], {row["kind"]: row["arrange"] for row in values["part"]}, goals)
