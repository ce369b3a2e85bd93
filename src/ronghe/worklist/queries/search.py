"""Search finds the items of the guides."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from ronghe.common.registry import Hit
from ronghe.worklist.models import GuideItem
from ronghe.worklist.rules.recurrence import describe_rule


def search_guides(user: Any, query: str, limit: int) -> list[Hit]:
    """Find items in force by name or by what is to be done."""
    text = query.strip()
    rows = GuideItem.objects.visible_to(user).filter(Q(name__icontains=text) | Q(what__icontains=text), valid_to=None)
    rows = rows.select_related("guide").order_by("guide_id", "order")[:limit]
    return [
        Hit("工作指南", row.name, f"{row.guide.title} · {describe_rule(row.rule)}", reverse("worklist:guide", args=[row.guide_id]))
        for row in rows
    ]
