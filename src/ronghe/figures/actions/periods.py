"""Opening a month, moving its dates, asking the reporters and urging them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import count_working_days, now, today
from ronghe.common.registry import find_link
from ronghe.figures.models import Demand, ReportingPeriod
from ronghe.figures.permissions import may_manage_periods, may_urge
from ronghe.figures.queries.asked import load_asked
from ronghe.figures.queries.periods import map_reporters, propose_dates
from ronghe.figures.queries.progress import list_outstanding
from ronghe.figures.rules import Cell, month_of, previous_month
from ronghe.goals.rules import is_month
from ronghe.notices.actions import notify
from ronghe.notices.models import Notice
from ronghe.org.models import Person, Unit
from ronghe.worklist.actions import open_tasks
from ronghe.worklist.models import Task

REPORT = "填报"
URGE = "催报"


def check_dates(opens_on: date, due_on: date, closes_on: date) -> None:
    """Raise Refused unless the dates follow each other."""
    if not opens_on <= due_on <= closes_on:
        raise Refused(_("日期须依次为:开放日、截止日、关闭日。"))


@action
def open_period(area: Unit, *, period: str, opens_on: date, due_on: date, closes_on: date, by: Any) -> ReportingPeriod:
    """Open a month for reporting. From its opening day on the reporters are asked. `by` None: the daily tick."""
    if by is not None:
        require(may_manage_periods, by, area)
    if not is_month(period):
        raise Refused(_("月份应写作 2026-10 这样的形式。"))
    if period > month_of(today()):
        raise Refused(_("%(period)s 还没有开始,不能开放填报。") % {"period": period})
    check_dates(opens_on, due_on, closes_on)
    row, made = ReportingPeriod.objects.get_or_create(
        area=area, period=period, defaults={"opens_on": opens_on, "due_on": due_on, "closes_on": closes_on}
    )
    if not made:
        raise Refused(_("%(period)s 已经开放过,可以修改它的日期。") % {"period": row})
    changes = {"opens_on": [None, opens_on], "due_on": [None, due_on], "closes_on": [None, closes_on]}
    record(by=by, verb="开放填报", obj=row, area_id=area.pk, changes=changes)
    ask_reporters(row, by=by)
    return row


@action
def change_period(
    row: ReportingPeriod, *, opens_on: date, due_on: date, closes_on: date, reason: str, by: Any, version: int | None = None
) -> ReportingPeriod:
    """Move a period's dates; what is still due follows the new date."""
    row = lock_row(row, version=version)
    require(may_manage_periods, by, row)
    check_dates(opens_on, due_on, closes_on)
    if not reason.strip():
        raise Refused(_("请写明修改日期的原因。"))
    changes = diff(row, {"opens_on": opens_on, "due_on": due_on, "closes_on": closes_on})
    if not changes:
        return row
    row.opens_on, row.due_on, row.closes_on = opens_on, due_on, closes_on
    row.save()
    record(by=by, verb="修改填报日期", obj=row, area_id=row.area_id, note=reason.strip(), changes=changes)
    ask_reporters(row, by=by)
    return row


@action
def ask_reporters(row: ReportingPeriod, *, by: Any = None) -> int:
    """Ask every reporter of an open period for what is still missing. Idempotent; returns how many people are newly asked.

    Run again it also finds new units and new reporters, and gives what is open the period's present date.
    """
    if not row.is_open():
        return 0
    asked = load_asked(row.area_id, row.period).by_reporter()
    known = {demand.unit_id: demand for demand in Demand.objects.filter(period=row).select_related("unit")}
    for unit in Unit.objects.filter(pk__in=[pk for pk in asked if pk not in known]):
        known[unit.pk] = Demand.objects.create(area_id=row.area_id, unit=unit, period=row)
    keep_counts(known, asked)
    reporters = map_reporters(row.area_id)
    outstanding = list_outstanding(row)
    fresh: dict[int, Person] = {}
    for unit_id, demand in known.items():
        if unit_id not in outstanding:
            continue
        owners = reporters.get(unit_id, [])
        fresh |= {person.pk: person for person in owners if not has_task(demand, person)}
        title = _("%(period)s 指标填报(%(unit)s)") % {"period": row, "unit": demand.unit}
        path = find_link("figures.demand", demand.pk)
        open_tasks(demand, kind=REPORT, owners=owners, title=title, path=path, due=row.due_on, area_id=row.area_id, unit_id=unit_id)
    if fresh:
        title = _("%(period)s 指标填报已开放,请于 %(due)s 前完成") % {"period": row, "due": f"{row.due_on.month}月{row.due_on.day}日"}
        notify(fresh.values(), kind=REPORT, title=title, path=find_link("figures.reportingperiod", row.pk), area_id=row.area_id, by=by)
    if row.asked_at is None:
        row.asked_at = now()
        row.save(update_fields=["asked_at"])
    return len(fresh)


def keep_counts(demands: dict[int, Demand], asked: dict[int, list[Cell]]) -> None:
    """Keep with each demand how many figures it asks for: the workbench prints it without computing the whole month."""
    changed = [demand for pk, demand in demands.items() if demand.asked != len(asked.get(pk, ()))]
    for demand in changed:
        demand.asked = len(asked.get(demand.unit_id, ()))
    Demand.objects.bulk_update(changed, ["asked"])


def has_task(demand: Demand, person: Person) -> bool:
    """Tell whether the person was asked for this already, whatever became of it."""
    return Task.objects.from_origin(demand).filter(kind=REPORT, owner=person).exists()


@action
def open_due_periods(day: date | None = None) -> list[ReportingPeriod]:
    """The daily tick: open last month where the area reported the month before, and ask in every open period. Idempotent."""
    day = day or today()
    month = previous_month(month_of(day))
    before = ReportingPeriod.objects.filter(period=previous_month(month)).values("area_id")
    have = ReportingPeriod.objects.filter(period=month).values("area_id")
    opened = []
    for area in Unit.objects.filter(pk__in=before, kind=Unit.Kind.AREA, closed_on=None).exclude(pk__in=have):
        dates = propose_dates(month)
        opened.append(open_period(area, period=month, opens_on=dates.opens_on, due_on=dates.due_on, closes_on=dates.closes_on, by=None))
    for row in ReportingPeriod.objects.filter(opens_on__lte=day, closes_on__gte=day).exclude(pk__in=[row.pk for row in opened]):
        if row.asked_at is None:
            opened.append(row)
        ask_reporters(row)
    return opened


@action
def urge_reporters(row: ReportingPeriod, *, by: Any, unit_ids: Iterable[int] | None = None) -> tuple[int, int]:
    """Remind the reporters of the units that have not handed in (all, or those named). Nobody twice in one working day.

    Returns (people reminded, people left in peace because they were reminded already).
    """
    require(may_urge, by, row)
    if not row.is_open():
        raise Refused(_("%(period)s 不在填报期内,不能催报。") % {"period": row})
    outstanding = list_outstanding(row)
    wanted = set(outstanding) if unit_ids is None else set(outstanding) & set(unit_ids)
    reporters = map_reporters(row.area_id)
    people: dict[int, Person] = {}
    for unit_id in wanted:
        people |= {person.pk: person for person in reporters.get(unit_id, [])}
    if not people:
        raise Refused(_("没有需要催报的人:都已提交,或者还没有设填报人。"))
    rested = find_recently_urged(people, row)
    told = [person for pk, person in people.items() if pk not in rested]
    if told:
        title = _("请尽快填报 %(period)s 指标,截止 %(due)s") % {"period": row, "due": f"{row.due_on.month}月{row.due_on.day}日"}
        notify(told, kind=URGE, title=title, path=find_link("figures.reportingperiod", row.pk), area_id=row.area_id, by=by)
        told_units = [pk for pk in wanted if any(person in told for person in reporters.get(pk, []))]
        Demand.objects.filter(period=row, unit_id__in=told_units).update(urged_at=now())
        record(by=by, verb="催报", obj=row, area_id=row.area_id, note="、".join(person.name for person in told))
    return len(told), len(rested)


def find_recently_urged(people: dict[int, Person], row: ReportingPeriod) -> set[int]:
    """Return the people who were urged since the last working day began."""
    latest: dict[int, date] = {}
    path = find_link("figures.reportingperiod", row.pk)
    for person_id, at in Notice.objects.filter(kind=URGE, path=path, person_id__in=people).order_by("at").values_list("person_id", "at"):
        latest[person_id] = timezone.localdate(at)
    return {pk for pk, day in latest.items() if count_working_days(day, today()) == 0}
