"""The workbench's part: ballots that wait for me, my next meetings, urgent decisions that are red."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ronghe.common.badges import count_badge
from ronghe.common.calendar import today
from ronghe.meetings.models import Attendee, Item, Meeting, Recusal, Urgent, Voted
from ronghe.org.kinds import LEADERS
from ronghe.org.standing import standing_of

DAYS_AHEAD = 7
MOST = 6


def list_ballots(user: Any) -> QuerySet[Item] | None:
    """Return the open urns into which the user may still cast a vote (counted beside the menu line)."""
    me = standing_of(user).person_id
    if me is None:
        return None
    there = Attendee.objects.filter(meeting=OuterRef("meeting"), person_id=me, votes=True, state=Attendee.State.PRESENT)
    apart = Recusal.objects.filter(item=OuterRef("pk"), person_id=me)
    done = Voted.objects.filter(item=OuterRef("pk"), person_id=me)
    return Item.objects.filter(Exists(there), ~Exists(apart), ~Exists(done), state=Item.State.VOTING, form="secret", on_paper=False)


def count_ballots(user: Any) -> int:
    return count_badge(user, "meetings")


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return what is near. One or two queries and the menu's count."""
    standing = standing_of(user)
    if standing.person_id is None or not standing.readable_areas:
        return None
    me, day = standing.person_id, today()
    invited = Exists(Attendee.objects.filter(meeting=OuterRef("pk"), person_id=me))
    near = Meeting.objects.filter(
        Q(presider_id=me) | Q(recorder_id=me) | (invited & ~Q(state=Meeting.State.PLANNED)),
        Q(state__in=("planned", "noticed"), held_on__lte=day + timedelta(days=DAYS_AHEAD)) | Q(state__in=("open", "closed")),
        area_id__in=standing.readable_areas,
    ).order_by("held_on", "id")
    meetings = list(near[:MOST])
    led = standing.areas_of(LEADERS)
    urgent = Urgent.objects.filter(area_id__in=led, state=Urgent.State.OPEN).count() if led else 0
    ballots = count_ballots(user)
    if not (meetings or urgent or ballots):
        return None
    return {"meetings": meetings, "urgent": urgent, "ballots": ballots, "today": day}
