"""Who may read the handbook and the targets, and who keeps them."""

from typing import Any

import rules

from ronghe.goals.models.plans import PLANNERS
from ronghe.org.permissions import holder_of, is_in_area, is_indicator_admin, is_upper_committee
from ronghe.org.standing import standing_of

may_read_goals = is_in_area
# definitions, no figures: the committee above reads them beside the published ranking
may_read_handbook = is_in_area | is_upper_committee
may_keep_indicators = is_indicator_admin
may_set_targets = is_indicator_admin


@rules.predicate
def is_not_author(user: Any, obj: Any = None) -> bool:
    """Did not write the plan; at the door (no row) everybody passes."""
    return obj is None or obj.author_id != user.pk


# a plan is written by the leaders and the 指标管理员, approved and issued by the two who lead, never by its author alone (M1)
may_plan = holder_of(*PLANNERS, name="may_plan")
is_head = holder_of("branch_secretary", "area_manager", name="is_head")
may_approve_plan = is_head & is_not_author
may_issue_plan = is_head
may_read_plans = is_in_area
may_check = is_head
may_oversee = is_upper_committee


@rules.predicate
def delivers_goal(user: Any, obj: Any = None) -> bool:
    """Coordinates the goal, leads the unit that delivers it, or has it as a task of one's own (M16)."""
    standing = standing_of(user)
    if obj is None:
        return bool(standing.readable_areas)
    led = standing.units_of(("station_chief", "group_leader"))
    posts = (
        any(post.unit_id == obj.coordinator.unit_id and post.kind == obj.coordinator.kind for post in standing.posts)
        if obj.coordinator
        else False
    )
    return posts or obj.unit_id in led or (obj.person_id is not None and obj.person_id == standing.person_id)


@rules.predicate
def leads_deliverer(user: Any, obj: Any = None) -> bool:
    """Leads the station or group that delivers the goal."""
    led = standing_of(user).units_of(("station_chief", "group_leader"))
    return bool(led) if obj is None else obj.unit_id in led


# (user, goal): a station's or group's leader shares its own goals out to its members
may_share_out = leads_deliverer
may_finish_milestone = may_plan | delivers_goal


def is_goal_page(user: Any, path: str) -> bool:
    """Tell whether a path is a page of one goal: it belongs to 目标计划 in the menu."""
    return path.startswith("/goals/nodes/")
