"""All steps of the kernel as Ibis expressions, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa

from ronghe.scoring import expressions_coding as coding
from ronghe.scoring import expressions_gaps as gaps
from ronghe.scoring import expressions_marks as marks
from ronghe.scoring import expressions_reasons as reasons
from ronghe.scoring import expressions_totals as totals
from ronghe.scoring.exact import CONCAT
from ronghe.scoring.parameters import PARAMETERS
from ronghe.scoring.tables import GIVEN, INPUTS

_DIALECTS = {"duckdb": "duckdb", "spark": "pyspark"}
Expr = Any
Builders = dict[str, Callable[[dict[str, Expr]], Expr]]


def build_steps(engine: str, tie_count: int) -> dict[str, str]:
    """Return the SQL of each step by its name, for schemes with so many indicators that break a tie."""
    dialect = _DIALECTS[engine]
    inputs = {"given": GIVEN} if engine == "spark" else INPUTS
    sources = {name: _source(name, schema) for name, schema in {**inputs, **PARAMETERS}.items()}
    builders = _builders(tie_count)
    if engine == "spark":
        builders = {**_NUMBERING, **builders, **_NAMING}
    steps: dict[str, str] = {}
    for name, build in builders.items():
        expression = build(sources)
        # Fused selects would repeat a computed column's formula at each of its uses.
        with _unfused():
            steps[name] = str(ibis.to_sql(expression, dialect=dialect)).replace(f"{CONCAT.upper()}(", "CONCAT(")
        # The next steps read the table that this one made, instead of repeating its expression.
        sources[name] = ibis.table(expression.schema(), name=name)
    return steps


_NUMBERING: Builders = {
    "units": lambda t: coding.number_units(t["given"], t["items"]),
    "figures": lambda t: coding.number_figures(t["given"], t["units"], t["items"]),
    "notes": lambda t: coding.collect_notes(t["given"], t["units"], t["items"]),
}
_NAMING: Builders = {
    "named_marks": lambda t: coding.name_marks(t["marks"], t["units"], t["rules"]),
    "named_totals": lambda t: coding.name_units(t["totals"], t["units"]),
    "named_places": lambda t: coding.name_units(t["places"], t["units"]),
    "named_gaps": lambda t: coding.name_gaps(t["gaps"], t["units"], t["rules"]),
}


def _builders(tie_count: int) -> Builders:
    return {
        "marked": lambda t: marks.mark_rows(
            marks.measure_figures(marks.complete_figures(t["figures"], t["units"], t["items"]), t["rules"]), t["segments"]
        ),
        "summed": lambda t: totals.sum_dimensions(t["marked"], t["rules"], t["dimensions"]),
        "totalled": lambda t: totals.sum_units(t["summed"], t["units"], t["tracks"]),
        "ranked": lambda t: totals.rank_units(t["totalled"], t["marked"], t["ties"], tie_count),
        "least": lambda t: gaps.find_least_marks(t["marked"], t["rules"], t["summed"], t["totalled"], t["ranked"]),
        "needed": lambda t: gaps.find_needed_actuals(t["least"], t["segments"]),
        "marks": lambda t: marks.publish_marks(t["marked"], t["notes"], t["rules"], t["segments"], t["sentences"]),
        "dimension_reasons": lambda t: reasons.explain_dimensions(t["totalled"], t["summed"], t["dimensions"]),
        "veto_reasons": lambda t: reasons.explain_vetoes(t["totalled"], t["marked"], t["vetoes"]),
        "totals": lambda t: reasons.publish_totals(t["totalled"]),
        "places": lambda t: totals.publish_places(t["ranked"]),
        "gaps": lambda t: gaps.publish_gaps(t["marked"], gaps.compare_peers(t["marked"], t["rules"]), t["needed"]),
    }


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
