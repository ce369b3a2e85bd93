"""Who may prepare, publish and read an assessment: small predicates over the posts held now."""

from typing import Any

import rules

from ronghe.assessment.models import OBJECTORS, PREVIEWERS, Mark, Objection, Run
from ronghe.assessment.queries.answerers import find_superiors, list_answerers
from ronghe.common.calendar import today
from ronghe.org.kinds import LEADERS
from ronghe.org.permissions import holder_of, is_in_area, is_indicator_admin, is_upper_committee
from ronghe.org.standing import standing_of

# 公示 is decided by these three; who computed the run is never the one who publishes it
is_publisher = holder_of("branch_secretary", "area_manager", "deputy_business", name="is_publisher")
is_previewer = holder_of(*PREVIEWERS, name="is_previewer")

may_read_ranking = is_in_area | is_upper_committee
may_run = is_indicator_admin
may_preview = is_previewer
may_write_scheme = is_indicator_admin | is_publisher
may_read_scheme = is_in_area | is_upper_committee


@rules.predicate
def is_someone_else(user: Any, obj: Any = None) -> bool:
    """Is not the author of the row; at the door (no row) everybody passes."""
    return obj is None or obj.author_id != user.pk


def is_own_page(user: Any, path: str) -> bool:
    """Tell whether a path is the page of a unit that the user leads: 我们的成绩 in the menu, not 晾晒排名."""
    led = standing_of(user).units_of(("station_chief", "group_leader", "reporter"))
    return any(path == f"/assessment/stations/{unit_id}/" for unit_id in led)


may_publish = is_publisher & is_someone_else


@rules.predicate
def is_no_writer(user: Any, scheme: Any = None) -> bool:
    """Wrote nothing of the scheme version; at the door (no row) everybody passes."""
    return scheme is None or user.pk not in scheme.writers


may_approve_scheme = is_publisher & is_no_writer
may_drop = is_indicator_admin | is_publisher


speaks_for_scored = holder_of(*OBJECTORS, name="speaks_for_scored")
may_read_objections = is_previewer | speaks_for_scored
CHASERS = ("station_chief", "group_leader")


def is_within_term(run: Run) -> bool:
    """Tell whether marks of the run may be doubted today: shown, not replaced, its term not over."""
    return run.state in Run.IN_FORCE and run.objections_until is not None and today() <= run.objections_until


@rules.predicate
def speaks_for_marked(user: Any, mark: Mark | None = None) -> bool:
    """Leads the scored unit or its party group, or reports for it."""
    standing = standing_of(user)
    return standing.holds(OBJECTORS) if mark is None else standing.holds(OBJECTORS, unit_id=mark.unit_id)


@rules.predicate
def is_asker(user: Any, objection: Objection | None = None) -> bool:
    return objection is None or objection.asked_by_id == user.pk


may_object = speaks_for_marked
may_withdraw = is_asker & may_read_objections


@rules.predicate
def may_answer(user: Any, objection: Objection | None = None) -> bool:
    """Had no hand in the mark and is asked: a free holder of the posts that judge figures, or the superior once it has gone up."""
    if objection is None:
        return is_previewer(user)
    person_id = standing_of(user).person_id
    free = list_answerers(objection.mark, asker=objection.asked_by_id)
    if objection.escalated_on is not None:
        free = [*free, *find_superiors(objection.mark, asker=objection.asked_by_id)]
    return person_id is not None and any(person.pk == person_id for person in free)


@rules.predicate
def may_chase(user: Any, unit: Any = None) -> bool:
    """Leads the unit or its party group, or the area: may save a 追标方案 for it."""
    standing = standing_of(user)
    if unit is None:
        return standing.holds((*CHASERS, *LEADERS))
    return standing.holds(CHASERS, unit_id=unit.pk) or standing.holds(LEADERS, area_id=unit.area_id)
