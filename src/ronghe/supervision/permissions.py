"""Who may do what in 监督: small predicates on (user, row); for a door (None) who might, somewhere."""

from typing import Any

import rules

from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import area_of, holder_of, is_discipline_member, is_in_area, is_leader, is_manager, is_secretary
from ronghe.org.standing import standing_of
from ronghe.supervision.kinds import READERS, UNIT_READERS
from ronghe.supervision.models.checks import list_discipline_areas

__all__ = ["is_in_area", "is_leader", "is_secretary"]


@rules.predicate
def oversees(user: Any, obj: Any = None) -> bool:
    """Reads all supervision of the area."""
    return standing_of(user).holds(READERS, area_id=area_of(obj))


@rules.predicate
def reads_some(user: Any, obj: Any = None) -> bool:
    """Reads the area's supervision, or that of the own unit."""
    return standing_of(user).holds((*READERS, *UNIT_READERS), area_id=area_of(obj))


@rules.predicate
def owns(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.owner_id


@rules.predicate
def stands_apart(user: Any, obj: Any = None) -> bool:
    """Is not the one who answers for it."""
    return obj is None or standing_of(user).person_id != obj.owner_id


@rules.predicate
def supervises(user: Any, obj: Any = None) -> bool:
    """Supervises the item, or it went up to this person."""
    return obj is None or standing_of(user).person_id in (obj.supervisor_id, obj.raised_to_id)


@rules.predicate
def checks(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.checker_id


@rules.predicate
def reads_discipline(user: Any, obj: Any = None) -> bool:
    """Secretary, 纪检小组, 纪检委员: whoever may read the discipline log of the area."""
    areas = list_discipline_areas(user)
    return bool(areas) if obj is None else area_of(obj) in areas


# 周督办
may_open_board = is_leader | is_discipline_member
may_report = is_in_area & owns
may_comment = is_in_area & (supervises | is_leader | is_discipline_member) & stands_apart
may_confirm = is_in_area & (supervises | is_leader) & stands_apart
may_steer = is_in_area & (supervises | is_leader) & stands_apart
may_note_week = is_leader

# 监督清单, 纪检日常
may_keep_lines = holder_of("branch_secretary", "area_manager", "discipline_member", name="may_keep_lines")
may_plan_checks = is_leader | is_discipline_member
may_check = is_in_area & checks
may_read_daily = is_leader | is_discipline_member
may_keep_log = is_discipline_member
may_read_log = is_in_area & reads_discipline

# 重点工程


@rules.predicate
def fills(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.filler_id


@rules.predicate
def checks_form(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.checker_id


@rules.predicate
def fills_not(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id != obj.filler_id


may_write_types = is_leader
may_publish_types = is_leader
may_start_work = is_leader
may_fill_form = is_in_area & fills
may_check_form = is_in_area & checks_form & fills_not
may_move_form = is_leader & fills_not
may_stop_work = (is_leader | is_discipline_member) & stands_apart
may_lift_stop = is_leader & stands_apart

# 预警


@rules.predicate
def got_task(user: Any, obj: Any = None) -> bool:
    return obj is None or standing_of(user).person_id == obj.assignee_id


may_keep_rules = holder_of("branch_secretary", "area_manager", "discipline_member", name="may_keep_rules")
may_read_rules = oversees
may_handle = is_in_area & oversees & (owns | is_secretary | is_manager)
may_finish_task = is_in_area & got_task

# 三务公开, 换届
may_keep_open = holder_of("branch_secretary", "area_manager", "deputy_business", name="may_keep_open")
may_publish = is_in_area & (owns | is_secretary)
may_ask = is_in_area
may_hold_election = is_secretary | is_manager


def leads_somewhere(user: Any) -> bool:
    return standing_of(user).holds(LEADERS)
