"""Who may do what in 措施: small predicates on (user, row); for a door (None) who might, somewhere."""

from typing import Any

import rules

from ronghe.coaching.models.kinds import DECIDERS
from ronghe.coaching.models.measures import READERS
from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import area_of, holder_of, is_in_area, is_leader
from ronghe.org.standing import standing_of

__all__ = ["is_in_area", "is_leader"]
CHIEFS = ("station_chief", "group_leader")


@rules.predicate
def decides(user: Any, obj: Any = None) -> bool:
    """Holds a post that some kind of measure lets decide."""
    return standing_of(user).holds([kind for kind, _title in DECIDERS], area_id=area_of(obj))


@rules.predicate
def is_owner(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.owner_id


@rules.predicate
def is_subject(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.person_id


@rules.predicate
def is_another(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id != obj.person_id


@rules.predicate
def has_decided(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.decided_by_id


@rules.predicate
def leads_one(user: Any, pair: Any = None) -> bool:
    """Is chief of one of the two units."""
    units = standing_of(user).units_of(CHIEFS)
    return bool(units) if pair is None else bool(units & {pair.weak_id, pair.strong_id})


@rules.predicate
def leads_weak(user: Any, pair: Any = None) -> bool:
    units = standing_of(user).units_of(CHIEFS)
    return bool(units) if pair is None else pair.weak_id in units


def may_decide_on(user: Any, kind: Any, unit: Any) -> bool:
    """Tell whether the kind lets this person decide: a chief only for the own unit."""
    standing = standing_of(user)
    wide = [one for one in kind.deciders if one in LEADERS]
    if wide and standing.holds(wide, area_id=kind.area_id):
        return True
    return "station_chief" in kind.deciders and standing.holds("station_chief", unit_id=unit.pk)


reads_all = holder_of(*READERS, name="reads_all")
may_keep_kinds = reads_all
may_display = reads_all
may_decide = is_in_area & decides
may_decide_proposal = is_in_area & decides & is_another
may_carry = is_in_area & is_owner & is_another
may_confirm = is_in_area & (is_owner | is_subject)
may_drop = is_in_area & (has_decided | reads_all) & is_another
may_propose_pair = is_leader | holder_of(*CHIEFS, name="is_chief")
may_agree = is_in_area & leads_one
may_run_pair = is_in_area & (leads_one | is_leader)
may_end_pair = is_in_area & (leads_weak | is_leader)
