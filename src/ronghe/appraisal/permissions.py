"""Who may do what in 述职评议: small predicates on (user, row); for a door (None) who might, somewhere."""

from typing import Any

import rules

from ronghe.appraisal.models import Judge
from ronghe.appraisal.models.cycles import HEADS, ORGANISERS, READERS
from ronghe.appraisal.models.onsite import SHEET_READERS
from ronghe.appraisal.rules.signing import POSTS, line_of
from ronghe.org.permissions import holder_of, is_discipline_member, is_in_area, is_upper_committee
from ronghe.org.standing import standing_of

__all__ = ["is_in_area"]

is_organiser = holder_of(*ORGANISERS, name="is_organiser")
is_head = holder_of(*HEADS, name="is_head")
is_reader = holder_of(*READERS, name="is_reader")


@rules.predicate
def is_own(user: Any, row: Any = None) -> bool:
    """The report, result or objection is the user's own."""
    return row is None or standing_of(user).person_id == find_person_id(row)


@rules.predicate
def is_anothers(user: Any, row: Any = None) -> bool:
    return row is None or standing_of(user).person_id != find_person_id(row)


def find_person_id(row: Any) -> int:
    """Return whom a report, an outcome or a doubt is about."""
    if hasattr(row, "person_id"):
        return int(row.person_id)
    return find_person_id(row.report if hasattr(row, "report") else row.outcome)


@rules.predicate
def has_seat(user: Any, cycle: Any = None) -> bool:
    """Is to judge in the cycle by the own account."""
    me = standing_of(user).person_id
    return me is not None and (cycle is None or Judge.objects.filter(cycle=cycle, person_id=me).exists())


def roles_of(user: Any, area_id: int | None = None) -> set[str]:
    """Return the roles of grading and signing that a person fills, in an area or anywhere."""
    standing = standing_of(user)
    above = standing.overseen_areas if area_id is None else standing.overseen_areas & {area_id}
    held = {role for role, post in POSTS.items() if standing.holds(post, area_id=area_id)}
    return (held - {"upper"}) | ({"upper"} if above else set())


def find_report(row: Any) -> Any:
    """Return the report of an outcome or a doubt."""
    return row.report if hasattr(row, "report") else row.outcome.report


@rules.predicate
def is_signer(user: Any, cycle: Any = None) -> bool:
    """Fills a role whose signature is wanting; no one's own result is among those signed."""
    if cycle is None:
        return bool(roles_of(user))
    places = cycle.signatures.filter(person=None, who__in=roles_of(user, cycle.area_id)).values("part")
    own = cycle.reports.filter(person_id=standing_of(user).person_id or 0)
    return places.exists() and not own.filter(part__in=places).exists()


@rules.predicate
def is_grader(user: Any, row: Any = None) -> bool:
    """Fills a role that grades this result."""
    if row is None:
        return bool(roles_of(user))
    report = find_report(row)
    return bool(set(line_of(report.cycle.template.signed_by, report.part)["grade"]) & roles_of(user, report.area_id))


@rules.predicate
def reads_to_sign(user: Any, row: Any = None) -> bool:
    """Reads a result because its signature is asked of the own role."""
    if row is None:
        return bool(roles_of(user))
    report = find_report(row)
    return report.cycle.signatures.filter(part=report.part, who__in=roles_of(user, report.area_id)).exists()


@rules.predicate
def is_checker(user: Any, sheet: Any = None) -> bool:
    """Was asked to look at the unit."""
    return sheet is None or standing_of(user).person_id == sheet.checker_id


may_check_on_site = holder_of(*SHEET_READERS, name="may_be_checker") & is_checker
may_read = is_in_area | is_upper_committee
may_keep_templates = is_organiser
may_organise = is_organiser
may_write = is_in_area & is_own
may_judge = may_read & has_seat
may_give_counts = is_discipline_member
may_read_results = is_reader
may_see_outcome = (is_in_area & (is_own | is_reader)) | (reads_to_sign & is_anothers)
may_object = is_in_area & is_own
may_answer = is_grader & is_anothers
may_grade = is_grader & is_anothers
may_set_pay = is_head
may_set_margin = is_head
may_sign = is_signer
