"""Small schemes and figures for tests that look at one rule."""

from __future__ import annotations

from typing import Any

from tests.scoring.cases import to_toml
from tests.scoring.helpers import read_back, run

HEAD = {"code": "s", "name": "方案", "version": 1, "basis": "办法", "period": "month"}


def scheme(
    *indicators: dict[str, Any],
    ranking: dict[str, Any] | None = None,
    dimensions: list[dict[str, Any]] | None = None,
    grades: list[dict[str, Any]] | None = None,
    **head: Any,
) -> str:
    tables: dict[str, Any] = {
        "scheme": HEAD | head,
        "ranking": {"min_peers": 1} if ranking is None else ranking,
        "grade": grades or [],
        "dimension": dimensions or [{"code": "d", "name": "维度"}],
        "indicator": [{"name": f"指标{item['code']}", "unit": "t"} | item for item in indicators],
    }
    return to_toml(tables)


def indicator(code: str, method: str, **keys: Any) -> dict[str, Any]:
    item = {"code": code, "method": method, **keys}
    return item if method == "veto" else {"dimension": "d", "full": 20} | item


def row(unit: str, code: str, actual: str = "", target: str = "", base: str = "", **keys: str) -> dict[str, str]:
    return {"unit": unit, "period": "2026-10", "indicator": code, "actual": actual, "target": target, "base": base, **keys}


def tables_of(text: str, *rows: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    return read_back(run(text, list(rows)))


def mark_of(item: dict[str, Any], actual: str, target: str = "", base: str = "", **head: Any) -> dict[str, str]:
    """Return the marks row of one unit with one indicator."""
    return tables_of(scheme(item, **head), row("A", item["code"], actual, target, base))["marks"][0]


def total_of(text: str, *rows: dict[str, str]) -> dict[str, str]:
    """Return the totals row of the first unit."""
    return tables_of(text, *rows)["totals"][0]


def marks_together(*cases: tuple[dict[str, Any], tuple[str, ...]], **head: Any) -> list[dict[str, str]]:
    """Return the marks row of each (indicator, figures) of one unit, all scored in one run."""
    items = [item | {"code": f"c{number}"} for number, (item, _) in enumerate(cases)]
    rows = [row("A", f"c{number}", *figures) for number, (_, figures) in enumerate(cases)]
    return tables_of(scheme(*items, **head), *rows)["marks"]


def needs_together(*cases: tuple[dict[str, Any], tuple[str, ...], str]) -> list[str]:
    """Return needed_actual of each (indicator, figures, total to reach), each in a track of its own, all in one run."""
    items, rows = [], []
    for number, (item, figures, better) in enumerate(cases):
        code, ahead, track = f"c{number}", f"z{number}", f"t{number:03d}"
        items.append(item | {"code": code, "tracks": [track]})
        items.append(indicator(ahead, "direct", full=100, missing="zero", tracks=[track]))
        rows += [row(f"A{track}", code, *figures, track=track), row(f"B{track}", ahead, better, track=track)]
    table = tables_of(scheme(*items), *rows)["gaps"]
    return [line["needed_actual"] for line in table if line["unit"][0] == "A" and line["indicator"][0] == "c"]
