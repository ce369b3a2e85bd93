"""Done with proof, verified by somebody who gains nothing, shared by agreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.documents.actions import attach
from ronghe.initiatives.actions.ideas import require_state
from ronghe.initiatives.actions.steps import (
    SHARE_TASK,
    choose_verifier,
    end,
    find_bar,
    hold,
    pass_on,
    path_of,
    person_of,
    tell,
)
from ronghe.initiatives.models import Idea, Proof, Share
from ronghe.initiatives.permissions import may_finish, may_share, may_verify
from ronghe.initiatives.queries.terms import find_terms, list_credible
from ronghe.initiatives.rules import find_fault_in_shares, split_amount
from ronghe.org.models import Person
from ronghe.worklist.actions import open_tasks, settle_tasks

Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True)
class Part:
    """One line of a proposal of shares."""

    person: Person
    percent: Decimal
    work: str


@action
def finish_idea(idea: Idea, *, text: str, files: Files, by: Any, version: int | None = None) -> Idea:
    """Say what was done, with at least one document; 经营 is asked to verify the benefit."""
    idea = lock_row(idea, version=version)
    require(may_finish, by, idea)
    require_state(idea, Idea.State.DOING)
    if not text.strip():
        raise ValidationError({"text": _("请写明做了什么、结果怎样。")})
    if not files:
        raise ValidationError({"materials": _("请附上至少一份证明材料。")})
    verifier = choose_verifier(idea)
    idea.finish()
    idea.done_on = today()
    hold(idea, verifier, add_working_days(today(), find_terms(idea.area_id).verify_days))
    idea.save()
    file_proof(idea, Proof.Kind.DONE, text, files, by=by)
    record(
        by=by,
        verb="提交成果",
        obj=idea,
        area_id=idea.area_id,
        note=_("%(n)d 份材料,由 %(name)s 核实") % {"n": len(files), "name": verifier.name},
    )
    pass_on(idea, result="已提交成果")
    tell(
        [verifier, idea.proposer],
        idea,
        _("创效成果待核实:%(title)s(由 %(name)s 核实)") % {"title": idea.title, "name": verifier.name},
        by=by,
    )
    return idea


def file_proof(idea: Idea, kind: str, text: str, files: Files, *, by: Any) -> Proof:
    """Keep what was said, with its files."""
    proof = Proof.objects.create(idea=idea, kind=kind, text=text, filed_by=person_of(by), filed_at=now())
    for name, data in files:
        try:
            attach(proof, data=data, name=name, by=by, area_id=idea.area_id, purpose=str(Proof.Kind(kind).label))
        except ValidationError as problem:
            raise ValidationError({"materials": [f"{name}:{' '.join(problem.messages)}"]}) from problem
    return proof


@action
def verify_benefit(idea: Idea, *, benefit: Decimal, measured: str, files: Files, by: Any, version: int | None = None) -> Idea:
    """Say what the benefit is and how it was found, with proof; it may differ from what was expected, and may be nothing."""
    idea = lock_verification(idea, by=by, version=version)
    if benefit < 0:
        raise ValidationError({"benefit": _("核实效益不能是负数;没有效益填 0。")})
    if not measured.strip():
        raise ValidationError({"measured": _("请写明效益是怎样计量的、数据从哪里来。")})
    if not files:
        raise ValidationError({"materials": _("请附上计量依据(台账、报表或计算表)。")})
    verifier = person_of(by)
    idea.benefit, idea.measured, idea.verified_by, idea.verified_on = benefit, measured, verifier, today()
    if benefit == 0:
        idea.find_nothing()
        end(idea, _("经核实没有形成效益"))
    else:
        idea.verify()
        hold(idea, idea.owner, add_working_days(today(), find_terms(idea.area_id).share_days))
    idea.save()
    file_proof(idea, Proof.Kind.VERIFIED, measured, files, by=by)
    amount = f"{benefit:f} {idea.get_measure_display()}"
    record(by=by, verb="核实效益", obj=idea, area_id=idea.area_id, note=f"{amount}(预计 {idea.expected:f})。{measured}")
    pass_on(idea, result="已核实")
    tell([idea.proposer, idea.owner], idea, _("创效效益已核实:%(title)s,%(amount)s") % {"title": idea.title, "amount": amount}, by=by)
    return idea


@action
def return_result(idea: Idea, *, note: str, by: Any, version: int | None = None) -> Idea:
    """Send a result back whose benefit cannot be found from what was filed."""
    idea = lock_verification(idea, by=by, version=version)
    if not note.strip():
        raise ValidationError({"measured": _("退回须写明缺什么。")})
    idea.send_back()
    idea.returns += 1
    due = idea.due or today()
    hold(idea, idea.owner, max(due, add_working_days(today(), find_terms(idea.area_id).verify_days)))
    idea.save()
    file_proof(idea, Proof.Kind.RETURNED, note, [], by=by)
    record(by=by, verb="退回成果", obj=idea, area_id=idea.area_id, note=note)
    pass_on(idea, result="已退回")
    tell([idea.owner, idea.proposer], idea, _("创效成果被退回:%(title)s(%(note)s)") % {"title": idea.title, "note": note[:80]}, by=by)
    return idea


def lock_verification(idea: Idea, *, by: Any, version: int | None) -> Idea:
    """Lock an idea that waits for this person's verification; whoever gains from it never verifies."""
    idea = lock_row(idea, version=version)
    require(may_verify, by, idea)
    require_state(idea, Idea.State.VERIFYING)
    bar = find_bar(idea, person_of(by).pk)
    if bar:
        raise Refused(bar)
    return idea


@action
def propose_shares(idea: Idea, parts: Sequence[Part], *, by: Any, version: int | None = None) -> Idea:
    """Propose who added what part. Each one named agrees; whoever proposes agrees by doing so. An earlier proposal is dropped."""
    idea = lock_row(idea, version=version)
    require(may_share, by, idea)
    require_state(idea, Idea.State.VERIFIED)
    check_parts(idea, parts)
    drop_shares(idea)
    idea.share_round += 1
    idea.save()
    rows = [
        Share.objects.create(idea=idea, round=idea.share_round, person=one.person, percent=one.percent, work=one.work.strip())
        for one in parts
    ]
    # percentages stay out of the record: it is read by everybody who reads the idea
    record(by=by, verb="提出份额", obj=idea, area_id=idea.area_id, note=_("%(n)d 位贡献人") % {"n": len(rows)})
    me = person_of(by)
    for row in rows:
        if row.person_id == me.pk:
            settle_share(row, agreed=True)
            continue
        text = _("请确认您在创效“%(title)s”中的份额:%(percent)s%%") % {"title": idea.title, "percent": f"{row.percent:f}"}
        ask_share(row, idea)
        tell([row.person], idea, text, by=by)
    credit_when_agreed(idea, by=by)
    return idea


def check_parts(idea: Idea, parts: Sequence[Part]) -> None:
    """Raise ValidationError for shares that do not hold."""
    fault = find_fault_in_shares([one.percent for one in parts])
    if fault:
        raise ValidationError(fault)
    people = [one.person for one in parts]
    if len({person.pk for person in people}) != len(people):
        raise ValidationError(_("同一个人只写一行。"))
    if any(not one.work.strip() for one in parts):
        raise ValidationError(_("请写明每个人做了什么。"))
    if any(person.pk == idea.verified_by_id for person in people):
        raise ValidationError(_("核实人不能分享自己核实的效益。"))
    able = set(list_credible(idea.area_id).filter(pk__in=[person.pk for person in people]).values_list("pk", flat=True))
    outside = [person.name for person in people if person.pk not in able]
    if outside:
        raise ValidationError(_("%(names)s 不在本管理区或没有账号,不能确认份额。") % {"names": "、".join(outside)})


def ask_share(row: Share, idea: Idea) -> None:
    open_tasks(
        row,
        kind=SHARE_TASK,
        owners=[row.person],
        title=f"{SHARE_TASK}:{idea.title}",
        path=path_of(idea),
        due=idea.step_due,
        area_id=idea.area_id,
        unit_id=row.person.unit_id,
    )


def drop_shares(idea: Idea) -> None:
    """Let the proposal go that is replaced; what was declined stays as it was."""
    for row in Share.objects.select_for_update().filter(idea=idea, state__in=[Share.State.ASKED, Share.State.AGREED]):
        row.drop()
        row.save()
        settle_tasks(row, result="已重新提出份额", dropped=True)


def settle_share(row: Share, *, agreed: bool, note: str = "") -> None:
    if agreed:
        row.agree()
    else:
        row.decline()
    row.decided_at, row.note = now(), note
    row.save()
    settle_tasks(row, result=row.get_state_display())


@action
def answer_share(share: Share, *, agreed: bool, note: str = "", by: Any) -> Share:
    """Agree to one's own share, or not, with a reason. When the last one agrees, the benefit is credited to the cent."""
    idea = lock_row(Idea(pk=share.idea_id))
    share = lock_row(share)
    if person_of(by).pk != share.person_id:
        raise Refused(_("只有本人可以确认自己的份额。"))
    if idea.state != Idea.State.VERIFIED or share.round != idea.share_round or share.state != Share.State.ASKED:
        raise Refused(_("这份份额已经不在等您确认,请看现在的情况。"))
    if not agreed and not note.strip():
        raise ValidationError({"note": _("不同意请写明理由。")})
    settle_share(share, agreed=agreed, note=note)
    record(by=by, verb="同意份额" if agreed else "不同意份额", obj=idea, area_id=idea.area_id)
    if not agreed:
        text = _("%(name)s 不同意份额,请重新商定:%(title)s") % {"name": share.person.name, "title": idea.title}
        tell([idea.owner, idea.proposer], idea, text, by=by)
    credit_when_agreed(idea, by=by)
    return share


def credit_when_agreed(idea: Idea, *, by: Any) -> None:
    """Credit the benefit once everybody named has agreed."""
    rows = list(Share.objects.select_for_update().filter(idea=idea, round=idea.share_round).select_related("person").order_by("pk"))
    if any(row.state != Share.State.AGREED for row in rows):
        return
    assert idea.benefit is not None
    amounts = split_amount(idea.benefit, [row.percent for row in rows])
    for row, amount in zip(rows, amounts, strict=True):
        row.amount = amount
        row.save()
    idea.credit()
    end(idea, _("份额由 %(n)d 位贡献人全部同意") % {"n": len(rows)})
    idea.save()
    record(by=by, verb="计入贡献", obj=idea, area_id=idea.area_id, note=idea.ending)
    pass_on(idea, result="已计入贡献")
    tell([*(row.person for row in rows), idea.proposer], idea, _("创效已计入贡献:%(title)s") % {"title": idea.title}, by=by)
