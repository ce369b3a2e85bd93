"""What happened at a meeting, as plain values for the minutes. A constant number of queries."""

from collections import defaultdict

from django.utils import timezone

from ronghe.common.calendar import describe_day
from ronghe.meetings.models import Assignment, Attendee, Item, Meeting, Recusal, Voice
from ronghe.meetings.rules.minutes import ItemRecord, Record, Said
from ronghe.meetings.rules.quorum import VOTES

OUTCOMES = {"passed": "决议", "rejected": "未通过", "noted": "结果", "deferred": "暂缓"}


def load_record(meeting: Meeting) -> Record:
    """Return the record of a meeting; what it did not reach is left out."""
    roll = list(Attendee.objects.filter(meeting=meeting).select_related("person"))
    there = [row for row in roll if row.state == Attendee.State.PRESENT]
    away = [row for row in roll if row.state in (Attendee.State.LEAVE, Attendee.State.ABSENT) and not row.guest]
    opened = timezone.localtime(meeting.opened_at) if meeting.opened_at else None
    clock = f" {opened:%H:%M}" if opened else ""
    return Record(
        title=meeting.title,
        when=f"{describe_day(meeting.held_on)}{clock}",
        place=meeting.place,
        presider=meeting.presider.name,
        recorder=meeting.recorder.name,
        present=[row.person.name for row in there if not row.guest],
        away=[f"{row.person.name}({row.get_state_display()}{f',{row.reason}' if row.reason else ''})" for row in away],
        guests=[row.person.name for row in there if row.guest],
        entitled=sum(1 for row in roll if not row.guest),
        short_notice=meeting.short_notice,
        items=load_items(meeting),
    )


def load_items(meeting: Meeting) -> list[ItemRecord]:
    said: dict[int, list[Said]] = defaultdict(list)
    for voice in Voice.objects.filter(item__meeting=meeting).select_related("person"):
        said[voice.item_id].append(Said(voice.person.name, voice.text, VOTES.get(voice.vote, "")))
    recused: dict[int, list[str]] = defaultdict(list)
    for row in Recusal.objects.filter(item__meeting=meeting).select_related("person"):
        recused[row.item_id].append(f"{row.person.name}({row.reason})")
    assigned: dict[int, list[str]] = defaultdict(list)
    for task in Assignment.objects.filter(item__meeting=meeting).select_related("owner"):
        assigned[task.item_id].append(f"{task.text}({task.owner.name},{task.due} 前)")
    items = Item.objects.filter(meeting=meeting, state__in=OUTCOMES).select_related("reporter")
    return [
        ItemRecord(
            title=item.title,
            matter_class=item.get_matter_class_display(),
            reporter=item.reporter.name if item.reporter else "",
            recused=recused[item.pk],
            said=said[item.pk],
            form=item.get_form_display() + ("(纸质票)" if item.on_paper else ""),
            because=item.because,
            resolution=item.resolution,
            outcome=OUTCOMES[item.state],
            assigned=assigned[item.pk],
            in_room=item.in_room,
        )
        for item in items
    ]
