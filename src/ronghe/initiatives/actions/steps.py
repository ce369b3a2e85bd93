"""What every action of 创效 leans on: who acts, who has the next step, its task and message."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.initiatives.kinds import STAND_INS
from ronghe.initiatives.models import Idea, ProjectMember, Share
from ronghe.initiatives.queries.terms import find_terms, list_able
from ronghe.initiatives.rules import STEPS, find_bar_to_verifying, list_levels
from ronghe.notices.actions import notify
from ronghe.org.models import Person
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import open_tasks, settle_tasks

TASK_KINDS = {"proposed": "创效受理", "doing": "创效实施", "verifying": "创效核实", "verified": "创效份额"}
SHARE_TASK = "份额确认"


def person_of(by: Any) -> Person:
    """Return the person who acts. Raises Refused for an account without one: each step has a name."""
    if standing_of(by).person_id is None:
        raise Refused(_("这个账号没有对应的人员,不能办理。"))
    person: Person = by.person
    return person


def path_of(idea: Idea) -> str:
    """Return the address of the idea's page: what tasks and messages open."""
    return reverse("initiatives:idea", args=[idea.pk])


def find_decider(idea: Idea, level: int) -> tuple[Person, int] | None:
    """Return who decides at this level or, where nobody able stands there, above it; never the proposer. None above the last."""
    able = list_able(idea.area_id).exclude(pk=idea.proposer_id)
    levels = list_levels(idea.kind)
    for place in range(level, len(levels)):
        unit_id = idea.unit_id if levels[place] == "station_chief" else None
        found = able.filter(pk__in=list_holders(levels[place], area_id=idea.area_id, day=today(), unit_id=unit_id).values("pk")).first()
        if found is not None:
            return found, place
    return None


def list_gaining(idea: Idea) -> set[int]:
    """Return who gains from an idea: its shares' people, and the team in which it was done."""
    gaining = set(Share.objects.filter(idea=idea).exclude(state=Share.State.DROPPED).values_list("person_id", flat=True))
    if idea.project_id:
        gaining |= set(ProjectMember.objects.filter(project_id=idea.project_id).values_list("person_id", flat=True))
    return gaining


def find_bar(idea: Idea, person_id: int) -> str:
    """Return why this person may not verify the idea's benefit, or ''."""
    return find_bar_to_verifying(person_id, proposer=idea.proposer_id, owner=idea.owner_id, credited=list_gaining(idea))


def choose_verifier(idea: Idea) -> Person:
    """Return who verifies: the holder of the post that the terms name, else the next who gains nothing from it."""
    able = list_able(idea.area_id)
    for kind in (find_terms(idea.area_id).verifier_kind, *STAND_INS):
        for person in able.filter(pk__in=list_holders(kind, area_id=idea.area_id, day=today()).values("pk")):
            if not find_bar(idea, person.pk):
                return person
    raise Refused(_("本管理区现在没有可以核实这项效益的人(经营副职、经理、书记、审核人都缺位或与它有关),请先任命。"))


def check_able(area_id: int, **people: Person | None) -> None:
    """Raise ValidationError at the field of a person who cannot be charged."""
    wanted = {field: person for field, person in people.items() if person is not None}
    able = set(list_able(area_id).filter(pk__in=[person.pk for person in wanted.values()]).values_list("pk", flat=True))
    problems = {
        field: _("%(name)s 在本管理区没有在任岗位或没有账号,请换一位。") % {"name": person.name}
        for field, person in wanted.items()
        if person.pk not in able
    }
    if problems:
        raise ValidationError(problems)


def hold(idea: Idea, person: Person | None, step_due: date | None) -> None:
    """Name who has the next step and until when. Not saved."""
    idea.holder, idea.step_due = person, step_due


def pass_on(idea: Idea, *, result: str, dropped: bool = False) -> None:
    """Settle the task of the step that is over and open the holder's, if one follows."""
    settle_tasks(idea, result=result, dropped=dropped)
    if idea.holder is None:
        return
    open_tasks(
        idea,
        kind=TASK_KINDS[idea.state],
        owners=[idea.holder],
        title=f"{STEPS[idea.state]}:{idea.title}",
        path=path_of(idea),
        due=idea.step_due,
        area_id=idea.area_id,
        unit_id=idea.unit_id,
    )


def tell(people: Iterable[Person | None], idea: Idea, text: str, *, by: Any) -> None:
    """Leave a message that opens the idea with each person once, the actor left out."""
    me = standing_of(by).person_id
    wanted = {person.pk: person for person in people if person is not None and person.pk != me}
    notify(wanted.values(), kind="创效", title=text, path=path_of(idea), area_id=idea.area_id, by=by)


def end(idea: Idea, note: str) -> None:
    """Close the book: nobody holds it any more. Not saved."""
    hold(idea, None, None)
    idea.raise_on = None
    idea.ended_on, idea.ending = today(), note
