"""The seam to meetings: steps that wait for a meeting are offered to its agenda, and its record is taken over. Nothing else completes them."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse

from ronghe.common.registry import AgendaOffer, Resolved
from ronghe.decisions.actions.gate import take_result
from ronghe.decisions.actions.steps import name_step
from ronghe.decisions.models import Matter, Outcome, Step
from ronghe.decisions.rules import MEETING_STEPS, Sitting
from ronghe.meetings.actions.votes import find_quorum
from ronghe.meetings.models import Assignment, Attendee, Item, Recusal
from ronghe.meetings.rules.quorum import count_base

LABEL = "decisions.step"
# kind of meeting → body that decides a step
BODY_OF = {"committee": "branch", "leaders": "leaders"}


def list_offers(area_id: int, kind: str) -> list[AgendaOffer]:
    """Return the steps that wait for a meeting of this kind: prepared, or urgently decided and to be ratified."""
    waits = Q(state=Step.State.OPEN, prepared_on__isnull=False) | Q(state=Step.State.URGENT)
    rows = Step.objects.filter(waits, matter__area_id=area_id, matter__state=Matter.State.RUNNING, kind__in=MEETING_STEPS)
    return [describe_offer(step) for step in rows.select_related("matter__edition") if step.body == BODY_OF.get(kind)]


def describe_offer(step: Step) -> AgendaOffer:
    matter = step.matter
    verb = "追认" if step.state == Step.State.URGENT else name_step(step)
    matter_class = "personnel" if matter.category == "personnel" else "major"
    url = reverse("decisions:matter", args=[matter.pk])
    return AgendaOffer(LABEL, step.pk, f"{verb}:{matter.title}"[:120], matter_class, matter.text, step.due, url)


def find_bar(_label: str, pk: int, kind: str) -> str:
    """Return why the step may not be taken up or voted on now, or ''."""
    step = Step.objects.select_related("matter__edition").filter(pk=pk).first()
    if step is None or step.matter.state != Matter.State.RUNNING:
        return "这个决策事项已被叫停或已办结,现在不能审议。"
    if step.body != BODY_OF.get(kind):
        return "这个事项不由这类会议研究。"
    if step.state != Step.State.URGENT and (step.state != Step.State.OPEN or step.prepared_on is None):
        return "这个事项的上会材料还没有备齐。"
    item = Item.objects.filter(origin_type=ContentType.objects.get_for_model(Step), origin_id=pk, state=Item.State.OPEN).first()
    return find_stayed(item, step.matter) if item is not None else ""


def find_stayed(item: Item, matter: Matter) -> str:
    """Return who is there, must be recused and is not; asked when the vote begins."""
    there = Attendee.objects.filter(meeting__items=item, votes=True, state=Attendee.State.PRESENT).values("person_id")
    recused = Recusal.objects.filter(item=item).values("person_id")
    names = list(matter.interested.filter(pk__in=there).exclude(pk__in=recused).values_list("name", flat=True))
    return f"应回避而没有回避:{'、'.join(names)}。" if names else ""


def take(_label: str, pk: int, outcome: Resolved, by: Any) -> None:
    """Take over what the meeting resolved, in the transaction that closes the item."""
    item = Item.objects.select_related("meeting__presider").get(pk=outcome.item)
    take_result(Step.objects.select_related("matter").get(pk=pk), read_sitting(item), by=by)


def read_sitting(item: Item) -> Sitting:
    """Return the record of an item as plain values."""
    meeting = item.meeting
    assert meeting is not None
    roll = list(Attendee.objects.filter(meeting=meeting).select_related("person"))
    voters = [row for row in roll if row.votes]
    recused = set(Recusal.objects.filter(item=item).values_list("person_id", flat=True))
    rule = find_quorum(item, meeting).rule
    return Sitting(
        BODY_OF.get(item.kind_code, item.kind_code),
        meeting.title,
        meeting.held_on,
        tuple(row.person_id for row in voters),
        tuple(row.person_id for row in voters if row.state == Attendee.State.PRESENT),
        tuple(row.person_id for row in voters if row.person_id in recused),
        item.yes or 0,
        item.no or 0,
        item.abstain or 0,
        item.state == Item.State.PASSED,
        needed=rule.attend.needed(count_base(rule, item.room).entitled),
        form=str(item.get_form_display()),
        presider=meeting.presider.name,
        because=item.because,
        resolution=item.resolution,
        observers=tuple(row.person.name for row in roll if row.guest and row.state == Attendee.State.PRESENT),
        away=tuple(
            f"{row.person.name}({row.get_state_display()}{',' + row.reason if row.reason else ''})"
            for row in voters
            if row.state != Attendee.State.PRESENT
        ),
        names={row.person_id: row.person.name for row in voters},
        meeting=meeting.pk,
        item=item.pk,
    )


def list_follow(matter: Matter) -> list[Assignment]:
    """Return what meetings assigned after resolving on the matter."""
    items = Outcome.objects.filter(matter=matter, item__isnull=False).values("item")
    return list(Assignment.objects.filter(item_id__in=items).select_related("owner"))
