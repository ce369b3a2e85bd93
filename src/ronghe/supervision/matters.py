"""What the 底数 counts here."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Case, Count, Q, When
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Matter
from ronghe.supervision.models import Alert, BoardItem, Check, Disclosure, Election, Opinion, WorkForm
from ronghe.supervision.rules.boards import LIVE

SOON = 7  # checks further ahead are no open matter yet


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return what is open here by unit and owner. One query a kind."""
    return [*count_board(area_ids), *count_checks(area_ids), *count_forms(area_ids), *count_alerts(area_ids), *count_openness(area_ids)]


def count_board(area_ids: list[int]) -> Iterator[Matter]:
    rows = (
        BoardItem.objects.filter(area_id__in=area_ids, state__in=LIVE)
        .order_by()
        .values_list("area_id", "unit_id", "owner_id")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(due__lt=today())), up=Count("pk", filter=Q(level__gt=0)))
    )
    address = reverse("supervision:board")
    for area, unit, owner, count, late, up in rows:
        yield Matter("督办未办结", area, unit, owner, count, late, f"{address}?unit={unit}&light=open")
        if up:
            yield Matter("督办已升级", area, unit, owner, up, up, f"{address}?unit={unit}&light=up")


def count_checks(area_ids: list[int]) -> Iterator[Matter]:
    rows = Check.objects.open().filter(area_id__in=area_ids, due__lte=today() + timedelta(days=SOON)).order_by()
    address = reverse("supervision:checks")
    for area, unit, checker, count, late in rows.values_list("area_id", "unit_id", "checker_id").annotate(
        count=Count("pk"), late=Count("pk", filter=Q(due__lt=today()))
    ):
        yield Matter("监督检查待办", area, unit, checker, count, late, f"{address}?unit={unit}&state=soon")


def count_forms(area_ids: list[int]) -> Iterator[Matter]:
    """Return the forms that wait, by whose step it is."""
    rows = WorkForm.objects.filter(area_id__in=area_ids, state__in=("open", "returned", "filed")).order_by()
    holder = Case(When(state="filed", then="checker_id"), default="filler_id")
    address = reverse("supervision:works")
    for area, unit, person, count, late in (
        rows.annotate(holder=holder)
        .values_list("area_id", "work__unit_id", "holder")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(due__lt=today())))
    ):
        yield Matter("工程表单待办", area, unit, person, count, late, f"{address}?unit={unit}")


def count_alerts(area_ids: list[int]) -> Iterator[Matter]:
    """Return the alerts that wait for a word, and the tasks that came of some."""
    waits = Q(state="open") | Q(state="tasked", task_result="")
    rows = Alert.objects.filter(waits, area_id__in=area_ids).order_by()
    holder = Case(When(state="tasked", then="assignee_id"), default="owner_id")
    until = Case(When(state="tasked", then="task_due"), default="due")
    address = reverse("supervision:alerts")
    for area, unit, person, count, late in (
        rows.annotate(holder=holder, until=until)
        .values_list("area_id", "unit_id", "holder")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(until__lt=today())))
    ):
        yield Matter("预警未了", area, unit, person, count, late, f"{address}?unit={unit}")


def count_openness(area_ids: list[int]) -> Iterator[Matter]:
    """Return what is to be made known and was not, opinions on it without an answer, and elections that are near. Three queries."""
    day = today()
    soon = Disclosure.objects.filter(area_id__in=area_ids, state="planned", due__lte=day + timedelta(days=SOON)).order_by()
    late = Count("pk", filter=Q(due__lt=day))
    for area, owner, count, gone in soon.values_list("area_id", "owner_id").annotate(count=Count("pk"), gone=late):
        yield Matter("三务公开待办", area, area, owner, count, gone, f"{reverse('supervision:open')}?state=planned")
    asked = Opinion.objects.filter(area_id__in=area_ids, state="open").order_by()
    for area, owner, count, gone in asked.values_list("area_id", "owner_id").annotate(count=Count("pk"), gone=late):
        yield Matter("公开意见待答复", area, area, owner, count, gone, f"{reverse('supervision:open')}?state=asked")
    near = Election.objects.filter(area_id__in=area_ids, state="preparing").order_by()
    for area, owner, count, gone in near.values_list("area_id", "owner_id").annotate(count=Count("pk"), gone=late):
        yield Matter("换届待办", area, area, owner, count, gone, reverse("supervision:terms"))
