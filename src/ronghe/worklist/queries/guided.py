"""What the guides ask in a month: the first source of tasks, and what it costs in entry."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Appointment, Post
from ronghe.worklist.models import GuideItem
from ronghe.worklist.rules.recurrence import Occurrence, comes_each_month, list_occurrences, read_month
from ronghe.worklist.sources import Asked, Month, Planned


def load_items(area_id: int, first: date, last: date) -> list[GuideItem]:
    """Return the versions of items that hold in some part of the period, of guides that are in use. Two queries."""
    rows = GuideItem.objects.between(first, last).filter(guide__area_id=area_id)
    rows = rows.filter(Q(guide__retired_on=None) | Q(guide__retired_on__gte=first))
    return list(rows.select_related("guide").prefetch_related("units").order_by("guide_id", "order", "id"))


def list_dates(item: GuideItem, month: Month) -> list[Occurrence]:
    """Return the dates of one version in a month: those that lie in its time, and before its guide is retired."""
    until = min(day for day in (item.valid_to, item.guide.retired_on, month.last) if day is not None)
    found = list_occurrences(item.rule, month.month, item.shift, month.works)
    return [one for one in found if item.valid_from <= one.planned <= until]


def load_posts(area_id: int, kinds: Iterable[str], first: date) -> dict[str, list[tuple[int, int, str]]]:
    """Return kind → (post, unit, title) of the posts that exist. One query."""
    rows = Post.objects.filter(Q(closed_on=None) | Q(closed_on__gte=first), area_id=area_id, kind__in=set(kinds))
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for pk, unit_id, kind, title in rows.order_by("id").values_list("pk", "unit_id", "kind", "title"):
        found[kind].append((pk, unit_id, title))
    return found


def list_guided(month: Month) -> Iterator[Planned]:
    """Yield what the guides ask of each post in a month. Three queries, whatever the number of posts."""
    items = load_items(month.area_id, month.first, month.last)
    posts = load_posts(month.area_id, (item.guide.kind for item in items), month.first)
    for item in items:
        dates = list_dates(item, month)
        if not dates:
            continue
        only = {unit.pk for unit in item.units.all()}
        each_month = comes_each_month(item.rule)
        for post_id, unit_id, title in posts.get(item.guide.kind, ()):
            if only and unit_id not in only:
                continue
            for one in dates:
                yield Planned(
                    key=f"guide:{item.guide_id}:{item.code}:{post_id}:{one.planned:%Y%m%d}",
                    kind=item.category,
                    title=item.name,
                    due=one.due,
                    planned=one.planned,
                    each_month=each_month,
                    unit_id=unit_id,
                    post_id=post_id,
                    post_title=title,
                    asks=item.asks,
                    item_id=item.pk,
                )


def list_asked(area_id: int, month: str) -> list[Asked]:
    """Return what each item of the guides asks in a month: one tap, and a line or a photo where it is asked for. Four queries."""
    from ronghe.worklist.queries.months import describe_month  # noqa: PLC0415  (it reads these guides)

    first, last = read_month(month)
    about = describe_month(area_id, month)
    items = load_items(area_id, first, last)
    posts = load_posts(area_id, (item.guide.kind for item in items), first)
    held = set(Appointment.objects.between(first, last).filter(post__area_id=area_id).values_list("post_id", flat=True))
    asked = []
    for item in items:
        only = {unit.pk for unit in item.units.all()}
        own = [post for post in posts.get(item.guide.kind, ()) if post[0] in held and (not only or post[1] in only)]
        times = len(list_dates(item, about))
        if not times or not own:
            continue
        fields = {"tick": times} | ({item.asks: times} if item.asks != "none" else {})
        asked.append(
            Asked(
                source=item.guide.title,
                name=item.name,
                role=str(POST_TITLES[item.guide.kind]),
                holders=len(own),
                fields=fields,
                feeds=item.feeds,
                feeds_name=item.feeds_name,
                url=reverse("worklist:guide", args=[item.guide_id]),
                retire_url=reverse("worklist:item-retire", args=[item.guide_id, item.code]),
            )
        )
    return asked
