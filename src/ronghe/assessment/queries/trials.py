"""A try-out: a month's confirmed figures by two schemes, and whose total and place would change. Nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ronghe.assessment import kernel
from ronghe.assessment.models import Run
from ronghe.assessment.rules import Change, compare_marks, compare_places
from ronghe.figures.queries import collect_inputs
from ronghe.org.models import Track, Unit
from ronghe.scoring.scheme_model import Scheme

MONTHS = 12
MOST_REASONS = 3


@dataclass(frozen=True)
class TrialRow:
    """One unit by both schemes. A place is '' where there is none."""

    unit: str
    old_place: str
    place: str
    old_total: str
    total: str
    old_grade: str
    grade: str
    place_change: Change
    total_change: Change
    reasons: str

    @property
    def moved(self) -> bool:
        return self.old_place != self.place

    @property
    def changed(self) -> bool:
        return self.moved or self.total_change.better is not None or self.old_grade != self.grade


@dataclass
class TrialTable:
    """A track's units, the best by the new scheme first."""

    name: str
    rows: list[TrialRow] = field(default_factory=list)


@dataclass
class Trial:
    """What came out for each track, how many units move, and what the month has no figures for."""

    tables: list[TrialTable]
    units: int
    moved: int
    changed: int
    without: list[str]


def list_months(area_id: int) -> list[str]:
    """Return the months with published results, newest first: their figures are confirmed. One query."""
    shown = Run.objects.in_force().filter(area_id=area_id).order_by("-period").values_list("period", flat=True)
    return list(shown[:MONTHS])


def try_out(area: Unit, period: str, old: Scheme | None, new: Scheme) -> Trial:
    """Score the month's confirmed figures by both schemes. Nine queries, whatever the number of units; two runs of the kernel."""
    codes = {item.code for scheme in (old, new) if scheme for item in scheme.indicators}
    rows = collect_inputs(area, period, codes)
    before, after = (score_side(scheme, rows) if scheme else {} for scheme in (old, new))
    units = dict(Unit.objects.filter(area=area).values_list("code", "name"))
    tables = {code: TrialTable(name) for code, name in Track.objects.filter(area=area).values_list("code", "name")}
    sides = (old, new)
    for code in sorted(after.keys() | before.keys(), key=lambda code: sort_key(after.get(code), code)):
        side = after.get(code) or before[code]
        table = tables.setdefault(side["track"], TrialTable(side["track"]))
        table.rows.append(describe(units.get(code, code), before.get(code), after.get(code), sides))
    shown = [table for table in tables.values() if table.rows]
    reported = {row["indicator"] for row in rows if row["actual"] is not None}
    without = [item.name for item in new.indicators if item.code not in reported]
    every = [row for table in shown for row in table.rows]
    return Trial(
        tables=shown,
        units=len(every),
        moved=sum(row.moved for row in every) if old else 0,
        changed=sum(row.changed for row in every) if old else 0,
        without=without,
    )


def score_side(scheme: Scheme, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return unit → track, total, grade, place and marks by one scheme."""
    known = scheme.indicator_by_code
    own = [row for row in rows if row["indicator"] in known and known[row["indicator"]].applies_to(row["track"])]
    if not own:
        return {}
    scored = kernel.score_rows(scheme, own)
    sides = {row["unit"]: {**row, "place": None, "marks": {}} for row in scored.totals}
    for row in scored.places:
        sides[row["unit"]]["place"] = row["place"]
    for row in scored.marks:
        sides[row["unit"]]["marks"][row["indicator"]] = row["mark"]
    return sides


def sort_key(side: dict[str, Any] | None, code: str) -> tuple[int, Decimal, str]:
    if side is None:
        return (10**9, Decimal(0), code)
    return (side["place"] or 10**8, -(side["total"] or Decimal(0)), code)


def describe(unit: str, old: dict[str, Any] | None, new: dict[str, Any] | None, sides: tuple[Scheme | None, Scheme]) -> TrialRow:
    """Put one unit's two results side by side."""
    digits = sides[1].digits
    before, after = old or {}, new or {}
    return TrialRow(
        unit=unit,
        old_place=str(before.get("place") or ""),
        place=str(after.get("place") or ""),
        old_total=kernel.fixed(before.get("total"), sides[0].digits if sides[0] else digits),
        total=kernel.fixed(after.get("total"), digits),
        old_grade=before.get("grade") or "",
        grade=after.get("grade") or "",
        place_change=compare_places(after.get("place"), before.get("place")),
        total_change=compare_marks(after.get("total"), before.get("total"), digits),
        reasons=give_reasons(before.get("marks", {}), after.get("marks", {}), sides) if old and new else "",
    )


def give_reasons(old: dict[str, Decimal | None], new: dict[str, Decimal | None], sides: tuple[Scheme | None, Scheme]) -> str:
    """Name the indicators whose marks differ most: 原油产量 +2.00、…"""
    names = {item.code: item.name for scheme in sides if scheme for item in scheme.indicators}
    zero = Decimal(0)
    moves = {code: (new.get(code) or zero) - (old.get(code) or zero) for code in names}
    largest = sorted((code for code in moves if moves[code]), key=lambda code: -abs(moves[code]))[:MOST_REASONS]
    return "、".join(
        f"{names[code]} {'+' if moves[code] > 0 else '−'}{kernel.fixed(abs(moves[code]), sides[1].digits)}" for code in largest
    )
