"""Registering a matter: what the list catches, what looks like a split sum; withdrawing it before it is decided."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common import registry
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import today
from ronghe.decisions.actions.steps import (
    end_matter,
    find_holder,
    find_list,
    lock_matter,
    open_next,
    person_of,
    require_not_in_room,
    take_number,
    tell,
)
from ronghe.decisions.models import DecisionList, Matter, Rule, Step
from ronghe.decisions.permissions import may_judge_split, may_register, may_withdraw
from ronghe.decisions.rules import PASSED, Catch, Facts, Split, Sum, catch_matter, find_split
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.rectification.queries import list_takers


@dataclass(frozen=True)
class Registration:
    """What the list says of a matter before it is registered."""

    edition: DecisionList
    caught: list[Catch]
    split: Split | None


def preview_matter(area_id: int, facts: Facts, *, key: int = 0) -> Registration:
    """Return which lines catch a matter and what it may have been split from. Writes nothing."""
    edition = find_list(area_id)
    clauses = [rule.clause for rule in edition.rules.filter(dropped=False)]
    split = None
    if facts.amount is not None:
        new = Sum(key, "", facts.title, facts.category, facts.amount, today(), facts.counterparty)
        others = list_sums(area_id, facts.category, edition.split_days)
        limits = sorted(
            {
                one.threshold
                for one in clauses
                if one.threshold is not None and one.category == facts.category and one.threshold > facts.amount
            }
        )
        found = [find_split(new, others, threshold=limit, days=edition.split_days) for limit in limits]
        split = next((one for one in reversed(found) if one is not None), None)
    caught = catch_matter(clauses, facts, together=split.total if split else None)
    return Registration(edition, caught, split)


def list_sums(area_id: int, category: str, days: int) -> list[Sum]:
    """Return the sums of the area's matters of a category within the window; what was rejected or withdrawn is no sum."""
    rows = Matter.objects.filter(
        area_id=area_id, category=category, amount__isnull=False, registered_on__gte=today() - timedelta(days=days)
    ).exclude(state__in=("rejected", "withdrawn"))  # fmt: skip
    return [
        Sum(row.pk, row.number, row.title, row.category, row.amount or Decimal(0), row.registered_on, row.counterparty)
        for row in rows.exclude(kind=Matter.Kind.EXCEPTION)
    ]


@action
def register_matter(
    area: Unit,
    *,
    unit: Unit,
    title: str,
    category: str,
    owner: Person,
    by: Any,
    text: str = "",
    amount: Decimal | None = None,
    scope: str = "",
    keywords: Sequence[str] = (),
    counterparty: str = "",
    field: str = "",
    rule: str = "",
    interested: Iterable[Person] = (),
    origin: models.Model | None = None,
) -> Matter:
    """Register a matter and open its first step.

    The strongest line that catches it rules it, or the one chosen among those that catch. A sum below every limit that no line catches
    and for which none is chosen is kept on record only (限额以下备案), so that later sums are seen together with it. `origin` is what it was
    raised on (a finding, a gap); its page tells what became of it.
    """
    require(may_register, by, unit)
    if unit.area_id != area.pk:
        raise ValidationError({"unit": _("%(unit)s 不属于 %(area)s。") % {"unit": unit.name, "area": area.name}})
    if not list_takers(area.pk).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": _("%(name)s 在本管理区没有在任岗位或没有账号,请换一位。") % {"name": owner.name}})
    if amount is not None and amount < 0:
        raise ValidationError({"amount": _("金额不能是负数。")})
    number = take_number(area)  # the lock under which the sums before this one stand still
    facts = Facts(title, category, amount, scope, tuple(keywords), counterparty)
    found = preview_matter(area.pk, facts)
    line = choose_line(found, rule, amount)
    day = today()
    matter = Matter(
        area=area, unit=unit, number=number, edition=found.edition, title=title.strip(), text=text.strip(), category=category, amount=amount,
        scope=scope, keywords=list(keywords), counterparty=counterparty.strip(), owner=owner, registered_by=person_of(by), registered_on=day,
        caught=[{**asdict(one), "why": list(one.why)} for one in found.caught],
    )  # fmt: skip
    if origin is not None:
        matter.origin_type, matter.origin_id = ContentType.objects.get_for_model(origin), origin.pk
        matter.origin_name = str(origin)[:200]
        registry.tell_arrival(origin, "决策事项", by)
    if found.split is not None:
        matter.split_state, matter.split_why = Matter.SplitState.FLAGGED, found.split.why[:400]
    if line is None:
        return keep_record(matter, by=by)
    matter.rule, matter.decided_by, matter.field = line, line.decided_by, field.strip() or line.field
    matter.holder, matter.step_due = owner, day
    matter.save()
    matter.interested.set(interested)
    add_steps(matter, line)
    note = ";".join(f"{one.title}({','.join(one.why)})" for one in found.caught) or f"登记人选定:{line.title}"
    record(by=by, verb="登记决策事项", obj=matter, area_id=area.pk, note=note[:500])
    if found.split is not None:
        watchers = list_holders(("discipline_member", "branch_secretary"), area_id=area.pk, day=day)
        tell(watchers, matter, _("疑似拆分,请核实:%(title)s") % {"title": matter.title}, by=by)
    open_next(matter, by=by)
    return matter


def choose_line(found: Registration, code: str, amount: Decimal | None) -> Rule | None:
    """Return the line that rules a matter. Raises ValidationError at `rule` for one that does not catch it while others do."""
    caught = [one.code for one in found.caught]
    if code and caught and code not in caught:
        raise ValidationError({"rule": _("清单上有别的事项命中,请在命中的事项中选。")})
    wanted = code or (caught[0] if caught else "")
    if not wanted:
        if amount is None:
            raise ValidationError({"rule": _("清单没有命中这个事项。确需决策的,请选定适用的清单事项。")})
        return None
    line = found.edition.rules.filter(code=wanted, dropped=False).first()
    if line is None:
        raise ValidationError({"rule": _("清单上没有这个事项。")})
    return line


def keep_record(matter: Matter, *, by: Any) -> Matter:
    """Keep a sum below every limit: no steps, nothing due."""
    record_of = Matter(
        **{one.attname: getattr(matter, one.attname) for one in Matter._meta.concrete_fields if one.name not in ("id", "state", "kind")},
        state=Matter.State.CLOSED,
        kind=Matter.Kind.RECORD,
    )
    record_of.decided_by = "leaders"
    record_of.ended_on, record_of.end_note = today(), _("低于清单限额,备案")
    record_of.save()
    record(by=by, verb="限额以下备案", obj=record_of, area_id=matter.area_id)
    return record_of


def add_steps(matter: Matter, line: Rule) -> None:
    """Write the steps of a line for a matter."""
    steps = []
    for place, (kind, days, post) in enumerate(line.steps, 1):
        form = line.survey_form if kind == "survey" else kind
        steps.append(Step(matter=matter, kind=kind, place=place, days=days, form=form, owner=find_holder(post, matter), version=1))
    Step.objects.bulk_create(steps)


@action
def judge_split(matter: Matter, *, is_split: bool, note: str, by: Any, version: int | None = None) -> Matter:
    """Say whether a flagged matter was split: by the 纪检小组 or the secretary, never by who registered or owns it."""
    matter = lock_matter(matter, version=version)
    require(may_judge_split, by, matter)
    if matter.split_state != Matter.SplitState.FLAGGED:
        raise Refused(_("这个事项没有待核实的拆分提示。"))
    if not note.strip():
        raise ValidationError({"note": _("请写明核实的情况。")})
    matter.split_state = Matter.SplitState.CONFIRMED if is_split else Matter.SplitState.CLEARED
    matter.split_note = note.strip()
    matter.save()
    record(by=by, verb="核实拆分", obj=matter, area_id=matter.area_id, note=f"{matter.get_split_state_display()}:{note.strip()}")
    return matter


@action
def withdraw_matter(matter: Matter, *, reason: str, by: Any, version: int | None = None) -> Matter:
    """Take a matter back before it is decided; it stays on record with the reason."""
    matter = lock_matter(matter, version=version)
    require(may_withdraw, by, matter)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明撤回的原因。")})
    if not matter.is_live:
        raise Refused(_("本事项已经办结。"))
    if Step.objects.filter(matter=matter, kind="decide", state__in=PASSED).exists():
        raise Refused(_("已经决策的事项不能撤回。"))
    for step in Step.objects.filter(matter=matter, state=Step.State.OPEN):
        step.matter = matter
        require_not_in_room(step)
    matter.withdraw()
    end_matter(matter, note=reason.strip(), by=by)
    record(by=by, verb="撤回决策事项", obj=matter, area_id=matter.area_id, note=reason.strip())
    return matter
