"""Which months history may be brought in for, and what a file says, ready to print."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ronghe.common.calendar import today
from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.grid import SheetTooLargeError
from ronghe.common.sheets.sandbox import ChildFailedError, read_grids
from ronghe.figures.models import HistoryFile, ReportingPeriod
from ronghe.figures.queries.uploads import ProblemLine, describe_place
from ronghe.figures.reading.history import History, load_history, read_history, refuse_history
from ronghe.figures.reading.request import Request
from ronghe.figures.rules import month_of, previous_month
from ronghe.figures.sheets import describe_indicator, describe_unit
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit

YEARS_BACK = 6
SHOWN = 200


def list_closed(area_id: int) -> dict[str, str]:
    """Return month → why nothing is brought in for it: it was asked for and reported here. One query."""
    asked = ReportingPeriod.objects.filter(area_id=area_id, asked_at__isnull=False).values_list("period", flat=True)
    return dict.fromkeys(asked, str(_("已在系统里下发填报,请在填报或更正里改")))


def read_file(area: Unit, data: bytes) -> History:
    """Read an uploaded sheet in the child process; whatever is wrong with the file is a problem of the reading."""
    last = previous_month(month_of(today()))
    request = Request(
        period=last,
        units=tuple(describe_unit(row) for row in Unit.objects.filter(area=area).exclude(pk=area.pk)),
        indicators=tuple(describe_indicator(row) for row in Indicator.objects.filter(area=area)),
        allowed=frozenset(),
    )
    try:
        grids = read_grids(data)
    except (NotASheetError, SheetTooLargeError, ChildFailedError) as trouble:
        return refuse_history(str(trouble))
    return read_history(grids, request, first=f"{int(last[:4]) - YEARS_BACK:04d}-01", last=last, closed=list_closed(area.pk))


@dataclass(frozen=True)
class HistoryPage:
    """What the page of a file prints."""

    found: History
    problems: list[ProblemLine]
    errors: int
    months: list[tuple[str, int, int]]
    units: int
    indicators: int


def describe_history(row: HistoryFile) -> HistoryPage | None:
    """Return a file's reading ready to print; None once its content was dropped."""
    if not row.reading:
        return None
    found = load_history(row.reading)
    ordered = sorted(found.problems, key=lambda one: one.severity != "error")
    actuals = Counter(cell.month for cell in found.cells if cell.field == "actual")
    others = Counter(cell.month for cell in found.cells if cell.field != "actual")
    return HistoryPage(
        found=found,
        problems=[
            ProblemLine(one.severity, describe_place(one.sheet, one.row, one.column), one.raw, one.message) for one in ordered[:SHOWN]
        ],
        errors=len(found.errors),
        months=[(month, actuals[month], others[month]) for month in found.months],
        units=len({cell.unit for cell in found.cells}),
        indicators=len({cell.indicator for cell in found.cells}),
    )


def list_files(user: Any) -> list[HistoryFile]:
    """Return the newest files that the user may see. One query."""
    return list(HistoryFile.objects.visible_to(user).defer("data", "reading").select_related("author__person", "area")[:50])
