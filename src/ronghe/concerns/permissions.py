"""Who may do what with a concern: few, and by what they are in it, not by rank."""

from typing import Any

import rules

from ronghe.concerns.models import TALKERS
from ronghe.org.permissions import area_of, is_in_area, is_leader
from ronghe.org.standing import standing_of

__all__ = ["is_in_area", "is_leader"]


@rules.predicate
def is_holder(user: Any, concern: Any = None) -> bool:
    return concern is None or standing_of(user).person_id == concern.holder_id


@rules.predicate
def is_raiser(user: Any, concern: Any = None) -> bool:
    return concern is None or (concern.raised_by_id is not None and standing_of(user).person_id == concern.raised_by_id)


@rules.predicate
def is_host(user: Any, talk: Any = None) -> bool:
    return talk is None or standing_of(user).person_id == talk.host_id


@rules.predicate
def is_other(user: Any, talk: Any = None) -> bool:
    return talk is None or standing_of(user).person_id == talk.other_id


@rules.predicate
def is_owner(user: Any, promise: Any = None) -> bool:
    return promise is None or standing_of(user).person_id == promise.owner_id


@rules.predicate
def may_talk(user: Any, obj: Any = None) -> bool:
    """Leads somebody: the 班子, station chiefs, 党小组长."""
    return standing_of(user).holds(TALKERS, area_id=area_of(obj))


may_raise = is_in_area
may_open = is_in_area & is_holder
may_answer = is_in_area & is_holder
may_keep = is_in_area & is_owner
may_confirm_talk = is_in_area & is_other
may_set_norm = is_leader
