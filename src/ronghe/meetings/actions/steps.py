"""What every action of meetings leans on: who acts, where a page is, telling people, what is due of whom."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.actions import Refused, lock_row
from ronghe.common.registry import find_halt
from ronghe.meetings.models import Attendee, Item, Meeting, Urgent
from ronghe.notices.actions import notify
from ronghe.org.models import Person
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import open_tasks, settle_tasks

PREPARE_TASK, ATTEND_TASK, BALLOT_TASK, CONFIRM_TASK = "组织会议", "参加会议", "无记名投票", "确认纪要"
FOLLOW_TASK, RATIFY_TASK = "决议落实", "追认紧急决定"


def person_of(by: Any) -> Person:
    """Return the person who acts. Raises Refused for an account without one: each step has a name."""
    if standing_of(by).person_id is None:
        raise Refused(_("这个账号没有对应的人员,不能办理会议事项。"))
    person: Person = by.person
    return person


def path_of(row: Meeting | Item | Urgent) -> str:
    """Return the address of a row's page: what tasks and messages open."""
    name = {"meeting": "meetings:meeting", "item": "meetings:item", "urgent": "meetings:urgent"}[row._meta.model_name or ""]
    return reverse(name, args=[row.pk])


def tell(people: Iterable[Person], row: Meeting | Item | Urgent, text: str, *, by: Any) -> None:
    """Leave a message with each person once, the actor left out."""
    me = standing_of(by).person_id
    wanted = {person.pk: person for person in people if person.pk != me}
    notify(wanted.values(), kind="会议", title=text, path=path_of(row), area_id=row.area_id, by=by)


def expect(row: Any, kind: str, owners: Iterable[Person], title: str, *, due: Any, path: str, unit_id: int | None = None) -> None:
    """Open a task for each."""
    open_tasks(row, kind=kind, owners=owners, title=title, path=path, due=due, area_id=row.area_id, unit_id=unit_id)


def settle(row: Any, kind: str, result: str, *, dropped: bool = False, owner: Person | None = None) -> None:
    settle_tasks(row, kind=kind, result=result, dropped=dropped, owner=owner)


def lock_meeting(meeting: Meeting, *, version: int | None = None) -> Meeting:
    """Lock a meeting: whatever happens in its room waits here, so that nobody comes or goes while a vote is counted."""
    return lock_row(meeting, version=version)


def lock_item(item: Item, *, version: int | None = None) -> tuple[Meeting, Item]:
    """Lock an item's meeting, then the item: always in this order."""
    if item.meeting_id is None:
        raise Refused(_("这个议题还没有列入会议。"))
    meeting = lock_row(Meeting(pk=item.meeting_id))
    locked = lock_row(item, version=version)
    if locked.meeting_id != meeting.pk:
        raise Refused(_("这个议题刚被移出了会议,请刷新后再看。"))
    locked.meeting = meeting
    return meeting, locked


def require_open(meeting: Meeting) -> None:
    """Raise Refused outside the meeting."""
    if meeting.state != Meeting.State.OPEN:
        raise Refused(_("会议现在是“%(state)s”,只有进行中才能办理。") % {"state": meeting.get_state_display()})


def refuse_halted(item: Item) -> None:
    """Raise Refused while the context that brought the item lets nothing of it go on: no vote is cast, none is counted."""
    halt = find_halt(item.origin_label, item.origin_id)
    if halt:
        raise Refused(halt)


def require_ahead(meeting: Meeting) -> None:
    """Raise Refused for a meeting that has begun, was held or cancelled."""
    if not meeting.is_ahead:
        raise Refused(_("会议现在是“%(state)s”,不能再改。") % {"state": meeting.get_state_display()})


def require_still(meeting: Meeting) -> None:
    """Raise Refused while a vote is on: who is in the room does not change before the result stands."""
    if Item.objects.filter(meeting=meeting, state=Item.State.VOTING).exists():
        raise Refused(_("正在表决,结果出来之前出席和回避不能变动。"))


def list_voters(meeting: Meeting) -> list[Attendee]:
    """Return the roll's entries that have a vote. One query."""
    return list(Attendee.objects.filter(meeting=meeting, votes=True).select_related("person"))
