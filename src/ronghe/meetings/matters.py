"""What the 底数 counts here: norms of 组织生活 that were missed, resolutions not carried out, urgent decisions not ratified."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Matter
from ronghe.meetings.models import Assignment, Meeting, Urgent
from ronghe.meetings.queries.norms import load_lines
from ronghe.meetings.rules.order import AHEAD
from ronghe.org.models import Unit


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return what is open and late. Nine queries for any number of units."""
    return list(iterate_matters(area_ids))


def iterate_matters(area_ids: list[int]) -> Iterator[Matter]:
    day = today()
    address = reverse("meetings:assignments")
    rows = Assignment.objects.filter(area_id__in=area_ids, done_on=None).order_by().values_list("area_id", "unit_id", "owner_id")
    for area, unit, owner, count, late in rows.annotate(count=Count("pk"), late=Count("pk", filter=Q(due__lt=day))):
        yield Matter("决议未落实", area, unit, owner, count, late, f"{address}?unit={unit}")
    urgent = Urgent.objects.filter(area_id__in=area_ids, state=Urgent.State.OPEN).order_by().values_list("area_id", "decided_by_id")
    for area, person, count in urgent.annotate(count=Count("pk")):
        yield Matter("紧急决定待追认", area, area, person, count, count, reverse("meetings:urgents"))
    late_rows = Meeting.objects.filter(area_id__in=area_ids, state__in=AHEAD, held_on__lt=day).order_by()
    for area, unit, person, count in late_rows.values_list("area_id", "unit_id", "presider_id").annotate(count=Count("pk")):
        yield Matter("会议过期未开", area, unit, person, count, count, f"{reverse('meetings:list')}?unit={unit}")
    areas = {area.pk: area for area in Unit.objects.filter(pk__in=area_ids)}
    missed: dict[tuple[int, int], int] = {}
    for line in load_lines(areas.values(), day.year, day):
        if line.missed:
            area_id = line.unit_id if line.unit_id in areas else 0
            missed[area_id, line.unit_id] = missed.get((area_id, line.unit_id), 0) + line.missed
    homes = dict(Unit.objects.filter(pk__in=[unit for _area, unit in missed]).values_list("pk", "area_id")) if missed else {}
    for (_area, unit), count in missed.items():
        yield Matter("组织生活缺项", homes[unit] or unit, unit, None, count, count, f"{reverse('meetings:norms')}?unit={unit}")
