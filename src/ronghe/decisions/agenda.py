"""The seam to meetings: steps that wait for a meeting are offered to its agenda, and its record is taken over. Nothing else completes them."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse

from ronghe.common.own_fields import list_filled
from ronghe.common.registry import AgendaOffer, Brought, Resolved
from ronghe.decisions.actions.gate import take_result
from ronghe.decisions.actions.steps import name_step
from ronghe.decisions.models import Matter, Step
from ronghe.decisions.rules import KIND_OF, MEETING_STEPS, STEPS, Sitting, write_sum
from ronghe.documents.models import Document
from ronghe.meetings.actions.votes import find_quorum
from ronghe.meetings.models import Attendee, Item, Recusal
from ronghe.meetings.rules.quorum import count_base

LABEL = "decisions.step"
STOPPED = "这个决策事项已被叫停,恢复之前不能审议、投票、计票。"
# kind of meeting → body that decides a step
BODY_OF = {code: body for body, code in KIND_OF.items()}


def list_offers(area_id: int, kind: str) -> list[AgendaOffer]:
    """Return the steps that wait for a meeting of this kind: prepared, or urgently decided and to be ratified."""
    waits = Q(state=Step.State.OPEN, prepared_on__isnull=False) | Q(state=Step.State.URGENT)
    if kind not in BODY_OF:
        return []
    rows = Step.objects.filter(waits, matter__area_id=area_id, matter__state=Matter.State.RUNNING, kind__in=MEETING_STEPS)
    return [describe_offer(step) for step in rows.select_related("matter__edition") if step.body == BODY_OF.get(kind)]


def describe_offer(step: Step) -> AgendaOffer:
    matter = step.matter
    ratifies = step.state == Step.State.URGENT
    verb = "追认" if ratifies else name_step(step)
    proposal = f"同意{matter.title}" + (f",金额 {write_sum(matter.amount)} 万元" if matter.amount is not None else "") + "。"
    if ratifies:
        urgent = matter.outcomes.filter(urgent=True).last()
        proposal = f"追认 {urgent.held_on} 作出的紧急决定:{urgent.resolution}" if urgent else f"追认{matter.title}的紧急决定。"
    matter_class = "personnel" if matter.category == "personnel" else "major"
    url = reverse("decisions:matter", args=[matter.pk])
    due = step.due if not ratifies else None
    return AgendaOffer(LABEL, step.pk, f"{verb}:{matter.title}"[:120], matter_class, write_text(step), due, url, proposal, matter.owner_id)


def write_text(step: Step) -> str:
    """Return what the members read before the meeting: the matter, whom it touches, and the step's own form (the four checks of 前置研究)."""
    matter = step.matter
    away = "、".join(matter.interested.values_list("name", flat=True))
    lines = [f"{matter.number} {matter.title}", matter.text, f"应回避:{away}" if away else ""]
    lines += [f"{label}:{text}" for label, text in list_filled(matter.edition.list_fields(step.form), step.values)]
    return "\n".join(line for line in lines if line)


def find_bar(_label: str, pk: int, kind: str) -> str:
    """Return why the step may not be taken up or voted on now, or ''."""
    step = Step.objects.select_related("matter__edition").filter(pk=pk).first()
    if step is None or step.matter.state != Matter.State.RUNNING:
        return STOPPED if step is not None and step.matter.state == Matter.State.STOPPED else "这个决策事项已经办结。"
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


def look(pks: list[int]) -> dict[int, Brought]:
    """Return the papers of all steps of a matter up to the one that is brought, and whether the matter is stopped. Three queries."""
    brought = list(Step.objects.filter(pk__in=pks).values_list("pk", "matter_id", "place", "matter__state"))
    steps = Step.objects.filter(matter_id__in=[row[1] for row in brought])
    places = {pk: (matter, place, STEPS[kind]) for pk, matter, place, kind in steps.values_list("pk", "matter_id", "place", "kind")}
    papers: dict[int, list[tuple[int, str, str]]] = {}
    kind = ContentType.objects.get_for_model(Step)
    for one in Document.objects.filter(object_type=kind, object_id__in=places):
        matter, place, step = places[one.object_id]
        papers.setdefault(matter, []).append((place, f"{step}:{one.name}", reverse("documents:download", args=[one.pk])))
    return {
        pk: Brought(
            tuple((name, url) for at, name, url in sorted(papers.get(matter, [])) if at <= place),
            STOPPED if state == Matter.State.STOPPED else "",
        )
        for pk, matter, place, state in brought
    }


def find_follow_bar(_label: str, pk: int) -> str:
    """Return why what the meeting assigned may not be carried out now, or ''."""
    stopped = Step.objects.filter(pk=pk, matter__state=Matter.State.STOPPED).exists()
    return "这个决策事项已被叫停,恢复之前不能落实。" if stopped else ""


def find_page(pk: int) -> str:
    """Return the page of a step's matter, for who comes from an item of an agenda."""
    matter = Step.objects.filter(pk=pk).values_list("matter_id", flat=True).first()
    return reverse("decisions:matter", args=[matter]) if matter else ""
