"""What a person holds here: ideas whose next step is theirs, teams that they lead, milestones, teams that wait for their word."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from ronghe.audit.actions import record
from ronghe.common.actions import lock_row
from ronghe.common.calendar import today
from ronghe.common.registry import Held
from ronghe.initiatives.actions.ideas import pass_idea
from ronghe.initiatives.actions.projects import APPROVAL_TASK, REVIEW_TASK
from ronghe.initiatives.actions.teams import give_step, pass_head
from ronghe.initiatives.models import Idea, Project, ProjectMember, ProjectStep, Share
from ronghe.initiatives.rules import LIVE, STEPS
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person
from ronghe.org.queries import list_holders
from ronghe.worklist import holdings as worklist
from ronghe.worklist.models import Task

LABELS = ("initiatives.idea", "initiatives.share", "initiatives.project", "initiatives.projectstep")
ALIVE = (Project.State.DRAFT, Project.State.RUNNING, Project.State.REVIEW)


def list_held(person_id: int) -> list[Held]:
    """Return what somebody holds in 创效 and 项目组. Five queries."""

    def team(pk: int) -> str:
        return reverse("initiatives:project", args=[pk])

    held = [
        Held(f"idea:{row.pk}", f"创效:{STEPS[row.state]}", str(row), reverse("initiatives:idea", args=[row.pk]))
        for row in Idea.objects.filter(holder_id=person_id, state__in=LIVE).order_by("pk")
    ]
    shares = Share.objects.filter(person_id=person_id, state=Share.State.ASKED, idea__state=Idea.State.VERIFIED).select_related("idea")
    held += [Held(f"share:{row.pk}", "份额确认", str(row.idea), reverse("initiatives:idea", args=[row.idea_id])) for row in shares]
    held += [
        Held(f"head:{row.pk}", "项目组组长", row.name, team(row.pk)) for row in Project.objects.filter(head_id=person_id, state__in=ALIVE)
    ]
    steps = ProjectStep.objects.filter(owner_id=person_id, done_on=None, project__state__in=ALIVE).exclude(project__head_id=person_id)
    held += [Held(f"step:{row.pk}", "项目组里程碑", row.text, team(row.project_id)) for row in steps.order_by("pk")]
    tasks = Task.objects.open().filter(owner_id=person_id, kind__in=(APPROVAL_TASK, REVIEW_TASK), origin_type__app_label="initiatives")
    return held + [Held(f"task:{row.pk}", row.kind, row.title, row.path) for row in tasks.order_by("pk")]


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass one of these on; returns why it can't. Part of the caller's action, which has asked whether it may."""
    what, _colon, pk = key.partition(":")
    try:
        return HANDS[what](pk, giver, to, by, note)
    except ValidationError as problem:
        return " ".join(problem.messages)


def hand_idea(pk: str, giver: Person, to: Person, by: Any, note: str) -> str:
    idea = lock_row(Idea(pk=int(pk)))
    if not idea.is_live or idea.holder_id != giver.pk:
        return "已办过或已改派"
    pass_idea(idea, to, by=by, note=note, verb="移交")
    return ""


def refuse_share(pk: str, giver: Person, to: Person, by: Any, note: str) -> str:
    return "份额只能本人确认,请本人先确认,或由实施人重新商定"


def hand_head(pk: str, giver: Person, to: Person, by: Any, note: str) -> str:
    project = lock_row(Project(pk=int(pk)))
    if not project.is_live or project.head_id != giver.pk:
        return "已结束或已换组长"
    if (
        project.accepted_by_id == to.pk
        or Task.objects.from_origin(project).open().filter(kind__in=(APPROVAL_TASK, REVIEW_TASK), owner=to).exists()
    ):
        return f"{to.name}要批准或验收这个项目组,不能任组长"
    changed = pass_head(project, to, stays=False, since=max(today(), project.starts_on))
    record(by=by, verb="换组长", obj=project, area_id=project.area_id, note=f"{changed};{note}")
    return ""


def hand_step(pk: str, giver: Person, to: Person, by: Any, note: str) -> str:
    step = lock_row(ProjectStep(pk=int(pk)))
    if step.done_on is not None or step.owner_id != giver.pk:
        return "已完成或已改由他人负责"
    if not ProjectMember.objects.filter(project=step.project_id, person=to, valid_to=None).exists():
        return f"{to.name}不在组里,请组长改由组内的人负责"
    give_step(step, to, step.project)
    changes = {step.text[:60]: [giver.name, to.name]}
    record(by=by, verb="移交里程碑", obj=step.project, area_id=step.project.area_id, note=note, changes=changes)
    return ""


def hand_task(pk: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Approving and accepting a team: only another leader who never belonged to it."""
    task = Task.objects.open().filter(pk=pk, owner=giver).first()
    if task is None:
        return "已办结"
    project = Project.objects.get(pk=task.origin_id or 0)
    if not list_holders(LEADERS, area_id=project.area_id, day=today()).filter(pk=to.pk).exists():
        return f"{to.name}不是班子成员,不能批准或验收项目组"
    if ProjectMember.objects.filter(project=project, person=to).exists():
        return f"{to.name}参加过这个项目组,不能批准或验收"
    return worklist.hand_over(pk, giver, to, by, note)


HANDS = {"idea": hand_idea, "share": refuse_share, "head": hand_head, "step": hand_step, "task": hand_task}
