"""Who may do what with an item: small predicates on (user, item); for a door (None) who might, somewhere."""

from typing import Any

import rules

from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import area_of, is_discipline_member, is_in_area, is_leader, is_upper_committee
from ronghe.org.standing import standing_of
from ronghe.rectification.models import READERS, Measure

__all__ = ["is_in_area", "is_upper_committee"]


@rules.predicate
def oversees(user: Any, obj: Any = None) -> bool:
    """Reads every item of the area: leaders, discipline members, 指标管理员, 审核人."""
    return standing_of(user).holds(READERS, area_id=area_of(obj))


@rules.predicate
def leads_unit(user: Any, obj: Any = None) -> bool:
    """Leads the station, or its party group, to which the row belongs (a unit, or a row with a unit)."""
    unit_id = getattr(obj, "unit_id", None) or getattr(obj, "pk", None)
    return standing_of(user).holds(("station_chief", "group_leader"), unit_id=unit_id)


@rules.predicate
def is_owner(user: Any, item: Any = None) -> bool:
    return item is None or standing_of(user).person_id == item.owner_id


@rules.predicate
def is_verifier(user: Any, item: Any = None) -> bool:
    return item is None or standing_of(user).person_id == item.verifier_id


@rules.predicate
def is_opener(user: Any, item: Any = None) -> bool:
    return item is None or standing_of(user).person_id == item.opened_by_id


@rules.predicate
def is_responsible(user: Any, measure: Measure | None = None) -> bool:
    return measure is None or standing_of(user).person_id in (measure.responsible_id, measure.item.owner_id)


@rules.predicate
def stands_apart(user: Any, item: Any = None) -> bool:
    """Is not the one who cures."""
    return item is None or standing_of(user).person_id != item.owner_id


@rules.predicate
def does_measure(user: Any, item: Any = None) -> bool:
    """Is responsible for one of the item's measures."""
    return item is None or Measure.objects.filter(item=item, responsible_id=standing_of(user).person_id or 0).exists()


# (user, unit): a finding of the area by whoever oversees it, a station's own by those who lead it
may_open = oversees | leads_unit
may_plan = is_in_area & (is_owner | leads_unit)
may_finish_measure = is_in_area & is_responsible
may_prove = is_in_area & is_owner
may_add_photo = is_in_area & (is_owner | is_verifier | does_measure)
may_verify = is_in_area & is_verifier & stands_apart
may_ask_move = is_in_area & (is_owner | leads_unit)
may_ask_void = is_in_area & (is_owner | is_opener | is_verifier | oversees | leads_unit)
may_decide = is_in_area & (is_leader | is_verifier) & stands_apart
may_reopen = is_in_area & (oversees | is_verifier)
may_hand_over = is_leader
may_urge = is_leader | is_discipline_member
may_set_sources = is_leader | is_discipline_member


def leads_somewhere(user: Any) -> bool:
    """Tell whether the user is a leader of any area (for the choices of a list)."""
    return standing_of(user).holds(LEADERS)
