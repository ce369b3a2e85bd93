"""What was said in 关切 runs out by the area's 关切期限; here 保存期限 is told how (concerns.actions.empty does it, one by one)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.common.retention import Cut, Kind, Span, kinds
from ronghe.concerns import actions
from ronghe.concerns.models import Concern, Promise
from ronghe.concerns.queries import find_norm
from ronghe.concerns.rules import is_gone


def list_over(cut: Cut) -> list[Concern]:
    """Return the ended concerns whose words are over their area's term and about which no promise is open. A query an area, and two."""
    day = timezone.localtime(cut.before).date()
    rows = Concern.objects.filter(state=Concern.State.CLOSED, emptied_on=None).exclude(area_id__in=cut.spared)
    ended = list(
        rows.exclude(pk__in=Promise.objects.filter(concern__isnull=False, done_on=None).values("concern_id")).order_by("ended_on", "pk")
    )
    terms = {area_id: find_norm(area_id).keep_days for area_id in {row.area_id for row in ended}}
    return [row for row in ended if is_gone(row.ended_on, terms[row.area_id], day)]


def look(cut: Cut) -> Span:
    rows = list_over(cut)
    return Span(len(rows), rows[0].ended_on if rows else None, rows[-1].ended_on if rows else None)


def take(cut: Cut, limit: int) -> int:
    day = timezone.localtime(cut.before).date()
    return sum(actions.empty(row, day=day) for row in list_over(cut)[:limit])


def register() -> None:
    kinds.add(
        "concerns",
        Kind(
            _("关切的内容"), _("谁说了什么、答了什么、谁看过;留下类别、日期和结果"), "empty", look, take, by_area=True,
            own_term=_("由各管理区的“关切期限”设定"),
        ),
    )  # fmt: skip
