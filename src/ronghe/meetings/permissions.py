"""Who may do what with a meeting: small predicates on (user, row); for a door (None) who might, somewhere."""

from typing import Any

import rules

from ronghe.meetings.models import UNIT_LEADERS, Attendee, Kind
from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import area_of, is_discipline_member, is_in_area, is_leader, is_secretary, is_upper_committee
from ronghe.org.standing import standing_of

__all__ = ["is_in_area", "is_leader", "is_upper_committee"]


def is_small(row: Any) -> bool:
    """Tell whether a meeting, an item or a unit belongs to a group or a station rather than to the whole area."""
    kind = getattr(row, "kind", None)
    if isinstance(kind, Kind):
        return kind.is_small
    return getattr(row, "unit_id", None) not in (None, getattr(row, "area_id", None))


@rules.predicate
def leads_unit(user: Any, obj: Any = None) -> bool:
    """Leads the group or station whose own meeting this is."""
    if obj is not None and not is_small(obj):
        return False
    return standing_of(user).holds(UNIT_LEADERS, unit_id=getattr(obj, "unit_id", None))


@rules.predicate
def presides(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.presider_id


@rules.predicate
def records(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.recorder_id


@rules.predicate
def belongs(user: Any, obj: Any = None) -> bool:
    """Is expected at the meeting."""
    me = standing_of(user).person_id
    return obj is None or (me is not None and Attendee.objects.filter(meeting=obj, person_id=me).exists())


@rules.predicate
def owns(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.owner_id


@rules.predicate
def proposed(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.proposed_by_id


# the meetings of the area by its leaders, a group's or station's own by those who lead it
may_plan = is_leader | leads_unit
may_prepare = is_in_area & (is_leader | leads_unit | presides | records)
may_run = is_in_area & (presides | records)
may_attend = is_in_area & belongs
may_propose = is_leader | is_discipline_member | leads_unit
may_keep_item = is_in_area & (is_leader | leads_unit | proposed)
may_decide_urgently = is_leader
may_read_urgents = is_leader | is_discipline_member
may_keep_kinds = is_secretary
may_finish = is_in_area & owns
may_read_norms = is_in_area | is_upper_committee


def leads_area(user: Any, area_id: int) -> bool:
    """Tell whether the user is one of the area's leaders (for the choices of a form)."""
    return standing_of(user).holds(LEADERS, area_id=area_id)


def area_id_of(row: Any) -> int | None:
    return area_of(row)
