"""What the 底数 counts here: norms of 组织生活 that were missed, resolutions not carried out, urgent decisions not ratified."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Matter
from ronghe.meetings.models import Assignment, Meeting, Urgent
from ronghe.meetings.queries.norms import load_lines
from ronghe.meetings.rules.order import AHEAD


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return what is open and late. Four queries for any number of units, two where no kind of meeting is kept."""
    return list(iterate_matters(area_ids))


def count_by(rows: QuerySet[Any], what: str, unit: str, person: str, late: Q) -> QuerySet[Any, dict[str, Any]]:
    """Group rows by unit and person, in columns that can stand under each other."""
    named = rows.order_by().values(in_area=F("area_id"), of_unit=F(unit), of_person=F(person), what=Value(what, output_field=CharField()))
    return named.annotate(count=Count("pk"), late=Count("pk", filter=late))


def iterate_matters(area_ids: list[int]) -> Iterator[Matter]:
    day = today()
    undone = Assignment.objects.filter(area_id__in=area_ids, done_on=None)
    urgent = Urgent.objects.filter(area_id__in=area_ids, state=Urgent.State.OPEN)
    passed = Meeting.objects.filter(area_id__in=area_ids, state__in=AHEAD, held_on__lt=day)
    rows = count_by(undone, "决议未落实", "unit_id", "owner_id", Q(due__lt=day)).union(
        count_by(urgent, "紧急决定待追认", "area_id", "decided_by_id", Q(pk__isnull=False)),
        count_by(passed, "会议过期未开", "unit_id", "presider_id", Q(pk__isnull=False)),
        all=True,
    )
    pages = {"决议未落实": "meetings:assignments", "会议过期未开": "meetings:list", "紧急决定待追认": "meetings:urgents"}
    for row in rows:
        unit = row["of_unit"]
        url = f"{reverse(pages[row['what']])}?unit={unit}"
        yield Matter(row["what"], row["in_area"], unit, row["of_person"], row["count"], row["late"], url)
    missed: dict[tuple[int, int], int] = {}
    for line in load_lines(area_ids, day.year, day):
        if line.missed:
            missed[line.area_id, line.unit_id] = missed.get((line.area_id, line.unit_id), 0) + line.missed
    for (area, unit), count in missed.items():
        yield Matter("组织生活缺项", area, unit, None, count, count, f"{reverse('meetings:norms')}?unit={unit}")
