"""Who may do what in 驻站带班: small predicates on (user, row); for a door (None) who might, somewhere."""

from typing import Any

import rules

from ronghe.org.permissions import is_in_area, is_leader, is_manager, is_secretary
from ronghe.org.standing import standing_of

__all__ = ["is_in_area", "is_leader"]


@rules.predicate
def is_own(user: Any, row: Any = None) -> bool:
    """Is the leader of this day, visit or problem."""
    return row is None or standing_of(user).person_id == row.leader_id


@rules.predicate
def is_asked(user: Any, swap: Any = None) -> bool:
    return swap is None or standing_of(user).person_id == swap.asked_of_id


is_head = is_secretary | is_manager
may_cover = is_leader
may_plan = is_leader
may_change_day = is_leader & (is_own | is_head)
may_answer_swap = is_leader & is_asked
may_visit = is_leader
# where a problem goes is said by whoever found it, or by the two heads
may_settle = is_leader & (is_own | is_head)
# a photo that its leader chose, never asked for
may_add_photo = is_leader & is_own
may_confirm_theme = is_leader
# who writes visits with nothing in them is told so in quiet: the own ones, and the two heads all
may_see_quiet = is_leader
