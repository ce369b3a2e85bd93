"""What every action of 整改 leans on: who acts, who may be charged, handing the next step on with its task and message."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common import registry
from ronghe.common.actions import Refused
from ronghe.common.calendar import add_working_days, now, today
from ronghe.notices.actions import notify
from ronghe.org.models import Person
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of
from ronghe.rectification.models import READERS, Item, Measure, Occurrence, Proof, Request
from ronghe.rectification.queries.sources import find_source
from ronghe.rectification.queries.takers import list_takers
from ronghe.rectification.rules import LIVE, STEPS
from ronghe.worklist.actions import open_tasks, settle_tasks

TASK_KINDS = {"open": "整改方案", "recurred": "整改方案", "curing": "整改", "returned": "整改", "proving": "整改验证"}
MEASURE_TASK = "整改措施"
REQUEST_TASK = "整改审批"


def person_of(by: Any) -> Person:
    """Return the person who acts. Raises Refused for an account without one: each step has a name."""
    if standing_of(by).person_id is None:
        raise Refused(_("这个账号没有对应的人员,不能办理整改。"))
    person: Person = by.person
    return person


def path_of(item: Item) -> str:
    """Return the address of the item's page: what tasks and messages open."""
    return reverse("rectification:item", args=[item.pk])


def require_live(item: Item) -> None:
    """Raise Refused for an ended item."""
    if item.state not in LIVE:
        raise Refused(
            _("%(number)s 已%(state)s,不能再办理。") % {"number": item.number, "state": item.get_state_display().removeprefix("已")}
        )


def check_takers(area_id: int, **people: Person) -> None:
    """Raise ValidationError at the field of a person who cannot be charged: of another area, gone, or without an account or post."""
    able = set(list_takers(area_id).filter(pk__in=[person.pk for person in people.values()]).values_list("pk", flat=True))
    problems = {
        field: _("%(name)s 在本管理区没有在任岗位或没有账号,请换一位。") % {"name": person.name}
        for field, person in people.items()
        if person.pk not in able
    }
    if problems:
        raise ValidationError(problems)


def check_two_people(owner: Person, verifier: Person) -> None:
    """Raise ValidationError where the verifier is the one who cures."""
    if owner.pk == verifier.pk:
        raise ValidationError({"verifier": _("验证人不能是责任人本人。")})


def choose_verifier(area_id: int, owner: Person) -> Person:
    """Return the usual verifier: one of the 纪检小组, else a reader of the area, never the owner."""
    able = list_takers(area_id).exclude(pk=owner.pk)
    for kinds in ("discipline_member", "branch_secretary", READERS):
        found = able.filter(pk__in=list_holders(kinds, area_id=area_id, day=today()).values("pk")).first()
        if found is not None:
            return found
    raise ValidationError({"verifier": _("本管理区没有可以担任验证人的人,请先任命纪检小组成员。")})


def plan_date(item: Item) -> date:
    """Return until when the plan is expected: some working days, never after the item's own deadline."""
    return min(item.due, add_working_days(today(), find_source(item.area_id, item.source).plan_days))


def hold(item: Item, person: Person | None, step_due: date | None) -> None:
    """Name who has the next step and until when; nobody and never for an ended item. Not saved."""
    item.holder, item.step_due = person, step_due


def pass_on(item: Item, *, result: str, dropped: bool = False) -> None:
    """Settle the task of the step that is over and open the holder's, if one follows."""
    settle_tasks(item, result=result, dropped=dropped)
    redate(item)


def redate(item: Item) -> None:
    """Bring the holder's open task in line with the item: its date and title."""
    if item.holder is None:
        return
    open_tasks(
        item,
        kind=TASK_KINDS[item.state],
        owners=[item.holder],
        title=f"{STEPS[item.state]}:{item.title}",
        path=path_of(item),
        due=item.step_due,
        area_id=item.area_id,
        unit_id=item.unit_id,
    )


def expect_measure(measure: Measure, item: Item) -> None:
    """Open the task of a measure for whoever carries it out; the owner has the item's own."""
    if measure.done_on is not None or measure.responsible_id == item.owner_id:
        return
    open_tasks(
        measure,
        kind=MEASURE_TASK,
        owners=[measure.responsible],
        title=f"整改措施:{measure.text}",
        path=path_of(item),
        due=measure.due,
        area_id=item.area_id,
        unit_id=item.unit_id,
    )


def tell_origins(item: Item) -> None:
    """Tell those on whose findings the item stands that it has ended."""
    found = Occurrence.objects.filter(item=item, origin_id__isnull=False).select_related("origin_type")
    for label, pk in dict.fromkeys(
        (f"{row.origin_type.app_label}.{row.origin_type.model}", row.origin_id) for row in found if row.origin_type
    ):
        registry.tell_ending(label, pk)


def drop_requests(item: Item, *, kinds: Iterable[str], but: Request | None = None) -> None:
    """Let requests go that the item has overtaken."""
    waiting = Request.objects.select_for_update().filter(item=item, state=Request.State.ASKED, kind__in=list(kinds))
    for row in waiting.exclude(pk=but.pk if but else 0):
        row.drop()
        row.decided_at = now()
        row.save()
        settle_tasks(row, result="不再需要", dropped=True)


def end_parts(item: Item, *, but: Request | None = None) -> None:
    """Let go of what still waits under an item that has ended: requests, an unanswered proof, tasks of measures."""
    drop_requests(item, kinds=Request.Kind.values, but=but)
    for proof in Proof.objects.filter(item=item, verdict=Proof.Verdict.PENDING):
        proof.verdict = Proof.Verdict.DROPPED
        proof.save()
    for measure in Measure.objects.filter(item=item, done_on=None):
        settle_tasks(measure, result="整改项已办结", dropped=True)


def tell(people: Iterable[Person], item: Item, text: str, *, by: Any, kind: str = "整改") -> None:
    """Leave a message that opens the item with each person once, the actor left out."""
    me = standing_of(by).person_id
    wanted = {person.pk: person for person in people if person.pk != me}
    notify(wanted.values(), kind=kind, title=text, path=path_of(item), area_id=item.area_id, by=by)
