"""Signing: the template names who; the results of those who would sign their own stand in a part of their own with other signers."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from ronghe.appraisal.actions.steps import lock_cycle, path_of, person_of, tell
from ronghe.appraisal.kinds import CHECK_TASK, SIGN_TASK, SIGNERS, STAGE_TASK
from ronghe.appraisal.models import Cycle, Doubt, Outcome, Report, Signature
from ronghe.appraisal.permissions import may_sign, roles_of
from ronghe.appraisal.queries.people import find_fillers
from ronghe.appraisal.rules.signing import OWN, PLAIN, line_of, part_of
from ronghe.appraisal.rules.templates import find_quota_faults
from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import now, today
from ronghe.org.models import Person
from ronghe.worklist.actions import open_tasks, settle_tasks


def lay_out(cycle: Cycle) -> None:
    """Put each result in its part by who fills which role today, and open a place for each signature that is still wanting."""
    signing = cycle.template.signed_by
    roles_held: dict[int, set[str]] = defaultdict(set)
    for role, people in find_fillers(cycle, signing["sign"]).items():
        for person in people:
            roles_held[person].add(role)
    parts = set()
    for report in cycle.reports.order_by("pk"):
        part = part_of(roles_held[report.person_id], signing)
        parts.add(part)
        if report.part != part:
            Report.objects.filter(pk=report.pk).update(part=part)
    Signature.objects.filter(cycle=cycle, person=None).exclude(part__in=parts).delete()
    known = set(Signature.objects.filter(cycle=cycle).values_list("part", "who"))
    wanted = [(part, who) for part in (PLAIN, OWN) if part in parts for who in line_of(signing, part)["sign"]]
    Signature.objects.bulk_create(Signature(cycle=cycle, part=part, who=who) for part, who in wanted if (part, who) not in known)


def ask_signers(cycle: Cycle, due: Any) -> None:
    """Let those who grade and sign know that it is their turn: one task each."""
    waiting = Signature.objects.filter(cycle=cycle, person=None).values_list("who", flat=True)
    fillers = find_fillers(cycle, set(waiting))
    people = Person.objects.filter(pk__in=[pk for found in fillers.values() for pk in found], left_on=None, user__is_active=True)
    title = f"评定等次、签发:{cycle.title}"
    open_tasks(cycle, kind=SIGN_TASK, owners=people.order_by("pk"), title=title, path=path_of(cycle), due=due, area_id=cycle.area_id)


def clear_signatures(cycle: Cycle, part: str) -> None:
    """Take back what was signed of a part, and ask anew: one of its results was corrected. Part of the caller's action."""
    if Signature.objects.filter(cycle=cycle, part=part).exclude(person=None).update(person=None, signed_at=None):
        ask_signers(cycle, today() + timedelta(days=2))


@action
def sign_cycle(cycle: Cycle, *, by: Any, version: int | None = None) -> Cycle:
    """Sign what the template lets this person sign; the results stand when every place is signed."""
    cycle = lock_cycle(cycle, "shown", version=version)
    lay_out(cycle)
    require(may_sign, by, cycle)
    me = person_of(by)
    places = list(Signature.objects.filter(cycle=cycle, person=None, who__in=roles_of(by, cycle.area_id)))
    outcomes = list(Outcome.objects.filter(report__cycle=cycle, current=True).select_related("report"))
    for part in {place.part for place in places}:
        check_part(cycle, [one for one in outcomes if one.report.part == part], me)
    if Signature.objects.filter(cycle=cycle, person=me, part__in=[place.part for place in places]).exists():
        raise Refused(_("您已经签过,须由另一人签。"))
    faults = find_quota_faults([one.grade for one in outcomes], cycle.template.quota)
    if faults:
        raise Refused(" ".join(faults))
    for place in places:
        place.person, place.signed_at = me, now()
        place.save(update_fields=["person", "signed_at"])
    settle_tasks(cycle, kind=SIGN_TASK, owner=me, result="已签发")
    as_what = "、".join(dict.fromkeys(str(SIGNERS[place.who]) for place in places))
    entry = record(by=by, verb="签发评定", obj=cycle, area_id=cycle.area_id, note=f"以{as_what}签发")
    if Signature.objects.filter(cycle=cycle, person=None).exists():
        cycle.save()
        return cycle
    cycle.signed_at = now()
    cycle.sign()
    cycle.save()
    settle_tasks(cycle, kind=STAGE_TASK, result="已签发")
    settle_tasks(cycle, kind=SIGN_TASK, result="已签发")
    for outcome in outcomes:
        settle_tasks(outcome, kind=CHECK_TASK, result="已签发")
    write_checkpoint(entry.chain)
    people = Person.objects.filter(pk__in=[one.report.person_id for one in outcomes])
    tell(people, cycle, _("评定结果已签发:%(title)s") % {"title": cycle.title}, by=by)
    return cycle


def check_part(cycle: Cycle, outcomes: list[Outcome], me: Person) -> None:
    """Raise Refused where a part cannot be signed yet, or never by this person."""
    if any(one.report.person_id == me.pk for one in outcomes):
        raise Refused(_("其中有您本人的评定,不能自己签发。"))
    if cycle.objections_until is not None and today() <= cycle.objections_until and any(one.seen_at is None for one in outcomes):
        raise Refused(_("还有人没有看过自己的评定,异议期到 %(day)s。") % {"day": cycle.objections_until})
    if Doubt.objects.filter(outcome__in=outcomes, state=Doubt.State.ASKED).exists():
        raise Refused(_("还有异议没有答复,不能签发。"))
    if any(not one.grade for one in outcomes):
        raise Refused(_("还有人没有评定等次,不能签发。"))
