"""All steps of the kernel as Ibis expressions, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa

from ronghe.scoring import expressions_gaps as gaps
from ronghe.scoring import expressions_marks as marks
from ronghe.scoring import expressions_reasons as reasons
from ronghe.scoring import expressions_totals as totals
from ronghe.scoring.parameters import ITEMS, SEGMENTS, SENTENCES
from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import FIGURES

_DIALECTS = {"duckdb": "duckdb", "spark": "pyspark"}
Expr = Any


def build_steps(scheme: Scheme, engine: str) -> dict[str, str]:
    """Return the SQL of each step by its name."""
    dialect = _DIALECTS[engine]
    sources = {
        "figures": _source("figures", FIGURES),
        "items": _source("items", ITEMS),
        "segments": _source("segments", SEGMENTS),
        "sentences": _source("sentences", SENTENCES),
    }
    steps: dict[str, str] = {}
    for name, build in _builders(scheme).items():
        expression = build(sources)
        steps[name] = str(ibis.to_sql(expression, dialect=dialect))
        # The next steps read the table that this one made, instead of repeating its expression.
        sources[name] = ibis.table(expression.schema(), name=name)
    return steps


def _builders(scheme: Scheme) -> dict[str, Callable[[dict[str, Expr]], Expr]]:
    digits = scheme.digits
    return {
        "marked": lambda t: marks.mark_rows(
            marks.measure_figures(marks.complete_figures(t["figures"], t["items"]), t["items"]), t["segments"], digits
        ),
        "summed": lambda t: totals.sum_dimensions(t["marked"], scheme),
        "totalled": lambda t: totals.sum_units(t["summed"], scheme),
        "ranked": lambda t: totals.rank_units(t["totalled"], t["marked"], scheme),
        "least": lambda t: gaps.find_least_marks(t["marked"], t["summed"], t["totalled"], t["ranked"], scheme),
        "needed": lambda t: gaps.find_needed_actuals(t["least"], t["segments"], digits),
        "marks": lambda t: _sorted(marks.publish_marks(t["marked"], t["sentences"], digits), "seq"),
        "totals": lambda t: _sorted(reasons.publish_totals(t["totalled"], t["summed"], t["marked"], scheme)),
        "places": lambda t: _sorted(totals.publish_places(t["ranked"], scheme)),
        "gaps": lambda t: _sorted(
            gaps.publish_gaps(t["marked"], gaps.compare_peers(t["marked"]), t["needed"]), "seq"
        ),
    }


def _sorted(rows: Expr, *more: str) -> Expr:
    ordered = rows.order_by([*marks.UNIT, *more])
    return ordered.drop(*more) if more else ordered


def _source(name: str, schema: pa.Schema) -> Expr:
    return ibis.table({field.name: _type(field.type) for field in schema}, name=name)


def _type(arrow: pa.DataType) -> dt.DataType:
    if pa.types.is_decimal(arrow):
        return dt.Decimal(arrow.precision, arrow.scale)
    return dt.from_pyarrow(arrow) if hasattr(dt, "from_pyarrow") else dt.DataType.from_pyarrow(arrow)
