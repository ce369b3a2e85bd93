"""Who may do what with an idea or a 项目组: small predicates on (user, row); for a door (None) who might, somewhere."""

from typing import Any

import rules

from ronghe.initiatives.models import Project, ProjectMember, ProjectStep
from ronghe.org.permissions import is_in_area, is_leader, is_station_chief, is_upper_committee
from ronghe.org.standing import standing_of

__all__ = ["is_in_area", "is_leader", "is_upper_committee"]


@rules.predicate
def is_proposer(user: Any, idea: Any = None) -> bool:
    return idea is None or standing_of(user).person_id == idea.proposer_id


@rules.predicate
def is_owner(user: Any, idea: Any = None) -> bool:
    return idea is None or standing_of(user).person_id == idea.owner_id


@rules.predicate
def is_holder(user: Any, idea: Any = None) -> bool:
    return idea is None or standing_of(user).person_id == idea.holder_id


@rules.predicate
def stands_apart(user: Any, idea: Any = None) -> bool:
    """Is not the one who proposed it."""
    return idea is None or standing_of(user).person_id != idea.proposer_id


@rules.predicate
def is_head(user: Any, project: Project | None = None) -> bool:
    return project is None or standing_of(user).person_id == project.head_id


@rules.predicate
def is_outside(user: Any, project: Project | None = None) -> bool:
    """Never belonged to the team, nor leads it now."""
    if project is None:
        return True
    me = standing_of(user).person_id
    return me != project.head_id and not ProjectMember.objects.filter(project=project, person_id=me or 0).exists()


@rules.predicate
def owns_step(user: Any, step: ProjectStep | None = None) -> bool:
    return step is None or standing_of(user).person_id in (step.owner_id, step.project.head_id)


@rules.predicate
def leads_person(user: Any, person: Any = None) -> bool:
    """Reads what this person added: the person, the chief of the person's unit, the leaders of the area."""
    standing = standing_of(user)
    if person is None:
        return bool(standing.readable_areas)
    if person.area_id not in standing.readable_areas:
        return False
    return standing.person_id == person.pk or person.unit_id in standing.units_of("station_chief") or is_leader(user, person)


# (user, unit): an idea comes from anybody who works there
may_propose = is_in_area
may_withdraw = is_in_area & is_proposer
may_decide = is_in_area & (is_holder | is_leader) & stands_apart
may_finish = is_in_area & is_owner
may_stop = is_in_area & (is_owner | is_leader)
may_verify = is_in_area & is_holder & stands_apart
may_share = is_in_area & (is_proposer | is_owner | is_holder)
may_reassign = is_leader
may_set_terms = is_leader

# (user, area)
may_found = is_leader | is_station_chief
may_manage = is_in_area & (is_head | is_leader)
may_approve = is_leader
may_report = is_in_area & is_head
may_accept = is_leader & is_outside
