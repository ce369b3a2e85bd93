"""Setting targets and bases; every change keeps the old value in the audit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.goals.models import Indicator, Target
from ronghe.goals.permissions import may_set_targets
from ronghe.goals.rules import is_month
from ronghe.org.models import Unit


@dataclass(frozen=True)
class Aim:
    """One target as typed: `was` is what the form showed when it was opened."""

    unit_id: int
    indicator_id: int
    value: Decimal | None
    base: Decimal | None
    was: tuple[Decimal | None, Decimal | None] = (None, None)


class StaleTargets(Exception):
    """Somebody else changed targets of the form; `saved` maps (unit, indicator) to what is saved now."""

    def __init__(self, saved: dict[tuple[int, int], tuple[Decimal | None, Decimal | None]]) -> None:
        super().__init__(_("有目标值在您打开之后已被他人修改。您填的内容没有丢失,请核对后再保存。"))
        self.saved = saved


@action
def set_targets(area: Unit, *, period: str, aims: Iterable[Aim], reason: str, by: Any) -> int:
    """Set the targets of a period. A change of an existing one needs its reason. Returns how many changed."""
    area = Unit.objects.select_for_update().get(pk=area.pk)
    require(may_set_targets, by, area)
    if not is_month(period):
        raise Refused(_("月份应写作 2026-10 这样的形式。"))
    saved = {(row.unit_id, row.indicator_id): row for row in Target.objects.filter(area=area, period=period)}
    changed = [aim for aim in aims if read_saved(saved, aim) != (aim.value, aim.base)]
    stale = {(aim.unit_id, aim.indicator_id): read_saved(saved, aim) for aim in changed if read_saved(saved, aim) != aim.was}
    if stale:
        raise StaleTargets(stale)
    if any((aim.unit_id, aim.indicator_id) in saved for aim in changed) and not reason.strip():
        raise Refused(_("修改已有的目标值须写明原因。"))
    check_area(area, changed)
    units = {unit.pk: unit for unit in Unit.objects.filter(area=area)}
    indicators = {row.pk: row for row in Indicator.objects.filter(area=area)}
    changes = {}
    for aim in changed:
        name = f"{units[aim.unit_id].name} {indicators[aim.indicator_id].name}"
        old = write_target(area.pk, aim, period, saved.get((aim.unit_id, aim.indicator_id)))
        for part, before, after in (("", old[0], aim.value), (" 基数", old[1], aim.base)):
            if before != after:
                changes[name + part] = [before, after]
    if changes:
        record(
            by=by, verb="设定目标值", obj=area, area_id=area.pk, name=f"{area.name} {period} 目标值", note=reason.strip(), changes=changes
        )
    return len(changed)


def read_saved(saved: dict[tuple[int, int], Target], aim: Aim) -> tuple[Decimal | None, Decimal | None]:
    row = saved.get((aim.unit_id, aim.indicator_id))
    return (row.value, row.base) if row else (None, None)


def check_area(area: Unit, aims: list[Aim]) -> None:
    """Raise Refused where a unit or an indicator belongs to another area."""
    units = set(Unit.objects.filter(area=area).values_list("pk", flat=True))
    indicators = set(Indicator.objects.filter(area=area).values_list("pk", flat=True))
    if any(aim.unit_id not in units or aim.indicator_id not in indicators for aim in aims):
        raise Refused(_("目标值里有不属于本管理区的单位或指标,没有保存。"))


def write_target(area_id: int, aim: Aim, period: str, row: Target | None) -> tuple[Decimal | None, Decimal | None]:
    """Write one target and return what it was."""
    old = (row.value, row.base) if row else (None, None)
    row = row or Target(area_id=area_id, unit_id=aim.unit_id, indicator_id=aim.indicator_id, period=period)
    row.value, row.base = aim.value, aim.base  # type: ignore[assignment]
    row.save()
    return old


@action
def take_over_target(
    unit: Unit, indicator: Indicator, *, period: str, value: Decimal | None, base: Decimal | None, by: Any, note: str
) -> Target | None:
    """Take the target and base that came with a confirmed batch; what it leaves empty stays. Part of the caller's confirmation."""
    row = Target.objects.select_for_update().filter(unit=unit, indicator=indicator, period=period).first()
    row = row or Target(area=unit.area, unit=unit, indicator=indicator, period=period)
    changes = {}
    for name, new in (("value", value), ("base", base)):
        if new is not None and getattr(row, name) != new:
            changes[name] = [getattr(row, name), new]
            setattr(row, name, new)
    if not changes:
        return None
    row.save()
    record(by=by, verb="设定目标值", obj=row, area_id=row.area_id, name=f"{unit} {indicator} {period}", note=note, changes=changes)
    return row
