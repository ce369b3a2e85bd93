"""The rows of 措施."""

from ronghe.coaching.models.displays import Display
from ronghe.coaching.models.kinds import Kind
from ronghe.coaching.models.measures import FollowUp, Measure, Proposal, Talk
from ronghe.coaching.models.pairs import Pair, PairTask, Visit

__all__ = ["Display", "FollowUp", "Kind", "Measure", "Pair", "PairTask", "Proposal", "Talk", "Visit"]
