"""Who counts in the room now."""

from ronghe.meetings.models import Attendee, Item, Meeting, Recusal
from ronghe.meetings.rules.quorum import Room


def count_room(item: Item, meeting: Meeting) -> Room:
    """Return who counts for an item now. Two queries."""
    states = dict(Attendee.objects.filter(meeting=meeting, votes=True).values_list("person_id", "state"))
    recused = set(Recusal.objects.filter(item=item).values_list("person_id", flat=True)) & set(states)
    present = {pk for pk, state in states.items() if state == Attendee.State.PRESENT}
    return Room(len(states), len(present), len(recused & present), len(recused - present))
