"""The one way to marks that were given: those of late months lie in the database, those of long past ones may lie in Parquet.

Nobody else asks the table (tests/assessment/test_keep_marks.py reads the source for that): who forgets the files would show a
past month without marks.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects

from ronghe.assessment.models import Mark, Run
from ronghe.assessment.parquet import read_marks


def list_marks(
    runs: Iterable[Run],
    *,
    units: Iterable[int] | None = None,
    indicators: Iterable[str] | None = None,
    track: str | None = None,
    with_units: bool = False,
) -> list[Mark]:
    """Return the marks of runs in the scheme's order, each with its run. One query for those in the database, two with units of others.

    The runs must be ones that the reader may see. Raises MarksLost where a file is gone.
    """
    by_pk = {run.pk: run for run in runs}
    units, indicators = None if units is None else list(units), None if indicators is None else list(indicators)
    kept = [run for run in by_pk.values() if run.marks_file]
    rows = Mark.objects.filter(run__in=by_pk.keys() - {run.pk for run in kept}).order_by("order", "pk")
    for name, value in (("unit__in", units), ("indicator__in", indicators), ("track", track)):
        rows = rows if value is None else rows.filter(**{name: value})
    marks = list(rows.select_related("unit") if with_units else rows) if len(kept) < len(by_pk) else []
    if kept:
        of_files = [mark for run in kept for mark in read_marks(run, units=units, indicators=indicators, track=track)]
        if with_units:
            prefetch_related_objects(of_files, "unit")
        marks = sorted([*marks, *of_files], key=lambda mark: (mark.order, mark.pk))
    for mark in marks:
        mark.run = by_pk[mark.run_id]
    return marks


def list_month(run: Run, unit_id: int, *, against: Run | None = None) -> list[Mark]:
    """Return a unit's marks in all runs of the run's month, and in the one it is compared with. One query where they are in the database.

    The runs of a month leave it together, unless one is computed anew after that: such a one replaces another.
    """
    of_month = Q(run__area_id=run.area_id, run__period=run.period)
    if run.marks_file or run.replaces_id:
        return list_marks([*list_runs(area_id=run.area_id, period=run.period), *([against] if against else [])], units=[unit_id])
    if against is None or not against.marks_file:
        return list(Mark.objects.filter(of_month | Q(run=against), unit=unit_id).order_by("order", "pk"))
    return [*Mark.objects.filter(of_month, unit=unit_id).order_by("order", "pk"), *list_marks([against], units=[unit_id])]


def find_mark(user: Any, pk: int) -> Mark | None:
    """Return a mark that the user may read, with its unit, run and scheme. One query in the database, three where it lies in a file."""
    found = Mark.objects.visible_to(user).select_related("run__scheme", "unit").filter(pk=pk).first()
    if found is not None:
        return found
    runs = (
        Run.objects.visible_to(user).light().select_related("scheme").exclude(marks_file="").filter(marks_first__lte=pk, marks_last__gte=pk)
    )
    for run in runs:
        for mark in read_marks(run, pk=pk):
            mark.run = run
            return mark
    return None


def list_runs(runs: QuerySet[Run] | None = None, **chosen: Any) -> list[Run]:
    """Return runs with nothing but what tells where their marks are, the oldest first. One query; `chosen` as for a filter."""
    rows = (Run.objects.all() if runs is None else runs).filter(**chosen)
    return list(rows.only("area_id", "period", "state", "marks_file", "marks_digest").order_by("period", "number"))
