"""What the 底数 counts here. A measure on a person is counted for its owner, never for the person's unit: few people work in a unit."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from ronghe.coaching.models import FollowUp, Measure, PairTask, Proposal
from ronghe.common.calendar import today
from ronghe.common.registry import Matter


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return what is open here. One query a kind."""
    return list(iterate(area_ids))


def iterate(area_ids: list[int]) -> Iterator[Matter]:
    day, address = today(), reverse("coaching:list")
    late = Count("pk", filter=Q(due__lt=day))
    proposals = Proposal.objects.filter(area_id__in=area_ids, state="open").order_by()
    for area, owner, count, gone in proposals.values_list("area_id", "owner_id").annotate(count=Count("pk"), gone=late):
        yield Matter("措施建议待研究", area, None, owner, count, gone, address)
    measures = Measure.objects.filter(area_id__in=area_ids, state__in=["open", "confirming"]).order_by()
    for area, owner, count, gone in measures.values_list("area_id", "owner_id").annotate(count=Count("pk"), gone=late):
        yield Matter("措施待落实", area, None, owner, count, gone, f"{address}?state=live")
    follows = FollowUp.objects.filter(measure__area_id__in=area_ids, measure__state="following", done_on=None, due__lte=day).order_by()
    for area, owner, count, gone in follows.values_list("measure__area_id", "measure__owner_id").annotate(count=Count("pk"), gone=late):
        yield Matter("措施回访到期", area, None, owner, count, gone, f"{address}?state=following")
    tasks = PairTask.objects.filter(pair__area_id__in=area_ids, done_on=None).order_by()
    for area, unit, owner, count, gone in tasks.values_list("pair__area_id", "pair__weak_id", "owner_id").annotate(
        count=Count("pk"), gone=late
    ):
        yield Matter("结对任务未完成", area, unit, owner, count, gone, reverse("coaching:pairs"))
