"""The seam to 追标: a run's kept inputs as the table of one track, ready to be asked 'what if'.

PyArrow and DuckDB are loaded only when somebody asks. A run's inputs never change, so that the last few tables stay in the process.
"""

from collections import OrderedDict
from collections.abc import Mapping
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING, Any

from ronghe.assessment import kernel
from ronghe.assessment.models import Run

if TYPE_CHECKING:
    from ronghe.scoring.candidates import Range
    from ronghe.scoring.chase import Goal, Plan
    from ronghe.scoring.whatif import Outcome

KEPT = 16
_TABLES: OrderedDict[tuple[str, str, str], Any] = OrderedDict()
_LOCK = Lock()


def load_track(run: Run, track: str) -> Any:
    """Return the figures of a run's track as the kernel read them. One query where it isn't kept."""
    key = (run.inputs_digest, run.scheme.digest, track)
    with _LOCK:
        if key in _TABLES:
            _TABLES.move_to_end(key)
            return _TABLES[key]
    from ronghe.scoring.figures import parse_figures_csv  # noqa: PLC0415
    from ronghe.scoring.whatif import make_table  # noqa: PLC0415

    inputs = Run.objects.values_list("inputs", flat=True).get(pk=run.pk)
    whole = parse_figures_csv(kernel.unpack(inputs), kernel.scheme_of(run.scheme))
    table = make_table(row for row in whole.to_pylist() if row["track"] == track)
    with _LOCK:
        _TABLES[key] = table
        while len(_TABLES) > KEPT:
            _TABLES.popitem(last=False)
    return table


def try_figures(run: Run, track: str, unit: str, values: Mapping[str, Decimal | None]) -> "Outcome":
    """Return the track's marks, totals and places with other actuals for one unit: the kernel's own numbers."""
    from ronghe.scoring.whatif import change_figures, compute  # noqa: PLC0415

    return compute(kernel.scheme_of(run.scheme), change_figures(load_track(run, track), unit, values))[run.period]


def find_plan(run: Run, track: str, unit: str, goal: "Goal", ranges: "Mapping[str, Range]") -> "Plan":
    """Return the cheapest plan for one unit."""
    from ronghe.scoring.chase import search_plan  # noqa: PLC0415

    return search_plan(kernel.scheme_of(run.scheme), load_track(run, track), unit, goal, ranges)
