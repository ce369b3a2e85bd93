"""What the pages of a draft show: its parts in words, its problems with the way to each, the handbook to choose from."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.urls import reverse

from ronghe.assessment.curves import Example
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.queries.schemes import name_tracks, sum_full
from ronghe.assessment.tables import PAIRS, Table, Tables, find_problems, parse_indicator, write_tables
from ronghe.assessment.words import describe_effect, describe_method, describe_missing
from ronghe.common.pinyin import index_name
from ronghe.goals.models import Indicator, Target
from ronghe.scoring.problems import Problem
from ronghe.scoring.scheme_model import Dimension

LOOSE, VETOES = "-loose", "-vetoes"


@dataclass(frozen=True)
class Fault:
    """One problem of a draft: the line that the command prints, and the page and field where it is cured."""

    text: str
    url: str


@dataclass(frozen=True)
class Line:
    """One indicator of a draft."""

    code: str
    name: str
    unit: str
    full: str
    sentence: str
    missing: str
    tracks: str
    place: int
    unknown: bool
    faults: int
    is_veto: bool


@dataclass
class Block:
    """A front with its indicators, or the vetoes, or what belongs to no front."""

    code: str
    name: str
    cap: str
    lines: list[Line] = field(default_factory=list)
    full: str = ""


def list_faults(draft: SchemeVersion, text: str = "") -> list[Fault]:
    """Return what is wrong with a draft, each with its field."""
    return [Fault(str(problem), locate(draft, problem)) for problem in find_problems(text or draft.text)]


def locate(draft: SchemeVersion, problem: Problem) -> str:
    """Return the address of the field that a problem speaks of."""
    kind, _space, code = problem.place.partition(" ")
    if kind == "indicator" and code.replace("-", "").replace("_", "").isalnum():
        anchor = "pairs" if problem.key in PAIRS.values() else f"id_{problem.key}"
        return reverse("assessment:scheme-indicator", args=[draft.pk, code]) + f"#{anchor}"
    if kind in ("indicator", "dimension"):
        page = "scheme-dimensions" if kind == "dimension" else "scheme-choose"
        return reverse(f"assessment:{page}", args=[draft.pk])
    anchor = {"grade": "grades", "ranking": "ranking"}.get(kind, f"id_{problem.key}")
    return reverse("assessment:scheme-head", args=[draft.pk]) + f"#{anchor}"


def describe_draft(tables: Tables, track_names: dict[str, str], known: set[str], problems: list[Problem]) -> list[Block]:
    """Return the fronts with their indicators in the scheme's order, then the vetoes, then what belongs nowhere."""
    blocks = {row.get("code", ""): Block(row.get("code", ""), row.get("name", ""), row.get("cap", "")) for row in tables.dimensions}
    vetoes, loose = Block(VETOES, "一票否决", ""), Block(LOOSE, "还没有归入维度", "")
    names = {row.get("code", ""): Dimension(row.get("code", ""), row.get("name", "")) for row in tables.dimensions}
    earning: dict[str, list[Any]] = {}
    for place, row in enumerate(tables.indicators):
        item = parse_indicator(row, tables.digits)[0]
        veto = row.get("method") == "veto"
        block = vetoes if veto else blocks.get(row.get("dimension", ""), loose)
        if item and not veto:
            earning.setdefault(block.code, []).append(item)
        block.lines.append(
            Line(
                code=row.get("code", ""),
                name=row.get("name", ""),
                unit=row.get("unit", ""),
                full=row.get("full", ""),
                sentence=say_rule(row, item, names),
                missing=describe_missing(row["missing"]) if row.get("missing") else "",
                tracks=name_tracks(item, track_names) if item else "",
                place=place,
                unknown=row.get("code", "") not in known,
                faults=sum(problem.place == f"indicator {row.get('code', '')}" for problem in problems),
                is_veto=veto,
            )
        )
    for code, items in earning.items():
        (blocks.get(code) or loose).full = sum_full(items)
    return [*blocks.values(), *(block for block in (vetoes, loose) if block.lines)]


def say_rule(row: Table, item: Any, names: dict[str, Dimension]) -> str:
    """Put an indicator's rule into words; what is unfinished says so."""
    if item is None:
        return "计分办法还没有写完"
    if not item.is_veto:
        return describe_method(item)
    if item.rule.effect == "zero_dimension" and row.get("dimension") not in names:
        return "否决的维度还没有选"
    return describe_effect(item, {**names, item.dimension: names.get(row.get("dimension", ""))})


def sum_all(tables: Tables, track_names: dict[str, str]) -> list[tuple[str, str]]:
    """Return what a unit can earn at all in each track: [(track, Σ full)]."""
    items = [item for row in tables.indicators if (item := parse_indicator(row, tables.digits)[0]) and not item.is_veto]
    return [
        (name, f"{sum((item.full for item in items if item.applies_to(code)), Decimal(0)).normalize():f}")
        for code, name in track_names.items()
    ]


def swap_with_neighbour(tables: Tables, place: int, step: int) -> None:
    """Move an indicator up or down within its block; the others keep their places."""

    def block_of(row: Table) -> str:
        return VETOES if row.get("method") == "veto" else row.get("dimension", "")

    rows = tables.indicators
    own = [number for number, row in enumerate(rows) if block_of(row) == block_of(rows[place])]
    other = own.index(place) + step
    if 0 <= other < len(own):
        rows[place], rows[own[other]] = rows[own[other]], rows[place]


@lru_cache(maxsize=2000)
def find_keys(name: str) -> str:
    return index_name(name)


def search_handbook(area_id: int, text: str) -> list[Indicator]:
    """Return the handbook's indicators by name, code, alias or pinyin (full or initials). One query."""
    rows = Indicator.objects.filter(area_id=area_id)
    wanted = text.strip().lower()
    if not wanted:
        return list(rows)
    return [row for row in rows if any(wanted in key for key in (row.name, row.code, *row.aliases, find_keys(row.name)))]


def propose_table(row: Indicator) -> Table:
    """Return an indicator of the handbook as the beginning of a rule; marks are for the writer to say."""
    table: Table = {"code": row.code, "name": row.name, "unit": row.unit_text or "分", "decimals": str(row.decimals)}
    table |= {"tracks": list(row.tracks), "pairs": []}
    if row.kind == Indicator.Kind.VETO:
        return {**table, "method": "veto", "effect": "zero_total", "at": "1"}
    if row.kind == Indicator.Kind.COUNT:
        return {**table, "method": "events"}
    if row.kind == Indicator.Kind.MARK:
        return {**table, "method": "direct"}
    rising = row.direction != Indicator.Direction.DOWN
    if row.needs_target:
        return {
            **table,
            "method": "curve",
            "on": "attainment",
            "pairs": [("0.8", "0"), ("1", "1")] if rising else [("1", "1"), ("1.2", "0")],
        }
    return {**table, "method": "curve", "on": "actual", "pairs": [("", ""), ("", "")]}


def find_example(area_id: int, code: str) -> Example:
    """Return the newest target and base of an indicator, with which its curve is drawn; 100 where there is none. One query."""
    rows = Target.objects.filter(area_id=area_id, indicator__code=code, value__isnull=False).order_by("-period", "unit_id")
    found = rows.values_list("value", "base").first()
    if found is None:
        return Example()
    target, base = found
    return Example(target=target or Decimal(100), base=base or Decimal(100))


def read_whole(tables: Tables) -> list[Problem]:
    """Return every problem of tables as they stand."""
    return find_problems(write_tables(tables))
