"""Who may do what with a matter: small predicates on (user, row); for a door (None) who might, somewhere.

Which posts may stop, decide urgently and approve an exception stands in the list that the matter goes by.
"""

from typing import Any

import rules

from ronghe.decisions.models import READERS, UNIT_READERS, Assignment, Matter, Step
from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import area_of, is_discipline_member, is_in_area, is_leader, is_manager, is_secretary, is_station_chief
from ronghe.org.standing import standing_of

__all__ = ["is_in_area"]


@rules.predicate
def oversees(user: Any, obj: Any = None) -> bool:
    """Reads every matter of the area: leaders and the 纪检小组."""
    return standing_of(user).holds(READERS, area_id=area_of(obj))


@rules.predicate
def is_owner(user: Any, matter: Matter | None = None) -> bool:
    return matter is None or standing_of(user).person_id == matter.owner_id


@rules.predicate
def is_registrant(user: Any, matter: Matter | None = None) -> bool:
    return matter is None or standing_of(user).person_id in (matter.registered_by_id, matter.owner_id)


@rules.predicate
def owns_step(user: Any, step: Step | None = None) -> bool:
    return step is None or standing_of(user).person_id == step.owner_id


@rules.predicate
def carries_out(user: Any, row: Assignment | None = None) -> bool:
    return row is None or standing_of(user).person_id in (row.owner_id, row.matter.owner_id)


@rules.predicate
def leads_unit(user: Any, unit: Any = None) -> bool:
    return standing_of(user).holds(UNIT_READERS, unit_id=getattr(unit, "pk", None))


def named_in(field: str) -> rules.predicates.Predicate:
    """Return a predicate: holds one of the posts that the matter's list names."""

    def check(user: Any, matter: Matter | None = None) -> bool:
        if matter is None:
            return standing_of(user).holds(READERS)
        return standing_of(user).holds(getattr(matter.edition, field), area_id=matter.area_id)

    return rules.predicate(check, name=f"named_in_{field}")


@rules.predicate
def took_no_part(user: Any, matter: Matter | None = None) -> bool:
    """Has neither registered the matter nor owns it."""
    return matter is None or standing_of(user).person_id not in (matter.owner_id, matter.registered_by_id)


# (user, unit): any matter of the area by its leaders, a unit's own by those who lead it
may_register = is_leader | leads_unit
may_prepare = is_in_area & owns_step
may_withdraw = is_in_area & is_registrant
may_stop = is_in_area & named_in("stop_posts")
may_except = is_in_area & named_in("exception_posts")
may_decide_urgently = is_in_area & named_in("urgent_posts")
may_resume = is_leader
may_reassign = is_leader
may_judge_split = (is_discipline_member | is_secretary) & took_no_part
may_assign = is_in_area & is_owner
may_finish_assignment = is_in_area & carries_out
may_supervise = oversees
may_write_list = is_leader
may_publish_list = is_secretary | is_manager


@rules.predicate
def may_ask_exception(user: Any, step: Step | None = None) -> bool:
    """The step's or the matter's owner, or a leader."""
    if step is None:
        return bool(standing_of(user).readable_areas)
    standing = standing_of(user)
    return standing.person_id in (step.owner_id, step.matter.owner_id) or standing.holds(LEADERS, area_id=step.matter.area_id)


may_open_register = is_leader | is_station_chief
