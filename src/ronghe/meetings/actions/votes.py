"""The vote: it begins when the quorum is there and everyone has been heard, and stands when it is closed. Open forms here, the secret one in ballots.py."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import now
from ronghe.common.registry import find_agenda_bar
from ronghe.meetings.actions import ballots
from ronghe.meetings.actions.room import tell_origin
from ronghe.meetings.actions.steps import lock_item, refuse_halted, require_open
from ronghe.meetings.models import Attendee, Item, Meeting, QuorumRule, Recusal, Voice
from ronghe.meetings.permissions import may_run
from ronghe.meetings.queries.room import count_room
from ronghe.meetings.rules.order import find_bar_to_voting
from ronghe.meetings.rules.quorum import VOTES, Tally, find_bar_to_deciding, judge_vote


def find_quorum(item: Item, meeting: Meeting) -> QuorumRule:
    """Return the cell of the table that rules this item. Raises Refused where the kind has none."""
    found = QuorumRule.objects.filter(kind_id=meeting.kind_id, matter_class=item.matter_class).first()
    if found is None:
        raise Refused(_("这类会议不表决这类事项。"))
    return found


def list_deciding(item: Item, meeting: Meeting) -> set[int]:
    """Return the people who vote on an item: present, with a vote, not recused."""
    recused = Recusal.objects.filter(item=item).values("person_id")
    rows = Attendee.objects.filter(meeting=meeting, votes=True, state=Attendee.State.PRESENT).exclude(person_id__in=recused)
    return set(rows.values_list("person_id", flat=True))


@action
def begin_vote(item: Item, *, form: str, proposal: str, by: Any, on_paper: bool = False, version: int | None = None) -> Item:
    """Begin the vote on a proposal that is fixed from here on. Without quorum, without everyone's opinion, nothing is voted."""
    meeting, item = lock_item(item, version=version)
    require(may_run, by, meeting)
    require_open(meeting)
    if item.state != Item.State.OPEN:
        raise Refused(_("议题审议中才能表决。"))
    rule = find_quorum(item, meeting)
    if form not in rule.forms:
        raise ValidationError({"form": _("这类事项不允许这种表决方式。")})
    if not proposal.strip():
        raise ValidationError({"proposal": _("请写明表决的决议草案。")})
    bar = find_agenda_bar(item.origin_label, item.origin_id, item.kind_code)
    room = count_room(item, meeting)
    deciding = list_deciding(item, meeting)
    spoken = set(Voice.objects.filter(item=item).values_list("person_id", flat=True))
    kind = meeting.kind
    head = meeting.presider_id if kind.head_last and meeting.presider_id in deciding else None
    bar = bar or find_bar_to_deciding(rule.rule, room)
    bar = bar or find_bar_to_voting(head=head, voters=deciding, spoken=spoken, by_name=kind.by_name)
    if bar:
        raise Refused(bar)
    item.begin_vote()
    item.form, item.proposal, item.on_paper = form, proposal.strip(), on_paper and form == "secret"
    item.entitled, item.present, item.recused, item.recused_away = room.entitled, room.present, room.recused, room.recused_away
    item.save()
    if form == "secret" and not item.on_paper:
        ballots.open_urn(item, meeting, deciding, by=by)
    record(by=by, verb="开始表决", obj=item, area_id=item.area_id, note=f"{item.get_form_display()};{item.proposal}")
    return item


@action
def break_vote(item: Item, *, reason: str, by: Any) -> Item:
    """Declare a vote void, to be held anew: a mistake in the form, a key of the urn that is lost. What was cast is gone."""
    meeting, item = lock_item(item)
    require(may_run, by, meeting)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明表决作废的原因。")})
    item.break_vote()
    ballots.discard_urn(item)
    item.form, item.on_paper, item.tellers = "", False, ""
    item.save()
    record(by=by, verb="表决作废", obj=item, area_id=item.area_id, note=reason.strip())
    return item


@action
def close_named_vote(item: Item, votes: Mapping[int, str], *, by: Any, version: int | None = None) -> Item:
    """Close an open vote of a small body: each one's vote stands by the name. One vote from everyone who decides."""
    meeting, item = lock_item(item, version=version)
    require(may_run, by, meeting)
    require_voting(item, ("oral", "hands"))
    if not meeting.kind.by_name:
        raise Refused(_("这类会议只登记票数。"))
    deciding = list_deciding(item, meeting)
    if set(votes) != deciding or not set(votes.values()) <= set(VOTES):
        raise ValidationError(_("到会有表决权的 %(n)d 人都须登记表决,且只登记他们。") % {"n": len(deciding)})
    for row in Voice.objects.select_for_update().filter(item=item, person_id__in=votes):
        row.vote = votes[row.person_id]
        row.save()
    given = list(votes.values())
    return finish(item, meeting, Tally(*(given.count(code) for code in VOTES)), by=by)


@action
def close_counted_vote(item: Item, tally: Tally, *, by: Any, version: int | None = None) -> Item:
    """Close an open vote of a large body by its count."""
    meeting, item = lock_item(item, version=version)
    require(may_run, by, meeting)
    require_voting(item, ("oral", "hands"))
    if meeting.kind.by_name:
        raise Refused(_("这类会议须逐人登记表决。"))
    return finish(item, meeting, tally, by=by)


@action
def close_paper_vote(item: Item, tally: Tally, *, tellers: str, by: Any, version: int | None = None) -> Item:
    """Close a secret vote held on paper: the tellers' count. Papers that are void or were kept count as not cast."""
    meeting, item = lock_item(item, version=version)
    require(may_run, by, meeting)
    require_voting(item, ("secret",))
    if not item.on_paper:
        raise Refused(_("这次是手机投票,请关闭票箱计票。"))
    if not tellers.strip():
        raise ValidationError({"tellers": _("请写明监票人、计票人。")})
    item.tellers = tellers.strip()
    return finish(item, meeting, tally, by=by)


@action
def close_ballot(item: Item, *, by: Any, version: int | None = None) -> Item:
    """Close the urn and count. The counts are all that is left: key and content of the urn are destroyed."""
    meeting, item = lock_item(item, version=version)
    require(may_run, by, meeting)
    require_voting(item, ("secret",))
    if item.on_paper:
        raise Refused(_("这次是纸质票,请登记监票人报告的票数。"))
    tally = ballots.empty_urn(item)
    return finish(item, meeting, tally, by=by)


def require_voting(item: Item, forms: tuple[str, ...]) -> None:
    if item.state != Item.State.VOTING or item.form not in forms:
        raise Refused(_("现在没有这种方式的表决。"))
    refuse_halted(item)


def finish(item: Item, meeting: Meeting, tally: Tally, *, by: Any) -> Item:
    """Write the result of a vote by the rule in force and the room as it was when the vote began."""
    rule = find_quorum(item, meeting).rule
    try:
        verdict = judge_vote(rule, item.room, tally)
    except ValueError as problem:
        raise ValidationError(_("票数多于到会有表决权的人数,请核对。")) from problem
    if verdict.passed:
        item.carry()
    else:
        item.reject()
    item.yes, item.no, item.abstain = tally.yes, tally.no, tally.abstain
    item.because, item.decided_at = verdict.because, now()
    item.resolution = item.proposal if verdict.passed else ""
    item.save()
    entry = record(by=by, verb="形成决议" if verdict.passed else "未通过", obj=item, area_id=item.area_id, note=verdict.because)
    write_checkpoint(entry.chain)
    tell_origin(item, meeting, passed=verdict.passed, by=by)
    return item
