"""项目组 for lists, search and their pages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.lights import light_for
from ronghe.common.registry import Hit
from ronghe.initiatives.models import Idea, Project, ProjectMember, ProjectReport, ProjectStep, Share
from ronghe.initiatives.queries.ideas import show_amount
from ronghe.initiatives.rules import reach_percent
from ronghe.org.standing import standing_of

TONES = {"draft": "yellow", "running": "blue", "review": "yellow", "closed": "green", "dropped": ""}


@dataclass(frozen=True)
class ProjectLine:
    pk: int
    name: str
    state: str
    tone: str
    head: str
    period: str
    target: str
    reached: str
    percent: int | None
    people: int
    late: int
    url: str


@dataclass(frozen=True)
class StepLine:
    pk: int
    text: str
    owner: str
    due: str
    light: str
    word: str
    note: str
    result: str
    may: bool


@dataclass(frozen=True)
class MemberLine:
    pk: int
    person_id: int
    name: str
    unit: str
    role: str
    duty: str
    period: str
    contribution: str
    gone: bool
    is_head: bool


def annotate_projects(rows: QuerySet[Project]) -> QuerySet[Project]:
    """Add how many people, how many late milestones, and the last value reported."""
    latest = ProjectReport.objects.filter(project=OuterRef("pk")).order_by("-month").values("value")[:1]
    return rows.select_related("head").annotate(
        people=Count("members", filter=Q(members__valid_to=None), distinct=True),
        late=Count("steps", filter=Q(steps__done_on=None, steps__due__lt=today()), distinct=True),
        latest=Subquery(latest),
    )


def describe_project(project: Any) -> ProjectLine:
    """Return a project's line; wants annotate_projects."""
    value: Decimal | None = project.reached if project.reached is not None else project.latest
    return ProjectLine(
        project.pk,
        project.name,
        project.get_state_display(),
        TONES[project.state],
        project.head.name,
        f"{project.starts_on:%Y-%m} — {project.ends_on:%Y-%m}",
        f"{project.measure} {show_amount(project.target, project.unit_name)}",
        show_amount(value, project.unit_name),
        reach_percent(value, project.target),
        project.people,
        project.late if project.is_live else 0,
        reverse("initiatives:project", args=[project.pk]),
    )


def filter_projects(rows: QuerySet[Project], chosen: dict[str, Any], user: Any) -> QuerySet[Project]:
    """Keep what the list's filters ask for."""
    if chosen.get("scope") == "mine":
        mine = ProjectMember.objects.filter(person_id=standing_of(user).person_id or 0).values("project_id")
        rows = rows.filter(pk__in=mine)
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    return rows.order_by("-starts_on", "-id")


def list_members(project: Project) -> list[MemberLine]:
    """Return who is and was in the team, with what each brought. One query."""
    rows = ProjectMember.objects.filter(project=project).select_related("person__unit")
    return [
        MemberLine(
            row.pk,
            row.person_id,
            row.person.name,
            row.person.unit.name,
            row.get_role_display(),
            row.duty,
            f"{row.valid_from} — {row.valid_to or ''}",
            row.contribution,
            row.valid_to is not None,
            row.person_id == project.head_id,
        )
        for row in rows
    ]


def list_steps(project: Project, user: Any = None, day: date | None = None) -> list[StepLine]:
    """Return the milestones in the order of their dates. One query."""
    me = standing_of(user).person_id if user is not None else None
    day = day or today()
    lines = []
    for row in ProjectStep.objects.filter(project=project).select_related("owner"):
        light = light_for(row.due, day, done=row.done_on is not None)
        may = project.state == Project.State.RUNNING and row.done_on is None and me is not None and me in (row.owner_id, project.head_id)
        note = f"{row.done_on}" if row.done_on else light.note
        lines.append(StepLine(row.pk, row.text, row.owner.name, f"{row.due}", light.state, light.word, note, row.result, may))
    return lines


def list_team_amounts(project: Project, user: Any) -> list[tuple[str, str]]:
    """Return (name, amount) of the members' credited shares in the team's ideas, as far as this reader may see them. One query."""
    rows = (
        Share.objects.visible_to(user)
        .filter(idea__project=project, idea__state=Idea.State.CREDITED, amount__isnull=False)
        .select_related("person", "idea")
        .order_by("person__sort_key", "person__number", "pk")
    )
    return [(row.person.name, f"{show_amount(row.amount, row.idea.get_measure_display())}({row.idea.title})") for row in rows]


def search_projects(user: Any, query: str, limit: int) -> list[Hit]:
    """Find teams by name or purpose."""
    text = query.strip()
    rows = Project.objects.visible_to(user).filter(Q(name__icontains=text) | Q(purpose__icontains=text)).select_related("head")
    return [
        Hit("项目组", row.name, f"{row.head.name} · {row.get_state_display()}", reverse("initiatives:project", args=[row.pk]))
        for row in rows.order_by("-id")[:limit]
    ]
