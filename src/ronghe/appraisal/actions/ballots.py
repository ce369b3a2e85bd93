"""民主测评: opening the urns, casting by account, by a personal invitation or by a slip's code. What is kept afterwards: who has voted, and sealed counts."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.appraisal.actions.cycles import expect_next, settle_stage
from ronghe.appraisal.actions.steps import lock_cycle, person_of
from ronghe.appraisal.kinds import BALLOT_TASK, VOTED
from ronghe.appraisal.models import Code, Cycle, Judge, NamedBallot, Report, Seat, Urn
from ronghe.appraisal.permissions import may_judge, may_organise
from ronghe.appraisal.queries.people import list_places
from ronghe.appraisal.rules.ballots import add_counts, place_marks
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import today
from ronghe.common.keys import load_or_make
from ronghe.common.urns import make_key, new_name, open_counts, read_key, seal_counts
from ronghe.org.models import Person
from ronghe.worklist.actions import open_tasks, settle_tasks

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without what a hand mixes up
LENGTH = 10
MOST_CODES = 300
INVITATION, INVITATION_BYTES = Signer(salt="ronghe.appraisal.invitation"), 18
Marks = Mapping[int, Sequence[int]]  # report → the chosen level of each item


@action
def open_ballots(cycle: Cycle, *, due: date, by: Any, version: int | None = None) -> Cycle:
    """Set up an empty urn for each person and anonymous group, and ask each judge."""
    cycle = lock_cycle(cycle, "reporting", version=version)
    require(may_organise, by, cycle)
    template = cycle.template
    if not template.is_judged:
        raise Refused(_("这一轮没有民主测评,述职到期后直接结束。"))
    if today() <= cycle.report_due and cycle.reports.filter(state=Report.State.DRAFT).exists():
        raise Refused(_("还没到述职截止日,也还有人没有述职,不能开始测评。"))
    if due < today():
        raise ValidationError({"due": _("测评截止日不能早于今天。")})
    cycle.open_ballots()
    cycle.ballot_due, cycle.key_name = due, new_name()
    cycle.save()
    key = make_key(cycle.key_name)
    empty = [0] * (len(template.items) * len(template.scale))
    urns = []
    for report in cycle.reports.order_by("pk"):
        for group in template.judges:
            if group["anonymous"]:
                name = new_name()
                urns.append(Urn(report=report, group=group["code"], name=name, sealed=seal_counts(key, name, empty)))
    Urn.objects.bulk_create(urns)
    places = list_places(cycle, today())
    judges = {
        row.person_id: row
        for row in Judge.objects.bulk_create(Judge(cycle=cycle, person_id=pk) for pk in dict.fromkeys(place.judge for place in places))
    }
    Seat.objects.bulk_create((Seat(judge=judges[one.judge], report_id=one.report, group=one.group) for one in places), batch_size=500)
    people = Person.objects.filter(pk__in=list(judges)).select_related("unit")
    path = reverse("appraisal:ballot", args=[cycle.pk])
    open_tasks(cycle, kind=BALLOT_TASK, owners=people, title=f"民主测评:{cycle.title}", path=path, due=due, area_id=cycle.area_id)
    settle_stage(cycle, "已开始测评")
    expect_next(cycle, cycle.opened_by, due + timedelta(days=1))
    record(by=by, verb="开始民主测评", obj=cycle, area_id=cycle.area_id, note=f"{len(judges)} 人凭账号测评,{due} 前")
    return cycle


def digest_code(text: str) -> str:
    """Return what is kept of a code: tells nothing without this deployment's key."""
    return digest("".join(sign for sign in text.upper() if sign in LETTERS))


def digest(plain: str) -> str:
    return hmac.new(load_or_make("ballot_codes", lambda: secrets.token_bytes(32)), plain.encode(), hashlib.sha256).hexdigest()


@action
def make_codes(cycle: Cycle, group: str, number: int, *, by: Any) -> list[str]:
    """Draw one-time codes for the slips of a group; those made before and not used are void. The codes are shown here and kept nowhere."""
    cycle = lock_cycle(cycle, "balloting")
    require(may_organise, by, cycle)
    if cycle.template.find_judges(group).get("who") != "delegates":
        raise Refused(_("这一组凭账号测评,不发一次性代码。"))
    if not 1 <= number <= MOST_CODES:
        raise ValidationError({"number": _("请写 1 到 %(most)d 张。") % {"most": MOST_CODES}})
    Code.objects.filter(cycle=cycle, group=group, used=False).update(void=True, digest="")
    codes = ["".join(secrets.choice(LETTERS) for _place in range(LENGTH)) for _slip in range(number)]
    Code.objects.bulk_create(Code(cycle=cycle, group=group, digest=digest_code(text)) for text in codes)
    record(by=by, verb="印发测评代码", obj=cycle, area_id=cycle.area_id, note=f"{number} 张,以前没用的作废")
    return codes


@action
def invite_judges(cycle: Cycle, *, by: Any) -> list[tuple[Person, str]]:
    """Draw a personal invitation for everybody who has not judged yet; those drawn before are void. They are given out here and kept nowhere.

    An invitation is a random text with this deployment's signature: what is forged is refused unread. Kept is its digest alone, until the ballot
    is cast or the count.
    """
    cycle = lock_cycle(cycle, "balloting")
    require(may_organise, by, cycle)
    if not cycle.template.links:
        raise Refused(_("这个模板规定凭账号测评,不发邀请链接。"))
    waiting = list(Judge.objects.filter(cycle=cycle, voted=False).select_related("person__user", "person__unit").order_by("pk"))
    if not waiting:
        raise Refused(_("评议人都已测评,不用再发邀请。"))
    drawn = {judge.pk: INVITATION.sign(secrets.token_urlsafe(INVITATION_BYTES)) for judge in waiting}
    for judge in waiting:
        judge.link = digest(drawn[judge.pk])
    Judge.objects.bulk_update(waiting, ["link"], batch_size=500)
    record(by=by, verb="发出测评邀请", obj=cycle, area_id=cycle.area_id, note=f"{len(waiting)} 人,以前没用的作废")
    ordered = sorted(waiting, key=lambda one: (one.person.unit.order, one.person.unit_id, one.person.sort_key, one.pk))
    return [(judge.person, drawn[judge.pk]) for judge in ordered]


def find_invited(text: str) -> Judge | None:
    """Return whose invitation this is, where it can still be used: signed here, not used, the ballot open and its last day not over."""
    try:
        INVITATION.unsign(text.strip())
    except BadSignature:
        return None
    rows = Judge.objects.filter(link=digest(text.strip()), voted=False, cycle__state="balloting", cycle__ballot_due__gte=today())
    return rows.select_related("cycle__template").first()


@action
def cast_by_invitation(text: str, marks: Marks) -> None:
    """Cast an invited judge's ballot: nobody is logged in, and the audit says only that somebody has judged."""
    found = find_invited(text)
    if found is None:
        raise Refused(_("邀请链接不对、已经用过,或测评已经结束。"))
    cycle = lock_cycle(found.cycle, "balloting")
    judge = Judge.objects.select_for_update().get(pk=found.pk)
    if judge.voted or judge.link != found.link:
        raise Refused(_("这个邀请已经用过,一人一票。"))
    fill_urns(cycle, judge, marks)
    record(by=None, verb=VOTED, obj=cycle, area_id=cycle.area_id, note="邀请链接")


def fill_urns(cycle: Cycle, judge: Judge, marks: Marks) -> None:
    """Put a judge's ballot where it belongs and mark the judge as having voted. Part of the caller's action, which holds both rows."""
    groups = dict(Seat.objects.filter(judge=judge).values_list("report_id", "group"))
    read_marks(cycle, marks, set(groups))
    secret = {one["code"] for one in cycle.template.judges if one["anonymous"]}
    hidden = {report: group for report, group in groups.items() if group in secret}
    raise_counts(cycle, {report: marks[report] for report in hidden}, hidden)
    NamedBallot.objects.bulk_create(
        NamedBallot(report_id=report, group=group, person_id=judge.person_id, marks=list(marks[report]))
        for report, group in groups.items()
        if report not in hidden
    )
    judge.voted, judge.link = True, ""
    judge.save(update_fields=["voted", "link"])
    settle_tasks(cycle, kind=BALLOT_TASK, owner=judge.person, result="已测评")


def read_marks(cycle: Cycle, marks: Marks, wanted: set[int]) -> None:
    """Raise ValidationError unless each person to be judged has a level for each item."""
    items, levels = len(cycle.template.items), len(cycle.template.scale)
    if set(marks) != wanted or any(len(row) != items or not all(0 <= one < levels for one in row) for row in marks.values()):
        raise ValidationError(_("每个人的每一项都要选一档,没有选全的已标出。"))


def raise_counts(cycle: Cycle, marks: Marks, groups: Mapping[int, str]) -> None:
    """Open the urns of the people judged, raise what was chosen, seal them anew. The urns are locked in their order."""
    key, levels = read_key(cycle.key_name), len(cycle.template.scale)
    urns = Urn.objects.select_for_update().filter(report_id__in=marks, group__in=set(groups.values())).order_by("pk")
    for urn in urns:
        if groups[urn.report_id] != urn.group:
            continue
        counts = add_counts([open_counts(key, urn.name, bytes(urn.sealed)), place_marks(marks[urn.report_id], levels)])
        urn.sealed = seal_counts(key, urn.name, counts)
        urn.save(update_fields=["sealed"])


@action
def cast_ballot(cycle: Cycle, marks: Marks, *, by: Any) -> None:
    """Cast one's ballot over everybody whom one judges, once."""
    cycle = lock_cycle(cycle, "balloting")
    require(may_judge, by, cycle)
    me = person_of(by)
    judge = Judge.objects.select_for_update().get(cycle=cycle, person=me)
    if judge.voted:
        raise Refused(_("您已经测评过,一人一票,投出不能更改。"))
    fill_urns(cycle, judge, marks)
    record(by=by, verb=VOTED, obj=cycle, area_id=cycle.area_id)


def find_code(text: str) -> Code | None:
    """Return the row of a code that can still be used."""
    row = Code.objects.filter(digest=digest_code(text), used=False, void=False, cycle__state="balloting").select_related("cycle").first()
    return row if text.strip() else None


@action
def cast_by_code(text: str, marks: Marks) -> None:
    """Cast a slip's ballot: nobody is logged in, no name, no order; the code is used up."""
    found = find_code(text)
    if found is None:
        raise Refused(_("代码不对、已经用过,或测评已经结束。"))
    cycle = lock_cycle(found.cycle, "balloting")
    code = Code.objects.select_for_update().get(pk=found.pk)
    if code.used or code.void:
        raise Refused(_("这个代码已经用过,一张代码投一票。"))
    reports = set(Report.objects.filter(cycle=cycle).values_list("pk", flat=True))
    read_marks(cycle, marks, reports)
    raise_counts(cycle, marks, dict.fromkeys(reports, code.group))
    code.used = True
    code.save(update_fields=["used"])
    record(by=None, verb=VOTED, obj=cycle, area_id=cycle.area_id, note="一次性代码")


def name_open_keys() -> set[str]:
    """Return the names of the keys that open cycles need."""
    return set(Cycle.objects.exclude(key_name="").values_list("key_name", flat=True))
