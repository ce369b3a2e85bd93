"""历史数据: kept as it was read, handed in, and confirmed by a second person as a whole or not at all."""

import hashlib
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.common.registry import find_link, tell_followers
from ronghe.documents.rules import clean_name
from ronghe.figures.actions.batches import DAYS_TO_REVIEW, REVIEW, make_number
from ronghe.figures.models import Batch, Figure, HistoryFile, ReportingPeriod
from ronghe.figures.permissions import may_bring_history, may_take_history
from ronghe.figures.queries.history import list_closed
from ronghe.figures.reading.history import History, HistoryCell, dump_history, load_history
from ronghe.figures.rules import first_day, next_month
from ronghe.goals.models import Indicator, Target
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.worklist.actions import open_tasks, settle_tasks

Cell = tuple[int, int]
MOST_NAMED = 5


@action
def keep_history(area: Unit, *, data: bytes, name: str, found: History, by: Any) -> HistoryFile:
    """Keep a sheet with its reading for its sender to look at. No figure is saved."""
    require(may_bring_history, by, area)
    HistoryFile.objects.filter(area=area, author=by, submitted_at=None).exclude(data=None).update(data=None, reading={})
    return HistoryFile.objects.create(
        area=area, author=by, name=clean_name(name), digest=hashlib.sha256(data).hexdigest(), data=data, reading=dump_history(found),
        figures=len(found.cells),
    )  # fmt: skip


@action
def submit_history(row: HistoryFile, *, by: Any) -> HistoryFile:
    """Hand the file in to the reviewers. Refused while anything in it is wrong."""
    row = lock_row(row)
    require(may_bring_history, by, row)
    found = load_clean(row)
    if row.submitted_at is not None:
        raise Refused(_("这份历史数据已经提交。"))
    if row.author_id != by.pk:
        raise Refused(_("这份历史数据由他人上传,请自己上传。"))
    row.submitted_at = now()
    row.save()
    path = find_link("figures.historyfile", row.pk)
    title = _("请审核历史数据:%(name)s(%(n)d 个数值)") % {"name": row.name, "n": len(found.cells)}
    reviewers = list(list_holders("reviewer", area_id=row.area_id, day=today()).exclude(user=by))
    due = add_working_days(today(), DAYS_TO_REVIEW)
    open_tasks(row, kind=REVIEW, owners=reviewers, title=title, path=path, due=due, area_id=row.area_id)
    notify(reviewers, kind=REVIEW, title=title, path=path, area_id=row.area_id, by=by)
    record(by=by, verb="提交历史数据", obj=row, area_id=row.area_id, note=f"{len(found.cells)} 个数值")
    return row


def load_clean(row: HistoryFile) -> History:
    """Return the reading of a file that can be taken in; raises Refused for what can't."""
    if not row.reading:
        raise Refused(_("这份历史数据已经失效,请重新上传。"))
    found = load_history(row.reading)
    if not found.is_clean:
        raise Refused(_("表里还有 %(count)d 处问题,请改好后重新上传;一个数值也没有保存。") % {"count": len(found.errors)})
    return found


@action
def take_history(row: HistoryFile, *, by: Any) -> HistoryFile:
    """Take the file in as true: a confirmed batch a month, targets beside it. What is there already and differs refuses the whole."""
    row = lock_row(row)
    require(may_take_history, by, row)
    require_waiting(row)
    found = load_clean(row)
    closed = [f"{month} {why}" for month, why in list_closed(row.area_id).items() if month in set(found.months)]
    if closed:
        raise Refused(_("以下月份不能补录:%(months)s") % {"months": "、".join(closed[:MOST_NAMED])})
    units = {unit.code: unit for unit in Unit.objects.filter(area_id=row.area_id)}
    indicators = {one.code: one for one in Indicator.objects.filter(area_id=row.area_id)}
    if any(cell.unit not in units or cell.indicator not in indicators for cell in found.cells):
        raise Refused(_("单位或指标已改动,请重新上传。"))
    parts: dict[str, dict[str, dict[Cell, HistoryCell]]] = defaultdict(lambda: defaultdict(dict))
    for cell in found.cells:
        parts[cell.month][cell.field][units[cell.unit].pk, indicators[cell.indicator].pk] = cell
    refuse_clashes(row, parts)
    batch = None
    for month in sorted(parts):
        batch = write_month(row, month, parts[month]["actual"], by=by) or batch
        write_targets(row.area_id, month, parts[month])
    row.decided_by, row.decided_at, row.data = by, now(), None
    row.save()
    settle_tasks(row, kind=REVIEW, result=_("已导入"))
    record(
        by=by, verb="导入历史数据", obj=row, area_id=row.area_id, note=f"{found.months[0]} 至 {found.months[-1]},{len(found.cells)} 个数值"
    )
    tell_sender(row, _("历史数据已导入:%(name)s") % {"name": row.name}, by=by)
    if batch is not None:
        tell_followers(batch, by)
    return row


def require_waiting(row: HistoryFile) -> None:
    if row.submitted_at is None or row.decided_at is not None:
        raise Refused(_("这份历史数据不在待审核状态。"))


def refuse_clashes(row: HistoryFile, parts: dict[str, dict[str, dict[Cell, HistoryCell]]]) -> None:
    """Raise Refused where another figure or target is there already. Two queries."""
    months = list(parts)
    figures = Figure.objects.filter(area_id=row.area_id, period__in=months, in_force=True, actual__isnull=False)
    targets = Target.objects.filter(area_id=row.area_id, period__in=months)
    held: list[tuple[str, str, Cell, Decimal | None]] = [
        (month, "actual", (unit, indicator), value)
        for month, unit, indicator, value in figures.values_list("period", "unit_id", "indicator_id", "actual")
    ]
    for month, unit, indicator, value, base in targets.values_list("period", "unit_id", "indicator_id", "value", "base"):
        held += [(month, "target", (unit, indicator), value), (month, "base", (unit, indicator), base)]
    clashes = [
        f"{cell.column}{cell.row}"
        for month, field, key, value in held
        if value is not None and (cell := parts[month][field].get(key)) is not None and cell.value != value
    ]
    if clashes:
        named = "、".join(clashes[:MOST_NAMED])
        raise Refused(_("有 %(n)d 格与系统里已有的数不同(%(cells)s),一个数值也没有保存。") % {"n": len(clashes), "cells": named})


def write_month(row: HistoryFile, month: str, cells: dict[Cell, HistoryCell], *, by: Any) -> Batch | None:
    """Write the figures of a month that are not there yet, as one confirmed batch of the 管理区."""
    held = set(
        Figure.objects.filter(area_id=row.area_id, period=month, in_force=True, actual__isnull=False).values_list("unit_id", "indicator_id")
    )
    fresh = {key: cell for key, cell in cells.items() if key not in held}
    if not fresh:
        return None
    day = first_day(next_month(month))
    period, _made = ReportingPeriod.objects.get_or_create(
        area_id=row.area_id,
        period=month,
        defaults={"opens_on": day, "due_on": day + timedelta(days=4), "closes_on": day + timedelta(days=9)},
    )
    batch = Batch(
        area_id=row.area_id, unit_id=row.area_id, period=period, number=make_number(period), source=Batch.Source.LONG,
        author_id=row.author_id, hands=[row.author_id], submitted_at=row.submitted_at, decided_by=by, decided_at=now(),
    )  # fmt: skip
    batch.submit()
    batch.confirm()
    batch.save()
    # a blank that was in force as an answer gives way to the figure
    Figure.objects.filter(area_id=row.area_id, period=month, in_force=True, actual=None).update(in_force=False)
    Figure.objects.bulk_create(
        [
            Figure(
                area_id=row.area_id, batch=batch, unit_id=unit, indicator_id=indicator, period=month, actual=cell.value, in_force=True,
                place=f"{cell.sheet}!{cell.column}{cell.row}"[-80:], version=1,
            )
            for (unit, indicator), cell in fresh.items()
        ],
        batch_size=500,
    )  # fmt: skip
    return batch


def write_targets(area_id: int, month: str, fields: dict[str, dict[Cell, HistoryCell]]) -> None:
    """Write the month's targets and bases that are not there yet."""
    keys = fields["target"].keys() | fields["base"].keys()
    saved = {(one.unit_id, one.indicator_id): one for one in Target.objects.select_for_update().filter(area_id=area_id, period=month)}
    fresh: list[Target] = []
    changed: list[Target] = []
    for unit, indicator in keys:
        one = saved.get((unit, indicator))
        (changed if one else fresh).append(
            one := one or Target(area_id=area_id, unit_id=unit, indicator_id=indicator, period=month, version=0)
        )
        for field, name in (("target", "value"), ("base", "base")):
            cell = fields[field].get((unit, indicator))
            if cell is not None:
                setattr(one, name, cell.value)
        one.version += 1
    Target.objects.bulk_create(fresh, batch_size=500)
    Target.objects.bulk_update(changed, ["value", "base", "version"], batch_size=500)


@action
def decline_history(row: HistoryFile, *, reason: str, by: Any) -> HistoryFile:
    """Send the file back with a reason; nothing of it is taken."""
    row = lock_row(row)
    require(may_take_history, by, row)
    require_waiting(row)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明退回原因。")})
    row.decided_by, row.decided_at, row.decline_reason, row.data = by, now(), reason.strip(), None
    row.save()
    settle_tasks(row, kind=REVIEW, result=_("已退回"))
    record(by=by, verb="退回历史数据", obj=row, area_id=row.area_id, note=row.decline_reason)
    tell_sender(row, _("历史数据被退回:%(reason)s") % {"reason": row.decline_reason}, by=by)
    return row


def tell_sender(row: HistoryFile, title: str, *, by: Any) -> None:
    people = list(Person.objects.filter(user_id=row.author_id))
    notify(people, kind=REVIEW, title=title, path=find_link("figures.historyfile", row.pk), area_id=row.area_id, by=by)
