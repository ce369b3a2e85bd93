"""Every write of 溯源."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.org.models import Person
from ronghe.org.standing import standing_of
from ronghe.rectification.models import Item, Subject
from ronghe.tracing.models import Change, Tracing
from ronghe.tracing.permissions import may_release, may_trace
from ronghe.tracing.queries import list_amended
from ronghe.tracing.rules import BARRIERS, STATES, find_fault


def person_of(by: Any) -> Person:
    if standing_of(by).person_id is None:
        raise Refused(_("这个账号没有对应的人员,不能办理。"))
    person: Person = by.person
    return person


@action
def start_tracing(item: Item, *, subject: str, by: Any, near_miss: bool = False) -> Tracing:
    """Say that a finding is about safety, environment or quality: its cure goes through the cause from now on."""
    item = lock_row(item)
    require(may_trace, by, item)
    if not item.is_live:
        raise Refused(_("这项整改已经办结。"))
    if subject not in Subject.values:
        raise ValidationError({"subject": _("请选择安全、环保或质量。")})
    known = Tracing.objects.filter(item=item).first()
    if known is not None:
        return known
    item.subject = Subject(subject)
    item.save()
    return make_tracing(item, near_miss=near_miss, by=by)


def make_tracing(item: Item, *, near_miss: bool = False, by: Any) -> Tracing:
    row = Tracing.objects.create(area_id=item.area_id, item=item, subject=item.subject, near_miss=near_miss)
    note = f"{row.get_subject_display()}{',未遂事件' if near_miss else ''}"
    record(by=by, verb="列入三册溯源", obj=item, area_id=item.area_id, note=note)
    return row


def trace_subject(item: Item, by: Any) -> None:
    """A finding about safety, environment or quality goes through its cause, whether somebody presses for it or not. Part of its opening."""
    if not Tracing.objects.filter(item=item).exists():
        make_tracing(item, by=by)


@action
def release_tracing(row: Tracing, *, reason: str, by: Any, version: int | None = None) -> Tracing:
    """It is none of the three after all: said with a reason by who verifies or oversees, never by who cures."""
    row = lock_row(row, version=version)
    require(may_release, by, row.item)
    if not row.item.is_live:
        raise Refused(_("这项整改已经办结。"))
    if row.item.owner_id == person_of(by).pk:
        raise Refused(_("责任人不能把自己的整改移出溯源。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么不算安全、环保或质量问题。")})
    row.released = reason.strip()
    row.save()
    record(by=by, verb="移出三册溯源", obj=row.item, area_id=row.area_id, note=row.released)
    return row


def lock_tracing(row: Tracing, *, by: Any, version: int | None) -> Tracing:
    row = lock_row(row, version=version)
    require(may_trace, by, row.item)
    if not row.item.is_live or row.item.state == Item.State.PROVING:
        raise Refused(_("整改已提交证明或已办结,溯源不能再改。"))
    if row.released:
        raise Refused(_("这项已移出三册溯源。"))
    return row


@action
def trace_cause(
    row: Tracing, *, whys: Sequence[str], barriers: Mapping[str, str], at_source: str, near_miss: bool, by: Any, version: int | None = None
) -> Tracing:
    """Ask why, down to what did not hold, and say how it is cured at the source."""
    row = lock_tracing(row, by=by, version=version)
    kept = {name: state for name, state in barriers.items() if name in BARRIERS and state in STATES}
    told = [one.strip()[:300] for one in whys if one.strip()][:5]
    if fault := find_fault(told, kept):
        raise ValidationError(fault)
    if not at_source.strip():
        raise ValidationError({"at_source": _("请写明源头上怎样治理,不只是处理现场。")})
    row.whys, row.barriers, row.at_source, row.near_miss = told, kept, at_source.strip(), near_miss
    row.traced_by, row.traced_on = person_of(by), today()
    row.save()
    record(by=by, verb="溯源", obj=row.item, area_id=row.area_id, note=f"根本原因:{told[-1]}")
    return row


@action
def note_change(row: Tracing, *, chosen: str, by: Any) -> Change:
    """Note which line was changed for it. Only lines whose wording is newer than the finding can be named."""
    row = lock_tracing(row, by=by, version=None)
    found = {f"{one.label}|{one.key}": one for one in list_amended(row)}
    one = found.get(chosen)
    if one is None:
        raise ValidationError({"chosen": _("这一条在问题提出以后没有改过。请先去改,再回来登记。")})
    change, made = Change.objects.get_or_create(
        tracing=row, label=one.label, key=one.key,
        defaults={"name": one.name[:200], "url": one.url, "noted_by": person_of(by), "noted_on": today()},
    )  # fmt: skip
    if made:
        record(by=by, verb="登记溯源改动", obj=row.item, area_id=row.area_id, note=one.name)
    return change


@action
def need_no_change(row: Tracing, *, reason: str, by: Any, version: int | None = None) -> Tracing:
    """No line needs changing: why."""
    row = lock_tracing(row, by=by, version=version)
    if len(row.whys) == 0:
        raise Refused(_("请先溯源。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么不用改。")})
    row.no_change = reason.strip()
    row.save()
    record(by=by, verb="溯源:不用改", obj=row.item, area_id=row.area_id, note=reason)
    return row
