"""Who may do what with standards and people: small predicates on (user, row); for a door (None) who might, somewhere."""

from typing import Any

import rules

from ronghe.capability.models import CHIEFS
from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import area_of, is_in_area, is_leader, is_manager, is_secretary
from ronghe.org.standing import standing_of

__all__ = ["is_in_area", "is_leader"]


def person_of_row(row: Any) -> Any:
    return getattr(row, "person", row)


@rules.predicate
def is_self(user: Any, row: Any = None) -> bool:
    return row is None or standing_of(user).person_id == person_of_row(row).pk


@rules.predicate
def leads(user: Any, row: Any = None) -> bool:
    """Leads the person: the 班子, or the chief of the person's unit."""
    standing = standing_of(user)
    if row is None:
        return standing.holds((*LEADERS, *CHIEFS))
    person = person_of_row(row)
    return standing.holds(LEADERS, area_id=person.area_id) or standing.holds(CHIEFS, unit_id=person.unit_id)


@rules.predicate
def leads_somebody(user: Any, obj: Any = None) -> bool:
    return standing_of(user).holds((*LEADERS, *CHIEFS), area_id=area_of(obj))


@rules.predicate
def stands_apart(user: Any, row: Any = None) -> bool:
    return row is None or standing_of(user).person_id != person_of_row(row).pk


# (user, person or a row of one)
may_read = is_in_area & (is_self | leads)
may_record = is_in_area & (is_self | leads)
may_judge = is_in_area & leads & stands_apart
may_plan = is_in_area & (is_self | leads)
# (user, area)
may_set_standards = is_leader
may_import = is_leader
may_see_matrix = is_leader
may_name_successor = is_secretary | is_manager
may_train = leads_somebody
