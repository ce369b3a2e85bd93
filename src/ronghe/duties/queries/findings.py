"""What the detector finds, joined with what is known of each: since when, accepted until when, by whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from ronghe.common.badges import count_badge
from ronghe.common.calendar import today
from ronghe.common.registry import Matter as Number
from ronghe.duties.models import Finding
from ronghe.duties.queries.picture import View, explain
from ronghe.duties.rules import Found
from ronghe.org.standing import standing_of

FIXERS = ("branch_secretary", "area_manager", "deputy_party")


@dataclass(frozen=True)
class FindingLine:
    """One finding, ready to print. `pk` is None for one that was not there when somebody last looked (the next tick enters it)."""

    key: str
    rule: str
    title: str
    level: str
    why: str
    basis: str
    settler: str
    matter: int | None
    pk: int | None = None
    since: str = ""
    accepted: bool = False
    reason: str = ""
    by: str = ""
    review: str = ""
    again: bool = False

    @property
    def matter_url(self) -> str:
        return reverse("duties:matter", args=[self.matter]) if self.matter else ""

    @property
    def url(self) -> str:
        return reverse("duties:finding", args=[self.pk]) if self.pk else ""


def describe(found: Found, row: Finding | None, day: date) -> FindingLine:
    rule = explain(found.rule)
    accepted = row is not None and row.is_accepted(day)
    return FindingLine(
        key=found.key,
        rule=rule.name,
        title=found.title,
        level=found.level,
        why=rule.why,
        basis=rule.basis,
        settler=rule.settler,
        matter=found.matter,
        pk=row.pk if row else None,
        since=str(row.found_on) if row else "",
        accepted=accepted,
        reason=row.reason if row else "",
        by=row.accepted_by.name if row and row.accepted_by else "",
        review=str(row.review_on) if row and row.review_on else "",
        again=row is not None and row.review_on is not None and not accepted,
    )


@dataclass
class Found3:
    """The findings of a page: open faults, open notes, accepted ones."""

    open: list[FindingLine]
    notes: list[FindingLine]
    accepted: list[FindingLine]


def list_findings(view: View) -> Found3:
    """Return what is found now; nothing of it is painted by a job. One query."""
    known = {row.key: row for row in Finding.objects.filter(area_id=view.area_id, ended_on=None).select_related("accepted_by")}
    lines = [describe(found, known.get(found.key), view.day) for found in view.detect()]
    return Found3(
        [line for line in lines if not line.accepted and line.level != "note"],
        [line for line in lines if not line.accepted and line.level == "note"],
        [line for line in lines if line.accepted],
    )


def list_past(area_id: int, limit: int = 20) -> list[Finding]:
    """Return findings that ended, the latest first. One query."""
    return list(Finding.objects.filter(area_id=area_id, ended_on__isnull=False).order_by("-ended_on", "-id")[:limit])


def open_rows(day: date) -> Q:
    """Return the filter for findings that stand open on the day: not ended, not accepted, or the review has come."""
    return Q(ended_on=None, level="fault") & (Q(review_on=None) | Q(review_on__lte=day))


def count_matters(area_ids: list[int]) -> list[Number]:
    """Return the open findings for the 底数, by area; the review that has come counts as late. One query."""
    day = today()
    rows = Finding.objects.filter(open_rows(day), area_id__in=area_ids).order_by().values_list("area_id")
    counted = rows.annotate(n=Count("pk"), late=Count("pk", filter=Q(review_on__lte=day)))
    return [Number("分工问题", area, area, None, n, late, reverse("duties:findings")) for area, n, late in counted]


def list_mine(user: Any) -> QuerySet[Finding] | None:
    """Return the open findings of the areas whose matrix the user keeps (counted beside the menu line)."""
    areas = standing_of(user).areas_of(FIXERS)
    return Finding.objects.filter(open_rows(today()), area_id__in=areas) if areas else None


def count_mine(user: Any) -> int:
    return count_badge(user, "duties")


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return the workbench's panel for those who keep the matrix: what stands open. One query."""
    rows = list_mine(user)
    if rows is None or not count_mine(user):
        return None
    first = [(row.title, reverse("duties:finding", args=[row.pk]), explain(row.rule).name) for row in rows.order_by("found_on", "pk")[:4]]
    return {"total": count_mine(user), "lines": first}
