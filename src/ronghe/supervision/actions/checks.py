"""Checks: planned each month by the list, done by the supervisor, and what they find is put right or goes to 整改."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.rectification.actions import open_item
from ronghe.rectification.rules import guess_subject
from ronghe.supervision.actions.people import Seats
from ronghe.supervision.actions.steps import check_takers, expect, person_of, require_text, settle, tell
from ronghe.supervision.models.checks import Check, CheckLine, Finding
from ronghe.supervision.permissions import may_check, may_plan_checks
from ronghe.supervision.rules.checks import find_bar_to_checking, find_lapsed
from ronghe.worklist.queries.months import describe_month
from ronghe.worklist.rules.catchup import judge
from ronghe.worklist.rules.recurrence import comes_each_month, list_occurrences, name_month

TASK = "监督检查"
CATCH_UP_DAYS = 5


@dataclass(frozen=True)
class Found:
    """What a check found: put right on the spot (`fix`), or to be cured by `owner` until `due`."""

    title: str
    problem: str
    fix: str = ""
    owner: Person | None = None
    due: date | None = None


@action
def plan_checks(area: Unit, *, day: date | None = None, by: Any = None) -> int:
    """Plan the month's checks of an area that are not planned yet; returns how many. A constant number of queries and those of new tasks.

    `by` None is the worker. What was not done when its next one is due lapses; what has lost its checker gets another.
    """
    if by is not None:
        require(may_plan_checks, by, area)
    day = day or today()
    about = describe_month(area.pk, name_month(day))
    lines = list(CheckLine.objects.filter(area=area).between(about.first, about.last))
    seats = Seats(area.pk, day)
    units = list(Unit.objects.filter(area=area, kind__in=("station", "office"), closed_on=None).order_by("order", "code"))
    known = set(Check.objects.filter(area=area, planned__gte=about.first, planned__lte=about.last).values_list("key", flat=True))
    late_due = add_working_days(day, CATCH_UP_DAYS)
    new: list[Check] = []
    for line in lines:
        until = min(one for one in (line.valid_to, about.last) if one is not None)
        each_month = comes_each_month(line.rule)
        for one in list_occurrences(line.rule, about.month, line.shift, about.works):
            if not line.valid_from <= one.planned <= until:
                continue
            verdict = judge(one.due, day, each_month=each_month, catch_up_on=late_due)
            for turn, unit in enumerate(units if line.per_unit else [area]):
                key = f"{line.code}:{unit.pk}:{one.planned:%Y%m%d}"
                checker = None if key in known or verdict.due is None else seats.choose(line, unit.pk, turn + one.planned.month)
                if checker is not None and verdict.due is not None:
                    known.add(key)
                    new.append(
                        Check(area=area, unit=unit, line=line, key=key, planned=one.planned, due=verdict.due, checker_id=checker, version=1)
                    )
    Check.objects.bulk_create(new)
    expect_checks(new)
    lapsed = lapse_checks(area, day)
    moved = rehome_checks(area, seats)
    if new or lapsed or moved:
        note = _("新增 %(made)d 次,未做 %(lapsed)d 次,换人 %(moved)d 次") % {"made": len(new), "lapsed": lapsed, "moved": moved}
        record(by=by, verb="安排监督检查", obj=area, name=_("%(month)s监督检查") % {"month": about.month}, area_id=area.pk, note=note)
    return len(new)


def expect_checks(checks: Sequence[Check]) -> None:
    """Put new checks on their supervisors' lists."""
    people = Person.objects.in_bulk({check.checker_id for check in checks})
    for check in checks:
        expect(check, TASK, [people[check.checker_id]], f"监督检查:{check}", due=check.due, unit_id=check.unit_id)


def lapse_checks(area: Unit, day: date) -> int:
    """Let go of open checks that a later one has made good, or whose line is no longer in force. Set-based."""
    rows = Check.objects.filter(area=area).open()
    if not rows.exists():
        return 0
    first = rows.order_by("due").values_list("due", flat=True)[0]
    around = Check.objects.filter(area=area, due__gte=first).exclude(state=Check.State.LAPSED)
    gone = set(find_lapsed(around.values_list("pk", "line__code", "unit_id", "due"), day))
    gone |= set(rows.filter(line__valid_to__lt=F("planned")).values_list("pk", flat=True))
    gone &= set(rows.values_list("pk", flat=True))
    for check in Check.objects.filter(pk__in=gone).select_for_update(of=("self",)):
        check.lapse()
        check.save()
        settle(check, TASK, "未做", dropped=True)
    return len(gone)


def rehome_checks(area: Unit, seats: Seats) -> int:
    """Give open checks to another supervisor where the one named can no longer be charged or has become one of the supervised."""
    moved = 0
    for turn, check in enumerate(Check.objects.filter(area=area).open().select_related("line", "unit").select_for_update(of=("self",))):
        if check.checker_id in seats.able and check.checker_id not in seats.list_supervised(check.line, check.unit_id):
            continue
        other = seats.choose(check.line, check.unit_id, turn)
        if other is not None:
            pass_check(check, Person.objects.get(pk=other))
            moved += 1
    return moved


def pass_check(check: Check, to: Person) -> None:
    """Give an open check to somebody else. Part of the caller's action."""
    settle(check, TASK, f"改由 {to.name} 检查", dropped=True)
    check.checker = to
    check.save()
    expect(check, TASK, [to], f"监督检查:{check}", due=check.due, unit_id=check.unit_id)


@action
def do_check(check: Check, *, text: str, by: Any, found: Found | None = None, version: int | None = None) -> Check:
    """Say what was looked at and what was found. Never by the supervised; a finding is put right on the spot or opened as 整改."""
    check = lock_row(check, version=version)
    require(may_check, by, check)
    me = person_of(by)
    supervised = Seats(check.area_id, today()).list_supervised(check.line, check.unit_id)
    bar = find_bar_to_checking(me.pk, checker=check.checker_id, supervised=supervised)
    if bar:
        raise Refused(bar)
    if check.state != Check.State.DUE:
        raise Refused(_("这次检查已经办过了。"))
    require_text(text=text)
    check.done_on, check.text = today(), text.strip()
    if found is None:
        check.pass_clean()
    else:
        check.pass_found()
    check.save()
    settle(check, TASK, check.get_state_display())
    record(by=by, verb="监督检查", obj=check, area_id=check.area_id, note=f"{check.get_state_display()};{check.text}")
    if found is not None:
        add_finding(found, unit=check.unit, business=check.line.business, key=f"check:{check.line.code}", me=me, by=by, check=check)
    return check


@action
def note_finding(unit: Unit, found: Found, *, business: str, by: Any) -> Finding:
    """Note a problem that was found outside a planned check."""
    require(may_plan_checks, by, unit)
    require_text(business=business)
    return add_finding(found, unit=unit, business=business.strip(), key="", me=person_of(by), by=by, check=None)


def add_finding(found: Found, *, unit: Unit, business: str, key: str, me: Person, by: Any, check: Check | None) -> Finding:
    """Keep a finding, and hand it to 整改 unless it was put right on the spot."""
    require_text(title=found.title, problem=found.problem)
    if not found.fix.strip() and found.owner is None:
        raise ValidationError({"owner": _("请写当场怎么纠正的,或指定整改责任人。")})
    row = Finding.objects.create(
        area_id=unit.area_id or 0, unit=unit, check_done=check, business=business, title=found.title.strip(), problem=found.problem.strip(),
        found_by=me, found_on=today(), fix=found.fix.strip(),
    )  # fmt: skip
    record(by=by, verb="监督发现", obj=row, area_id=row.area_id, note=row.fix or _("转整改"))
    if found.owner is not None:
        check_takers(row.area_id, owner=found.owner)
        open_item(
            area=row.area, unit=unit, title=row.title, problem=row.problem, source="supervision", owner=found.owner, by=by, due=found.due,
            verifier=me if me.pk != found.owner.pk else None, origin=row, key=key,
            subject=guess_subject(f"{business} {row.title} {row.problem}"),
        )  # fmt: skip
    tell(
        list_holders("station_chief", area_id=row.area_id, day=today(), unit_id=unit.pk),
        row,
        _("监督发现:%(title)s") % {"title": row.title},
        by=by,
    )
    return row


def plan_all(day: date) -> str:
    """The daily tick."""
    made = sum(plan_checks(area, day=day) for area in Unit.objects.filter(kind=Unit.Kind.AREA, closed_on=None).order_by("pk"))
    return f"安排监督检查 {made} 次"
