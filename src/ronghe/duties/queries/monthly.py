"""What the 责任清单 ask in a month: a source of the month's tasks, and what it costs in entry."""

import hashlib
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from ronghe.duties.models import DutyItem, DutyVersion
from ronghe.org.models import Post
from ronghe.worklist.queries.months import describe_month
from ronghe.worklist.rules.recurrence import Occurrence, comes_each_month, list_occurrences
from ronghe.worklist.sources import Asked, Month, Planned

FEEDS, FEEDS_NAME = "duty-list", "责任清单、年末责任书评议"


def load_due(month: Month) -> list[tuple[DutyItem, Post, list[Occurrence]]]:
    """Return the duties with a recurrence that are in force in some part of a month, who answers for each, and its dates. Two queries."""
    versions = DutyVersion.objects.filter(duty_list__area_id=month.area_id, state=DutyVersion.State.ISSUED, valid_from__lte=month.last)
    versions = versions.filter(Q(valid_to=None) | Q(valid_to__gte=month.first))
    items = DutyItem.objects.filter(version__in=versions).exclude(rule="")
    rows = list(
        items.select_related("version__duty_list__post", "version__duty_list__group").order_by("version__duty_list_id", "order", "pk")
    )
    leaders = {
        post.unit_id: post for post in Post.objects.filter(area_id=month.area_id, kind="group_leader", closed_on=None).order_by("-pk")
    } if rows else {}  # fmt: skip
    found = []
    for item in rows:
        owner = item.version.duty_list
        post = owner.post or leaders.get(owner.group.unit_id if owner.group else 0)
        if post is None:
            continue
        start, end = item.version.valid_from or month.first, item.version.valid_to or month.last
        dates = [one for one in list_occurrences(item.rule, month.month, "after", month.works) if start <= one.planned <= end]
        if dates:
            found.append((item, post, dates))
    return found


def list_duty_tasks(month: Month) -> Iterator[Planned]:
    """Yield what the lists ask of each post in a month. The key survives a new version: the same duty on the same day is one task."""
    for item, post, dates in load_due(month):
        name = hashlib.sha256(item.what.encode()).hexdigest()[:16]
        for one in dates:
            yield Planned(
                key=f"duty:{item.version.duty_list_id}:{name}:{post.pk}:{one.planned:%Y%m%d}",
                kind="责任清单",
                title=item.what,
                due=one.due,
                planned=one.planned,
                each_month=comes_each_month(item.rule),
                unit_id=post.unit_id,
                post_id=post.pk,
                post_title=post.title,
            )


def list_asked(area_id: int, month: str) -> list[Asked]:
    """Return what each duty asks in a month: a tap for each date."""
    return [
        Asked(
            source=item.version.duty_list.title, name=item.what[:60], role=str(post.get_kind_display()), holders=1,
            fields={"tick": len(dates)}, feeds=FEEDS, feeds_name=FEEDS_NAME, url=reverse("duties:list", args=[item.version.duty_list_id]),
        )
        for item, post, dates in load_due(describe_month(area_id, month))
    ]  # fmt: skip
