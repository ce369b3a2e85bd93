"""目标: the handbook of indicators with the monthly targets, and the goal plans that are pressed down."""

from ronghe.goals.models.handbook import MEASURE, Indicator, Target
from ronghe.goals.models.members import MemberTerm, Tally
from ronghe.goals.models.plans import (
    Acceptance,
    Check,
    Dimension,
    Goal,
    GoalMonth,
    GoalPlan,
    Milestone,
    PlanPart,
    Progress,
)

__all__ = [
    "MEASURE",
    "Acceptance",
    "Check",
    "Dimension",
    "Goal",
    "GoalMonth",
    "GoalPlan",
    "Indicator",
    "MemberTerm",
    "Milestone",
    "PlanPart",
    "Progress",
    "Tally",
    "Target",
]
