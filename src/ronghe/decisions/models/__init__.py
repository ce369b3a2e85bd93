"""Data of 议事决策. No row here is ever deleted."""

from ronghe.decisions.models.lists import DecisionList, Rule
from ronghe.decisions.models.matters import READERS, UNIT_READERS, Matter, MatterQuerySet, NumberRange
from ronghe.decisions.models.records import Assignment, Outcome, Stop
from ronghe.decisions.models.steps import Step

__all__ = [
    "READERS",
    "UNIT_READERS",
    "Assignment",
    "DecisionList",
    "Matter",
    "MatterQuerySet",
    "NumberRange",
    "Outcome",
    "Rule",
    "Step",
    "Stop",
]
