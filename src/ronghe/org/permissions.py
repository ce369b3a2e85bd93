"""Who may, by post: small named predicates. Each works for a door (`obj` None: anywhere) and for a row (its area)."""

from typing import Any

import rules

from ronghe.org.kinds import ADMINISTRATORS, LEADERS
from ronghe.org.standing import standing_of


def area_of(obj: Any) -> int | None:
    """Return the 管理区 of a row: its own area_id, or itself where it is one."""
    return getattr(obj, "area_id", None) if obj is not None else None


def holder_of(*kinds: str, name: str) -> rules.predicates.Predicate:
    """Return a predicate: holds a post of these kinds, in the row's area where a row is given."""

    def check(user: Any, obj: Any = None) -> bool:
        return standing_of(user).holds(kinds, area_id=area_of(obj))

    return rules.predicate(check, name=name)


def administrator_of(*kinds: str, name: str) -> rules.predicates.Predicate:
    """Return a predicate: an administrator's post that reaches the row's area; for a row above the areas, one held above them."""

    def check(user: Any, obj: Any = None) -> bool:
        standing = standing_of(user)
        if obj is not None and area_of(obj) is None:
            return standing.holds_above(kinds)
        return standing.holds(kinds, area_id=area_of(obj))

    return rules.predicate(check, name=name)


is_leader = holder_of(*LEADERS, name="is_leader")
is_secretary = holder_of("branch_secretary", name="is_secretary")
is_manager = holder_of("area_manager", name="is_manager")
is_station_chief = holder_of("station_chief", "group_leader", name="is_station_chief")
is_reporter = holder_of("reporter", name="is_reporter")
is_indicator_admin = holder_of("indicator_admin", name="is_indicator_admin")
is_reviewer = holder_of("reviewer", name="is_reviewer")
is_discipline_member = holder_of("discipline_member", name="is_discipline_member")
is_system_admin = administrator_of("system_admin", name="is_system_admin")
is_security_admin = administrator_of("security_admin", name="is_security_admin")
is_audit_admin = administrator_of("audit_admin", name="is_audit_admin")
is_administrator = administrator_of(*ADMINISTRATORS, name="is_administrator")


@rules.predicate
def is_upper_committee(user: Any, obj: Any = None) -> bool:
    """Holds a post in the committee above; for a row: above the row's area."""
    standing = standing_of(user)
    if obj is None:
        return standing.holds("upper_committee")
    return area_of(obj) in standing.overseen_areas


@rules.predicate
def is_in_area(user: Any, obj: Any = None) -> bool:
    """Belongs to a 管理区 by a business post; for a row: to the row's."""
    standing = standing_of(user)
    return bool(standing.readable_areas) if obj is None else area_of(obj) in standing.readable_areas
