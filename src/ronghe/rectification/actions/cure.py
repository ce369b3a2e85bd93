"""The cure: plan, measures, proof, and the second person's verdict."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common import registry
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.documents.actions import attach
from ronghe.documents.models import Document
from ronghe.rectification.actions.items import Planned, add_measures
from ronghe.rectification.actions.steps import (
    drop_requests,
    end_parts,
    expect_measure,
    hold,
    pass_on,
    person_of,
    require_live,
    tell,
    tell_origins,
)
from ronghe.rectification.models import Item, Measure, Proof, Request
from ronghe.rectification.permissions import may_add_photo, may_finish_measure, may_plan, may_prove, may_verify
from ronghe.rectification.queries.sources import find_source
from ronghe.rectification.rules import find_bar_to_closing
from ronghe.worklist.actions import settle_tasks

PHOTO = "现场照片"


@action
def plan_cure(item: Item, *, cause: str, measures: Sequence[Planned | str], by: Any, version: int | None = None) -> Item:
    """Set the cause and add measures; while the cure runs, further ones. Nothing planned is taken away: dates move by request."""
    item = lock_row(item, version=version)
    require(may_plan, by, item)
    require_live(item)
    if not cause.strip():
        raise ValidationError({"cause": _("请写明问题的原因。")})
    before = item.get_state_display()
    has_measures = Measure.objects.filter(item=item, round=item.round).exists()
    if not measures and not has_measures:
        raise ValidationError({"measures": _("至少要有一条措施。")})
    until = item.due if item.state in (Item.State.OPEN, Item.State.RECURRED) else max(item.due, item.step_due or item.due)
    changes = {"cause": [item.cause, cause]} if cause != item.cause else {}
    item.plan()
    item.cause = cause
    hold(item, item.owner, until)
    item.save()
    rows = add_measures(item, measures)
    note = ";".join(f"{row.text}({row.responsible.name},{row.due} 前)" for row in rows)
    if before != item.get_state_display():
        changes["state"] = [before, item.get_state_display()]
    record(by=by, verb="制定方案", obj=item, area_id=item.area_id, note=note, changes=changes)
    pass_on(item, result="方案已定")
    tell({row.responsible for row in rows} - {item.owner}, item, _("整改措施请您落实:%(title)s") % {"title": item.title}, by=by)
    return item


@action
def finish_measure(measure: Measure, *, by: Any) -> Measure:
    """Note that a measure is carried out."""
    item, measure = lock_measure(measure)
    require(may_finish_measure, by, measure)
    require_curing(item)
    if measure.done_on is not None:
        raise Refused(_("这条措施已经登记完成。"))
    measure.done_on, measure.done_by = today(), person_of(by)
    measure.save()
    record(by=by, verb="完成措施", obj=item, area_id=item.area_id, note=measure.text)
    settle_tasks(measure, result="已完成")
    return measure


@action
def resume_measure(measure: Measure, *, by: Any) -> Measure:
    """Take back that a measure is carried out, before a proof is filed."""
    item, measure = lock_measure(measure)
    require(may_finish_measure, by, measure)
    require_curing(item)
    if measure.done_on is None:
        raise Refused(_("这条措施还没有登记完成。"))
    measure.done_on = measure.done_by = None
    measure.save()
    record(by=by, verb="撤回措施完成", obj=item, area_id=item.area_id, note=measure.text)
    expect_measure(measure, item)
    return measure


@action
def file_proof(item: Item, *, text: str, files: Sequence[tuple[str, bytes]], by: Any, version: int | None = None) -> Proof:
    """File what was done, with at least one document of one's own choice; the verifier is asked for a verdict."""
    item = lock_row(item, version=version)
    require(may_prove, by, item)
    require_curing(item)
    left = Measure.objects.filter(item=item, done_on=None).count()
    if left:
        raise Refused(_("还有 %(left)d 条措施没有登记完成,完成后再提交证明。") % {"left": left})
    bar = registry.find_proof_bar(item)
    if bar:
        raise Refused(bar)
    if not text.strip():
        raise ValidationError({"text": _("请写明整改情况。")})
    if not files:
        raise ValidationError({"materials": _("请附上至少一份证明材料。")})
    before = item.get_state_display()
    item.prove()
    hold(item, item.verifier, add_working_days(today(), find_source(item.area_id, item.source).verify_days))
    item.save()
    proof = Proof.objects.create(item=item, round=item.round, text=text, filed_by=person_of(by), filed_at=now())
    for name, data in files:
        try:
            attach(proof, data=data, name=name, by=by, area_id=item.area_id, purpose="整改证明")
        except ValidationError as problem:
            raise ValidationError({"materials": [f"{name}:{' '.join(problem.messages)}"]}) from problem
    changes = {"state": [before, item.get_state_display()]}
    record(by=by, verb="提交证明", obj=item, area_id=item.area_id, note=_("%(n)d 份材料") % {"n": len(files)}, changes=changes)
    drop_requests(item, kinds=[Request.Kind.MOVE])
    pass_on(item, result="已提交证明")
    tell([item.verifier], item, _("整改证明请您验证:%(title)s") % {"title": item.title}, by=by)
    return proof


@action
def add_photo(item: Item, *, name: str, data: bytes, line: str, by: Any) -> Document:
    """Attach a photo of one's own choice to a live item, along the way: it is read with the item; the proof itself is filed as before."""
    item = lock_row(item)
    require(may_add_photo, by, item)
    require_live(item)
    document = attach(item, data=data, name=name, by=by, area_id=item.area_id, purpose=PHOTO)
    if not document.media_type.startswith("image/"):
        raise ValidationError(_("请选一张照片(JPG、PNG)。"))
    if line.strip():
        record(by=by, verb="现场照片说明", obj=item, area_id=item.area_id, note=line.strip()[:300])
    return document


@action
def close_item(item: Item, *, by: Any, note: str = "", version: int | None = None) -> Item:
    """销号: the verifier, another than the owner and whoever filed proof, found it cured."""
    item, proof = lock_proved(item, by=by, version=version)
    item.close()
    item.ended_on, item.ended_by = today(), person_of(by)
    hold(item, None, None)
    item.save()
    decide_proof(proof, Proof.Verdict.ACCEPTED, by=by, note=note)
    record(by=by, verb="销号", obj=item, area_id=item.area_id, note=note, changes={"state": ["待验证", "已销号"]})
    end_parts(item)
    tell_origins(item)
    pass_on(item, result="已销号")
    text = _("整改已销号:%(title)s(观察期至 %(day)s)") % {"title": item.title, "day": item.watched_until}
    tell([item.owner, item.opened_by], item, text, by=by)
    return item


@action
def return_item(item: Item, *, by: Any, note: str, due: date | None = None, version: int | None = None) -> Item:
    """Return the proof with a reason; the owner has until `due`, or the item's deadline and at least some working days."""
    item, proof = lock_proved(item, by=by, version=version)
    if not note.strip():
        raise ValidationError({"note": _("退回须写明理由。")})
    if due is not None and due <= today():
        raise ValidationError({"due": _("重做期限须晚于今天。")})
    term = add_working_days(today(), find_source(item.area_id, item.source).redo_days)
    item.send_back()
    item.returns += 1
    hold(item, item.owner, due or max(item.due, term))
    item.save()
    decide_proof(proof, Proof.Verdict.RETURNED, by=by, note=note)
    record(by=by, verb="退回", obj=item, area_id=item.area_id, note=note, changes={"state": ["待验证", "已退回"]})
    pass_on(item, result="已退回")
    text = _("整改证明被退回:%(title)s(%(note)s)") % {"title": item.title, "note": note[:80]}
    tell([item.owner, proof.filed_by], item, text, by=by)
    return item


def lock_measure(measure: Measure) -> tuple[Item, Measure]:
    """Lock the item, then its measure: always in this order."""
    item = lock_row(Item(pk=measure.item_id))
    locked = lock_row(measure)
    locked.item = item
    return item, locked


def lock_proved(item: Item, *, by: Any, version: int | None) -> tuple[Item, Proof]:
    """Lock an item that waits for this person's verdict, and the proof in question."""
    item = lock_row(item, version=version)
    require(may_verify, by, item)
    proof = Proof.objects.select_for_update().filter(item=item, verdict=Proof.Verdict.PENDING).first()
    if item.state != Item.State.PROVING or proof is None:
        raise Refused(_("这项整改现在没有等待验证的证明。"))
    filers = Proof.objects.filter(item=item, round=item.round).values_list("filed_by_id", flat=True)
    bar = find_bar_to_closing(person_of(by).pk, owner=item.owner_id, verifier=item.verifier_id, filers=filers)
    if bar:
        raise Refused(bar)
    return item, proof


def decide_proof(proof: Proof, verdict: str, *, by: Any, note: str) -> None:
    proof.verdict, proof.decided_by, proof.decided_at, proof.note = verdict, person_of(by), now(), note
    proof.save()


def require_curing(item: Item) -> None:
    """Raise Refused unless the owner is at the cure: planned, and not yet with the verifier."""
    require_live(item)
    if item.state == Item.State.PROVING:
        raise Refused(_("证明已提交,正在等待验证。"))
    if item.state in (Item.State.OPEN, Item.State.RECURRED):
        raise Refused(_("请先制定整改方案。"))
