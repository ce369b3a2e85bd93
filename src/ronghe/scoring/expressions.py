"""All steps of the kernel as Ibis expressions, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa

from ronghe.scoring import expressions_gaps as gaps
from ronghe.scoring import expressions_marks as marks
from ronghe.scoring import expressions_reasons as reasons
from ronghe.scoring import expressions_totals as totals
from ronghe.scoring.parameters import PARAMETERS
from ronghe.scoring.tables import ENGINE_FIGURES

_DIALECTS = {"duckdb": "duckdb", "spark": "pyspark"}
Expr = Any


def build_steps(engine: str, tie_count: int) -> dict[str, str]:
    """Return the SQL of each step by its name, for schemes with so many indicators that break a tie."""
    dialect = _DIALECTS[engine]
    sources = {name: _source(name, schema) for name, schema in {"figures": ENGINE_FIGURES, **PARAMETERS}.items()}
    steps: dict[str, str] = {}
    for name, build in _builders(tie_count).items():
        expression = build(sources)
        # Fused selects would repeat a computed column's formula at each of its uses.
        with _unfused():
            steps[name] = str(ibis.to_sql(expression, dialect=dialect))
        # The next steps read the table that this one made, instead of repeating its expression.
        sources[name] = ibis.table(expression.schema(), name=name)
    return steps


def _builders(tie_count: int) -> dict[str, Callable[[dict[str, Expr]], Expr]]:
    return {
        "units": lambda t: marks.number_units(t["figures"], t["items"]),
        "marked": lambda t: marks.mark_rows(
            marks.measure_figures(marks.complete_figures(t["figures"], t["units"], t["items"]), t["items"], t["rules"]), t["segments"]
        ),
        "summed": lambda t: totals.sum_dimensions(t["marked"], t["rules"], t["dimensions"]),
        "totalled": lambda t: totals.sum_units(t["summed"], t["units"], t["tracks"]),
        "ranked": lambda t: totals.rank_units(t["totalled"], t["marked"], t["ties"], tie_count),
        "least": lambda t: gaps.find_least_marks(t["marked"], t["rules"], t["summed"], t["totalled"], t["ranked"]),
        "needed": lambda t: gaps.find_needed_actuals(t["least"], t["segments"]),
        "marks": lambda t: _sorted(marks.publish_marks(t["marked"], t["units"], t["rules"], t["segments"], t["sentences"]), "u", "seq"),
        "dimension_reasons": lambda t: _sorted(reasons.explain_dimensions(t["totalled"], t["summed"], t["dimensions"]), "u", "seq"),
        "veto_reasons": lambda t: _sorted(reasons.explain_vetoes(t["totalled"], t["marked"], t["vetoes"]), "u", "seq"),
        "totals": lambda t: _sorted(reasons.publish_totals(t["totalled"]), "u"),
        "places": lambda t: _sorted(totals.publish_places(t["ranked"]), "u"),
        "gaps": lambda t: _sorted(
            gaps.publish_gaps(t["marked"], gaps.compare_peers(t["marked"], t["units"], t["rules"]), t["needed"], t["units"]), "u", "seq"
        ),
    }


def _sorted(rows: Expr, *keys: str) -> Expr:
    return rows.order_by(list(keys)).select(*(name for name in rows.columns if name not in keys))


def _source(name: str, schema: pa.Schema) -> Expr:
    return ibis.table({field.name: _type(field.type) for field in schema}, name=name)


def _type(arrow: pa.DataType) -> dt.DataType:
    if pa.types.is_decimal(arrow):
        return dt.Decimal(arrow.precision, arrow.scale)
    return dt.DataType.from_pyarrow(arrow)


@contextmanager
def _unfused() -> Iterator[None]:
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before
