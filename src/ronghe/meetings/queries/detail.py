"""What the page of one meeting and of one item show, and what this reader may do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.calendar import today
from ronghe.common.registry import AgendaOffer, Brought, find_agenda_bar, find_brought, find_halt
from ronghe.documents.models import Document
from ronghe.meetings import permissions
from ronghe.meetings.models import Attendee, Item, Meeting, QuorumRule, Recusal, Urgent, Voice, Voted
from ronghe.meetings.queries.lists import ITEM_TONES
from ronghe.meetings.queries.room import count_room
from ronghe.meetings.rules.quorum import count_base, find_bar_to_deciding
from ronghe.org.models import Person
from ronghe.org.standing import standing_of


@dataclass(frozen=True)
class RollLine:
    pk: int
    person_id: int
    name: str
    votes: bool
    guest: bool
    state: str
    word: str
    reason: str


@dataclass(frozen=True)
class AgendaLine:
    pk: int
    number: int
    title: str
    matter_class: str
    reporter: str
    state: str
    word: str
    tone: str
    because: str
    files: int
    in_room: bool
    url: str
    halted: str = ""


@dataclass(frozen=True)
class NextStep:
    """What comes next: a button for whoever may, a sentence for the others. `post` sends at once."""

    text: str
    url: str = ""
    label: str = ""
    post: bool = False
    confirm: str = ""


@dataclass(frozen=True)
class FileLine:
    name: str
    url: str


def list_roll(meeting: Meeting) -> list[RollLine]:
    """Return who belongs. One query."""
    rows = Attendee.objects.filter(meeting=meeting).select_related("person")
    return [
        RollLine(row.pk, row.person_id, row.person.name, row.votes, row.guest, row.state, row.get_state_display(), row.reason)
        for row in rows
    ]


def list_agenda(meeting: Meeting) -> list[AgendaLine]:
    """Return the agenda with the number of its papers, those of what other contexts bring among them. Two queries and theirs."""
    items = list(Item.objects.filter(meeting=meeting).select_related("reporter", "origin_type"))
    brought = find_brought((item.origin_label, item.origin_id) for item in items)
    kind = ContentType.objects.get_for_model(Item)
    counted = Document.objects.filter(object_type=kind, object_id__in=[item.pk for item in items]).order_by()
    files = dict(counted.values_list("object_id").annotate(Count("pk")))
    lines = []
    for number, item in enumerate(items, 1):
        one = brought.get((item.origin_label, item.origin_id or 0), Brought())
        lines.append(
            AgendaLine(
                item.pk,
                number,
                item.title,
                item.get_matter_class_display(),
                item.reporter.name if item.reporter else "",
                item.state,
                str(item.get_state_display()),
                ITEM_TONES[item.state],
                item.because,
                files.get(item.pk, 0) + len(one.papers),
                item.in_room,
                reverse("meetings:item", args=[item.pk]),
                one.halted if item.is_live else "",
            )
        )
    return lines


def list_files(item: Item) -> list[FileLine]:
    """Return the papers of an item, after them those of what it brings before the meeting. One query and theirs."""
    kind = ContentType.objects.get_for_model(Item)
    rows = Document.objects.filter(object_type=kind, object_id=item.pk)
    own = [FileLine(row.name, reverse("documents:download", args=[row.pk])) for row in rows]
    return own + [FileLine(*paper) for one in find_brought([(item.origin_label, item.origin_id)]).values() for paper in one.papers]


def find_bar(item: Item) -> str:
    """Return why a live item may not be taken up or voted on now, or why its vote rests, or ''."""
    if item.state == Item.State.VOTING:
        return find_halt(item.origin_label, item.origin_id)
    return find_agenda_bar(item.origin_label, item.origin_id, item.kind_code) if item.is_live else ""


def list_open_offers(meeting: Meeting, offers: Iterable[AgendaOffer]) -> list[AgendaOffer]:
    """Return the offers that no live item stands for yet. One query."""
    live = Item.objects.filter(area_id=meeting.area_id, kind_code=meeting.kind_code, state__in=("waiting", "listed", "open", "voting"))
    taken = set(live.exclude(origin_type=None).values_list("origin_type__app_label", "origin_type__model", "origin_id"))
    return [one for one in offers if (*one.label.split("."), one.pk) not in taken]


def list_ratifications(area_id: int, kind_code: str) -> set[int]:
    """Return the items of the backlog that ratify an urgent decision: they belong to the next meeting of their kind. Two queries."""
    about = set(
        Urgent.objects.filter(area_id=area_id, kind_code=kind_code, state=Urgent.State.OPEN).values_list(
            "pk", "origin_type_id", "origin_id"
        )
    )
    if not about:
        return set()
    own, kind = {pk for pk, _type, _pk in about}, ContentType.objects.get_for_model(Urgent).pk
    origins = {(one, pk) for _pk, one, pk in about if pk is not None} | {(kind, pk) for pk in own}
    waiting = Item.objects.filter(area_id=area_id, kind_code=kind_code, state=Item.State.WAITING, origin_id__isnull=False)
    return {pk for pk, one, origin in waiting.values_list("pk", "origin_type_id", "origin_id") if (one, origin) in origins}


def find_next_step(meeting: Meeting, user: Any, roll: list[RollLine], items: list[AgendaLine]) -> NextStep:
    """Return the next step of a meeting for this reader."""
    state = meeting.state
    prepares, runs = permissions.may_prepare(user, meeting), permissions.may_run(user, meeting)

    def to(name: str) -> str:
        return reverse(f"meetings:{name}", args=[meeting.pk])

    if state == Meeting.State.PLANNED and prepares:
        left = len(list_ratifications(meeting.area_id, meeting.kind_code)) if meeting.kind.by_name else 0
        if left:
            text = _("有 %(n)d 项紧急决定待追认,须列入这次会议的议程。") % {"n": left}
            return NextStep(text, to("meeting-agenda"), _("定议程"))
        if not items:
            return NextStep(_("先定议程:从议题库选,或直接写。"), to("meeting-agenda"), _("定议程"))
        days = meeting.kind.materials_days
        return NextStep(_("议程定了就发通知,材料应提前 %(n)d 天送达。") % {"n": days}, to("meeting-notice"), _("发通知"))
    if state == Meeting.State.NOTICED and runs:
        if meeting.held_on > today():
            return NextStep(_("通知已发,%(day)s 开会。") % {"day": meeting.held_on})
        return NextStep(_("人到齐了就宣布开会,再逐项审议。"), to("meeting-open"), _("宣布开会"), post=True)
    if state == Meeting.State.OPEN and runs:
        return find_room_step(meeting, roll, items)
    if state == Meeting.State.CLOSED and runs:
        me = standing_of(user).person_id
        mine = meeting.presider_confirmed_at if me == meeting.presider_id else meeting.recorder_confirmed_at
        if mine is None:
            return NextStep(_("请核对纪要,无误后确认;两人都确认后锁定。"), to("meeting-confirm"), _("确认纪要"), post=True)
    return NextStep(describe_waiting(meeting))


def find_room_step(meeting: Meeting, roll: list[RollLine], items: list[AgendaLine]) -> NextStep:
    """Return what the presider does next in the room."""
    if any(line.state == Attendee.State.EXPECTED for line in roll):
        return NextStep(_("先登记谁到会、谁请假。"), reverse("meetings:meeting-attendance", args=[meeting.pk]), _("登记出席"))
    current = next((line for line in items if line.state in ("open", "voting")), None)
    if current is not None:
        return NextStep(_("正在审议第 %(n)d 项:%(title)s") % {"n": current.number, "title": current.title}, current.url, _("回到这一项"))
    following = next((line for line in items if line.state == "listed" and not line.halted), None)
    if following is not None:
        text = _("下一项:%(n)d. %(title)s") % {"n": following.number, "title": following.title}
        return NextStep(text, reverse("meetings:item-take-up", args=[following.pk]), _("开始审议"), post=True)
    text = _("议程已走完,可以散会;纪要由记录自动起草。")
    return NextStep(text, reverse("meetings:meeting-close", args=[meeting.pk]), _("散会"), post=True, confirm=_("确定散会?"))


def describe_waiting(meeting: Meeting) -> str:
    """Return what everybody else waits for."""
    names = {"presider": meeting.presider.name, "recorder": meeting.recorder.name, "day": meeting.held_on}
    texts = {
        "planned": _("计划 %(day)s 召开,由 %(presider)s 组织。"),
        "noticed": _("%(day)s 召开,%(presider)s 主持。来不了请先请假。"),
        "open": _("会议进行中,%(presider)s 主持,%(recorder)s 记录。"),
        "closed": _("会议已开完,等 %(presider)s 和 %(recorder)s 确认纪要。"),
        "locked": _("纪要已由 %(presider)s 和 %(recorder)s 确认并锁定。"),
        "cancelled": _("会议已取消。"),
    }
    return texts[meeting.state] % names


def list_other_steps(meeting: Meeting, user: Any, roll: list[RollLine]) -> list[tuple[str, str, str]]:
    """Return (address, icon, label) of what else this reader may do."""
    steps: list[tuple[str, str, str]] = []

    def offer(may: bool, name: str, icon: str, label: str) -> None:
        if may:
            steps.append((reverse(f"meetings:{name}", args=[meeting.pk]), icon, label))

    state = meeting.state
    prepares, runs = permissions.may_prepare(user, meeting), permissions.may_run(user, meeting)
    ahead, running = meeting.is_ahead, state == Meeting.State.OPEN
    me = standing_of(user).person_id
    mine = next((line for line in roll if line.person_id == me), None)
    offer(
        state == Meeting.State.NOTICED and mine is not None and mine.state == "expected" and not mine.guest,
        "meeting-leave",
        "calendar-off",
        _("请假"),
    )
    offer(ahead and prepares, "meeting-agenda", "list-details", _("定议程"))
    offer((ahead or (running and meeting.kind.in_room)) and prepares, "meeting-add", "plus", _("加议题"))
    offer(running and runs, "meeting-attendance", "users", _("登记出席"))
    offer((ahead or running) and prepares, "meeting-guest", "user-plus", _("邀请列席"))
    offer(ahead and prepares, "meeting-edit", "calendar-time", _("改期、换人"))
    offer(state == Meeting.State.NOTICED and prepares, "meeting-recall", "arrow-back-up", _("收回通知"))
    offer(ahead and prepares, "meeting-cancel", "x", _("取消会议"))
    offer(state == Meeting.State.CLOSED and runs, "meeting-minutes", "pencil", _("修改纪要"))
    offer(state == Meeting.State.LOCKED and runs, "meeting-correct", "pencil-plus", _("登记更正"))
    return steps


@dataclass(frozen=True)
class QuorumLine:
    """Whether those who are there can decide an item now; `short` where they cannot."""

    text: str
    short: bool


def describe_quorum(item: Item) -> QuorumLine | None:
    """Return how the quorum of an item under discussion stands: what a presider looks at before the vote. Three queries."""
    meeting = item.meeting
    if meeting is None or item.state != Item.State.OPEN or item.matter_class == "info":
        return None
    found = QuorumRule.objects.filter(kind_id=meeting.kind_id, matter_class=item.matter_class).first()
    if found is None:
        return None
    room = count_room(item, meeting)
    bar = find_bar_to_deciding(found.rule, room)
    base = count_base(found.rule, room)
    needed = found.rule.attend.needed(base.entitled)
    text = _("法定人数:须 %(needed)d 人参加本项表决,现有 %(present)d 人。") % {"needed": needed, "present": base.present}
    return QuorumLine(bar or text, bool(bar))


@dataclass(frozen=True)
class SpeakerLine:
    """One who takes part in an item: what they said and voted, in the order in which they are asked, the head last."""

    person: Person
    votes: bool
    head: bool
    recused: str
    text: str
    vote: str
    place: int

    @property
    def person_id(self) -> int:
        return self.person.pk

    @property
    def name(self) -> str:
        return self.person.name


def list_speakers(item: Item) -> list[SpeakerLine]:
    """Return who is in the room for an item, those who decide first, the head last. Three queries."""
    meeting = item.meeting
    if meeting is None:
        return []
    voices = {row.person_id: row for row in Voice.objects.filter(item=item)}
    recused = dict(Recusal.objects.filter(item=item).values_list("person_id", "reason"))
    lines = []
    for row in Attendee.objects.filter(meeting=meeting).select_related("person"):
        voice = voices.get(row.person_id)
        if row.state != Attendee.State.PRESENT and row.person_id not in recused and voice is None:
            continue
        head = meeting.kind.head_last and row.person_id == meeting.presider_id
        vote = str(voice.get_vote_display()) if voice and voice.vote else ""
        text, place = (voice.text, voice.place) if voice else ("", 0)
        lines.append(SpeakerLine(row.person, row.votes, head, recused.get(row.person_id, ""), text, vote, place))
    return sorted(lines, key=lambda line: (line.head, not line.votes, line.place or 999))


def count_voted(item: Item) -> tuple[int, int]:
    """Return (how many have voted, of how many) of an open ballot: never what. One query."""
    room = item.room
    return Voted.objects.filter(item=item).count(), room.present - room.recused
