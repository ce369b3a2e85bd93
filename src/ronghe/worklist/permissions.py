"""Who may do what with a task of the month's list, a guide, the measure of load."""

from typing import Any

import rules

from ronghe.common.access import signed_in
from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import holder_of, is_in_area, is_leader
from ronghe.org.standing import standing_of
from ronghe.worklist.models import Task

__all__ = ["is_in_area", "is_leader", "signed_in"]

KEEPERS = ("branch_secretary", "area_manager", "deputy_party", "indicator_admin")

may_keep_guides = holder_of(*KEEPERS, name="may_keep_guides")
may_generate = may_keep_guides
may_read_load = holder_of(*LEADERS, "indicator_admin", name="may_read_load")


@rules.predicate
def owns_task(user: Any, task: Task | None = None) -> bool:
    return task is None or (task.owner_id == standing_of(user).person_id)


@rules.predicate
def is_offered_task(user: Any, task: Task | None = None) -> bool:
    return task is None or (task.offered_to_id is not None and task.offered_to_id == standing_of(user).person_id)


@rules.predicate
def leads_task(user: Any, task: Task | None = None) -> bool:
    """Leads the area, or the station to which the task belongs."""
    if task is None:
        return True
    standing = standing_of(user)
    return standing.holds(LEADERS, area_id=task.area_id) or (
        task.unit_id is not None and standing.holds(("station_chief", "group_leader"), unit_id=task.unit_id)
    )


may_work = is_in_area & owns_task
may_answer_offer = is_in_area & is_offered_task
# what is given back, given up or moved for somebody else: by those who lead, once it has come to them
may_decide_refused = is_in_area & owns_task & is_leader
