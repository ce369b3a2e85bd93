"""Who reads and who settles the matrix, hands over, writes and receives lists."""

from typing import Any

import rules

from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import holder_of, is_in_area
from ronghe.org.standing import standing_of

may_read_matrix = is_in_area
# the matrix, its thresholds and the acceptance of a finding are settled by the two who lead; the secretary's deputy prepares
is_head = holder_of("branch_secretary", "area_manager", name="is_head")
may_edit_matrix = holder_of("branch_secretary", "area_manager", "deputy_party", name="may_edit_matrix")
may_accept_finding = is_head
may_set_norms = is_head
# lists: written by who keeps the matrix
may_write_lists = may_edit_matrix
may_read_plots = holder_of(*LEADERS, "discipline_member", "indicator_admin", "reviewer", name="may_read_plots")


@rules.predicate
def is_oneself(user: Any, person: Any = None) -> bool:
    """Is the person whose things are to be handed over (at the door: anybody of an area)."""
    standing = standing_of(user)
    return bool(standing.readable_areas) if person is None else standing.person_id == person.pk


@rules.predicate
def leads_person(user: Any, person: Any = None) -> bool:
    """Leads the unit in which the person works."""
    standing = standing_of(user)
    led = standing.units_of("station_chief")
    return bool(led) if person is None else person.unit_id in led


may_hand_over = is_in_area & (is_head | leads_person | is_oneself)
# for good: what the person held is taken away, so it is decided above
may_move_away = is_head | (leads_person & ~is_oneself)


def may_see_person(user: Any, person: Any) -> bool:
    """Tell whether the user may read what this person holds: leaders, the unit's chief, oneself."""
    readable = standing_of(user).readable_areas
    return person.area_id in readable and (may_read_plots(user, person) or leads_person(user, person) or is_oneself(user, person))
