"""Opening an item, and reopening it when the same problem comes back within its watch period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common import registry
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import now, today
from ronghe.org.models import PartyOrg, Person, Unit
from ronghe.rectification.actions.steps import (
    check_takers,
    check_two_people,
    choose_verifier,
    expect_measure,
    hold,
    pass_on,
    person_of,
    plan_date,
    tell,
)
from ronghe.rectification.models import Item, Measure, NumberRange, Occurrence, Subject
from ronghe.rectification.permissions import may_open, may_reopen
from ronghe.rectification.queries.sources import find_source
from ronghe.rectification.queries.takers import list_takers
from ronghe.rectification.rules import LIVE, find_late_measures, is_watched, make_number


@dataclass(frozen=True)
class Planned:
    """One measure as it is entered; without a person the owner carries it out, without a date until the item's deadline."""

    text: str
    responsible: Person | None = None
    due: date | None = None


@action
def open_item(
    *,
    area: Unit,
    unit: Unit,
    title: str,
    problem: str,
    source: str,
    owner: Person,
    by: Any,
    due: date | None = None,
    verifier: Person | None = None,
    cause: str = "",
    measures: Sequence[Planned | str] = (),
    origin: models.Model | None = None,
    key: str | None = None,
    watch_days: int | None = None,
    subject: str = "",
) -> Item:
    """Open an item for a problem of a unit, or return the one that already stands for it.

    `source` is a code of kinds.DEFAULT_SOURCES or of the area's own; `origin` any saved object on which the problem was found;
    `key` names the problem within the unit ('indicator:oil'). The same key while an item lives adds an occurrence to it; within
    the watch period after its closing it is reopened as 重复发生 with its history. Without `verifier` one of the 纪检小组
    verifies; without `due` the source's term applies. With measures the cure runs at once, else the owner is asked for a plan.
    A `subject` (安全、环保、质量) makes the contexts that hear of it ask for more than the cure.
    """
    require(may_open, by, unit)
    if unit.area_id != area.pk:
        raise ValidationError({"unit": _("%(unit)s 不属于 %(area)s。") % {"unit": unit.name, "area": area.name}})
    finder = person_of(by)
    rule = find_source(area.pk, source)
    registry.tell_arrival(origin, "整改", by)
    day = today()
    due = due or day + timedelta(days=rule.cure_days)
    numbers = lock_numbers(area, day.year)
    found: dict[str, Any] = {"source_name": rule.name, "origin": origin, "note": problem, "by": finder}
    standing = find_standing(area, unit, key or "", day)
    if standing is not None and standing.is_live:
        return name_subject(find_again(standing, actor=by, **found), subject, by=by)
    if due < day:
        raise ValidationError({"due": _("整改期限不能早于今天。")})
    if standing is not None:
        return name_subject(recur(standing, owner=owner, due=due, actor=by, **found), subject, by=by)
    verifier = verifier or choose_verifier(area.pk, owner)
    check_takers(area.pk, owner=owner, verifier=verifier)
    check_two_people(owner, verifier)
    item = Item(
        area=area,
        unit=unit,
        party_group=PartyOrg.objects.filter(unit=unit, kind=PartyOrg.Kind.GROUP).first(),
        number=take_number(numbers),
        source=rule.code,
        source_name=rule.name,
        title=title,
        problem=problem,
        cause=cause,
        key=key or "",
        subject=Subject(subject) if subject else "",
        owner=owner,
        verifier=verifier,
        opened_by=finder,
        opened_on=day,
        due=due,
        watch_days=rule.watch_days if watch_days is None else watch_days,
    )
    hold(item, owner, plan_date(item))
    if measures:
        item.plan()
        hold(item, owner, due)
    item.save()
    add_occurrence(item, **found)
    add_measures(item, measures)
    record(by=by, verb="提出整改", obj=item, area_id=area.pk, note=f"{rule.name};责任人 {owner.name},验证人 {verifier.name},{due} 前")
    pass_on(item, result="")
    tell([owner], item, _("有一项整改请您负责:%(title)s(%(due)s 前)") % {"title": title, "due": due}, by=by)
    if item.subject:
        registry.tell_subject(item, by)
    return item


def name_subject(item: Item, subject: str, *, by: Any) -> Item:
    """Say what the finding is about, where nobody has yet; whoever asks more of such findings hears of it. Part of the opening."""
    if subject and not item.subject:
        item.subject = Subject(subject)
        item.save()
        registry.tell_subject(item, by)
    return item


@action
def reopen_item(
    item: Item,
    *,
    reason: str,
    due: date,
    by: Any,
    owner: Person | None = None,
    origin: models.Model | None = None,
    version: int | None = None,
) -> Item:
    """Reopen a closed item whose problem came back within its watch period; the history stays with it."""
    item = lock_row(item, version=version)
    require(may_reopen, by, item)
    if item.state != Item.State.CLOSED or not is_watched(item.ended_on, item.watch_days, today()):
        raise Refused(_("只有观察期内的已销号整改项可以按“重复发生”重新打开;观察期已过的请新提一项。"))
    if due <= today():
        raise ValidationError({"due": _("整改期限须晚于今天。")})
    found: dict[str, Any] = {"source_name": item.source_name, "origin": origin, "note": reason, "by": person_of(by)}
    return recur(item, owner=owner or item.owner, due=due, actor=by, **found)


def lock_numbers(area: Unit, year: int) -> NumberRange:
    """Return the year's range, locked until the end of the transaction: whoever opens an item waits here for the one before."""
    NumberRange.objects.get_or_create(area=area, year=year)
    return NumberRange.objects.select_for_update().get(area=area, year=year)


def take_number(numbers: NumberRange) -> str:
    """Return the next number of a locked range: a list without gaps shows that nothing has vanished."""
    numbers.last += 1
    numbers.save(update_fields=["last"])
    return make_number(numbers.year, numbers.last)


def find_standing(area: Unit, unit: Unit, key: str, day: date) -> Item | None:
    """Return the item that stands for a problem of a unit, locked: the live one, else the last closed one still being watched."""
    if not key:
        return None
    same = Item.objects.select_for_update().filter(area=area, unit=unit, key=key)
    live = same.filter(state__in=LIVE).first()
    if live is not None:
        return live
    last = same.filter(state=Item.State.CLOSED).order_by("-ended_on", "-pk").first()
    return last if last is not None and is_watched(last.ended_on, last.watch_days, day) else None


def find_again(item: Item, *, source_name: str, origin: models.Model | None, note: str, by: Person, actor: Any) -> Item:
    """Add an occurrence to a living item, once for each origin."""
    if origin is not None and Occurrence.objects.filter(item=item, round=item.round, **origin_of(origin)).exists():
        return item
    add_occurrence(item, source_name=source_name, origin=origin, note=note, by=by)
    record(by=actor, verb="再次发现", obj=item, area_id=item.area_id, note=source_name)
    tell([item.owner, item.verifier], item, _("整改中的问题再次发现:%(title)s") % {"title": item.title}, by=actor)
    return item


def recur(
    item: Item, *, owner: Person, due: date, actor: Any, source_name: str, origin: models.Model | None, note: str, by: Person
) -> Item:
    """Begin another round of a closed item; whoever can no longer be charged, or would verify the own cure, is replaced."""
    verifier = item.verifier
    if verifier.pk == owner.pk or not list_takers(item.area_id).filter(pk=verifier.pk).exists():
        verifier = choose_verifier(item.area_id, owner)
    check_takers(item.area_id, owner=owner, verifier=verifier)
    closed_on = item.ended_on
    item.recur()
    item.round += 1
    item.owner, item.verifier, item.due = owner, verifier, due
    item.ended_on = item.ended_by = None
    hold(item, owner, plan_date(item))
    item.save()
    add_occurrence(item, source_name=source_name, origin=origin, note=note, by=by)
    text = f"第 {item.round} 次;上次销号 {closed_on},仍在观察期;{note}"
    record(by=actor, verb="重复发生", obj=item, area_id=item.area_id, note=text, changes={"state": ["已销号", "重复发生"]})
    pass_on(item, result="")
    tell([owner, verifier], item, _("已销号的问题重复发生,需重新整改:%(title)s") % {"title": item.title}, by=actor)
    return item


def origin_of(origin: models.Model | None) -> dict[str, Any]:
    """Return the columns that name any object."""
    if origin is None:
        return {"origin_type": None, "origin_id": None}
    return {"origin_type": ContentType.objects.get_for_model(origin), "origin_id": origin.pk}


def add_occurrence(item: Item, *, source_name: str, origin: models.Model | None, note: str, by: Person) -> Occurrence:
    return Occurrence.objects.create(
        item=item,
        round=item.round,
        source_name=source_name,
        origin_name=str(origin)[:200] if origin is not None else "",
        note=note,
        found_by=by,
        found_at=now(),
        **origin_of(origin),
    )


def add_measures(item: Item, measures: Sequence[Planned | str]) -> list[Measure]:
    """Add measures of the item's round with their tasks. Raises ValidationError at `measures` for what does not hold together."""
    limit = max(item.due, item.step_due or item.due)
    planned = [Planned(one) if isinstance(one, str) else one for one in measures]
    if any(not one.text.strip() for one in planned):
        raise ValidationError({"measures": _("措施不能为空。")})
    late = find_late_measures([one.due or limit for one in planned], due=limit)
    if late:
        places = "、".join(str(place) for place in late)
        raise ValidationError({"measures": _("第 %(places)s 条措施的期限晚于整改期限 %(due)s。") % {"places": places, "due": limit}})
    foreign = [one.responsible.name for one in planned if one.responsible is not None and one.responsible.area_id != item.area_id]
    if foreign:
        raise ValidationError({"measures": _("落实人 %(names)s 不在本管理区。") % {"names": "、".join(foreign)}})
    rows = [
        Measure.objects.create(
            item=item, round=item.round, text=one.text.strip(), responsible=one.responsible or item.owner, due=one.due or limit
        )
        for one in planned
    ]
    for row in rows:
        expect_measure(row, item)
    return rows
