"""建议: found by the daily tick from marks, cures, alerts, goals and credits. They do nothing; a person adopts or dismisses each with a reason."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.coaching.actions.measures import decide_measure
from ronghe.coaching.actions.steps import DECIDE, expect, person_of, require_text, settle
from ronghe.coaching.models import Kind, Measure, Proposal
from ronghe.coaching.permissions import may_decide_on, may_decide_proposal
from ronghe.coaching.queries.grounds import Candidate, Scene
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.org.models import Person, Unit

DECIDE_DAYS = 5


@action
def propose_area(area: Unit, day: date) -> int:
    """Propose what the records of an area give ground for, once each; let go of what is no longer so. Returns how many are new."""
    kinds = list(Kind.objects.filter(area=area, valid_to=None))
    scene = Scene(area.pk, day)
    found = {f"{kind.code}:{one.key}": (kind, one) for kind in kinds for one in scene.list_candidates(kind)}
    open_rows = {
        row.key: row for row in Proposal.objects.filter(area=area, state="open").select_related("kind").select_for_update(of=("self",))
    }
    for key, row in open_rows.items():
        if key not in found:
            lapse_proposal(row, _("提出的情形已经不在"))
    recent: dict[str, date] = {}
    decided = Proposal.objects.filter(area=area, state__in=["adopted", "dismissed"]).values_list("key", "decided_on")
    for key, on in decided:
        if on is not None:
            recent[key] = max(on, recent.get(key, on))
    due, made = add_working_days(day, DECIDE_DAYS), 0
    for key, (kind, one) in found.items():
        quiet = key in recent and (day - recent[key]).days < kind.quiet_days
        owner = None if key in open_rows or quiet else scene.find_decider(kind, one)
        if owner is not None:
            propose(area, kind, one, key, owner, day, due)
            made += 1
    return made


def propose(area: Unit, kind: Kind, one: Candidate, key: str, owner: Person, day: date, due: date) -> Proposal:
    """Write one proposal and put it on the list of whoever is to look at it. Part of the caller's action."""
    row = Proposal.objects.create(
        area=area, unit_id=one.unit_id, person_id=one.person_id, kind=kind, ground=one.ground, key=key, text=one.text[:300],
        evidence=one.evidence, period=one.period, indicator=one.indicator, found_on=day, due=due, owner=owner,
    )  # fmt: skip
    expect(row, DECIDE, [owner], _("%(kind)s:系统建议,请研究") % {"kind": kind.name}, due=due, area_id=area.pk)
    record(by=None, verb="提出措施建议", obj=row, area_id=area.pk, note=kind.basis)
    return row


def lapse_proposal(row: Proposal, why: str) -> None:
    """Let go of a proposal whose ground is gone. Part of the caller's action."""
    row.lapse()
    row.reason = why
    row.save()
    settle(row, DECIDE, why, dropped=True)


def lock_open(proposal: Proposal, by: Any, version: int | None) -> Proposal:
    proposal = lock_row(proposal, version=version)
    require(may_decide_proposal, by, proposal)
    if not may_decide_on(by, proposal.kind, proposal.unit):
        raise Refused(_("这种措施不由您的岗位决定。"))
    if proposal.state != Proposal.State.OPEN:
        raise Refused(_("这条建议已经有了结论。"))
    return proposal


@action
def adopt_proposal(proposal: Proposal, *, reason: str, owner: Person, due: date, by: Any, version: int | None = None) -> Measure:
    """Decide on the measure that was proposed."""
    proposal = lock_open(proposal, by, version)
    require_text(reason=reason)
    proposal.adopt()
    proposal.decided_by, proposal.decided_on, proposal.reason = person_of(by), today(), reason.strip()
    proposal.save()
    settle(proposal, DECIDE, _("已采纳"))
    return decide_measure(
        proposal.kind, unit=proposal.unit, person=proposal.person, ground=proposal.text, reason=reason, owner=owner, due=due,
        period=proposal.period, indicator=proposal.indicator, proposal=proposal, by=by,
    )  # fmt: skip


@action
def dismiss_proposal(proposal: Proposal, *, reason: str, by: Any, version: int | None = None) -> Proposal:
    """Decide that nothing follows; the reason stays."""
    proposal = lock_open(proposal, by, version)
    require_text(reason=reason)
    proposal.dismiss()
    proposal.decided_by, proposal.decided_on, proposal.reason = person_of(by), today(), reason.strip()
    proposal.save()
    settle(proposal, DECIDE, _("不采纳"))
    record(by=by, verb="不采纳措施建议", obj=proposal, area_id=proposal.area_id, note=proposal.reason)
    return proposal


def propose_all(day: date) -> str:
    """The daily tick."""
    made = sum(propose_area(area, day) for area in Unit.objects.filter(kind=Unit.Kind.AREA, closed_on=None).order_by("pk"))
    return f"提出措施建议 {made} 条"
