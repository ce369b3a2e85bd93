"""The rows of 会议与组织生活, by noun: kinds, meetings, items of an agenda, secret ballots, what follows."""

from ronghe.meetings.models.agenda import Item, Recusal, Voice
from ronghe.meetings.models.ballots import Urn, Voted
from ronghe.meetings.models.follow import Assignment, Urgent
from ronghe.meetings.models.kinds import Kind, QuorumRule
from ronghe.meetings.models.meetings import READERS, UNIT_LEADERS, Attendee, Correction, Meeting

__all__ = [
    "READERS",
    "UNIT_LEADERS",
    "Assignment",
    "Attendee",
    "Correction",
    "Item",
    "Kind",
    "Meeting",
    "QuorumRule",
    "Recusal",
    "Urgent",
    "Urn",
    "Voice",
    "Voted",
]
