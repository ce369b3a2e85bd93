"""Published rankings, for the archive and for inspections (common.papers)."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ronghe.assessment.models import Result, Run
from ronghe.common.papers import Content, Paper, Source, Table, sources


def find(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    rows = Run.objects.visible_to(user).filter(area_id=area_id, state__in=Run.SHOWN, period__range=(f"{first:%Y-%m}", f"{last:%Y-%m}"))
    rows = rows.filter(published_at__isnull=False).order_by("period", "number").only("period", "number", "state", "published_at", "area_id")
    return [
        Paper(
            "assessment.run", row.pk, f"{row.period} 考核排名(第{row.number}次)", timezone.localtime(row.published_at).date(), None, "",
            f"{reverse('assessment:ranking')}?period={row.period}", row.state in (Run.State.FINAL, Run.State.REPLACED),
        )
        for row in rows
        if row.published_at is not None
    ]  # fmt: skip


def read(user: Any, pks: list[int]) -> dict[int, Content]:
    """Two queries for any number of runs."""
    rows = {row.pk: row for row in Run.objects.visible_to(user).light().filter(pk__in=pks, state__in=Run.SHOWN).select_related("scheme")}
    found: dict[int, dict[str, list[tuple[Any, ...]]]] = {pk: {} for pk in rows}
    for one in Result.objects.filter(run_id__in=rows).select_related("unit").order_by("track", "place", "unit_id"):
        line = (one.place, one.unit.name, one.total, one.grade, one.party, one.business, one.place_because)
        found[one.run_id].setdefault(one.track, []).append(line)
    heads = ("名次", "单位", "总分", "等级", "党建得分", "业务得分", "说明")
    return {
        pk: Content(
            fields=[
                ("月份", row.period), ("考核方案", str(row.scheme)), ("状态", row.get_state_display()), ("公示至", row.shown_until),
                ("重算原因", row.reason), ("输入摘要", row.inputs_digest), ("结果摘要", row.results_digest),
            ],
            tables=[Table(name, heads, found[pk].get(code, [])) for code, name in row.tracks],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def register() -> None:
    sources.add("rankings", Source("考核排名", find, read))
