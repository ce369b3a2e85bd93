"""追标方案: saving one (a later edition takes the earlier one's place), giving it up, and holding it against the month that came."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment import kernel, whatif
from ronghe.assessment.models import Chase, ChaseStep, Mark, Result, Run
from ronghe.assessment.permissions import may_chase
from ronghe.assessment.queries.marks import list_marks
from ronghe.assessment.queries.ranges import RATIOS
from ronghe.assessment.rules import describe_month, is_month
from ronghe.assessment.rules_chase import is_aim_met, is_step_met
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, StaleForm, action, lock_row
from ronghe.common.calendar import now
from ronghe.figures.queries import last_day
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.worklist.actions import open_tasks, settle_tasks

KIND = "追标"
MICRO = Decimal("0.000001")


@action
def save_chase(
    unit: Unit,
    run: Run,
    *,
    values: Mapping[str, Decimal],
    owners: Mapping[str, int],
    month: str,
    aim: str,
    note: str,
    by: Any,
    edition: int | None = None,
) -> Chase:
    """Save which figures the unit means to reach by a month, as the kernel computes them from the run's inputs; each owner gets a task.

    `edition` is that of the active plan which the form was opened over (0: there was none); StaleForm where it is another now.
    Raises Refused where the run is not in force, the month not later, nothing changes or a figure has no owner.
    """
    require(may_chase, by, unit)
    Unit.objects.select_for_update().get(pk=unit.pk)  # two editions never take the same number
    run = Run.objects.light().select_related("scheme").get(pk=run.pk)
    if run.state not in Run.IN_FORCE or run.area_id != unit.area_id:
        raise Refused(_("只能依据现行的公示结果制定追标方案,请换一个月份。"))
    if not is_month(month) or month <= run.period:
        raise Refused(_("达到月份应在%(month)s之后。") % {"month": describe_month(run.period)})
    if aim not in Chase.Aim.values:
        raise Refused(_("请选择以什么算达到。"))
    former = Chase.objects.active().select_for_update().filter(unit=unit, month=month).first()
    if edition is not None and edition != (former.edition if former else 0):
        raise StaleForm(former or Chase.objects.filter(unit=unit, month=month).first() or Chase(unit=unit))
    result = Result.objects.filter(run=run, unit=unit).first()
    if result is None:
        raise Refused(_("这个单位在%(month)s没有考核结果。") % {"month": describe_month(run.period)})
    chase = start_edition(unit, run, former, result, month=month, aim=aim, note=note, by=by)
    steps = write_steps(chase, result, values, owners)
    chase.save()
    for step in steps:
        step.chase = chase
    ChaseStep.objects.bulk_create(steps)
    changes = {
        step.name: [kernel.plain(step.before) if step.before is not None else "", kernel.plain(Decimal(step.wanted or 0))] for step in steps
    }
    record(by=by, verb="制定追标方案", obj=chase, area_id=unit.area_id, note=chase.note, changes=changes)
    hand_out_steps(chase, by=by)
    return chase


def start_edition(unit: Unit, run: Run, former: Chase | None, result: Result, *, month: str, aim: str, note: str, by: Any) -> Chase:
    """Return the unsaved edition; the former one gives way."""
    number = former.number if former else next_number(unit, month)
    if former is not None:
        former.give_way()
        former.ended_at = now()
        former.save()
        end_tasks(former, result=_("已有新版"))
        record(by=by, verb="追标方案换版", obj=former, area_id=unit.area_id)
    return Chase(
        area_id=unit.area_id,
        unit=unit,
        run=run,
        number=number,
        edition=former.edition + 1 if former else 1,
        replaces=former,
        month=month,
        aim=aim,
        note=note.strip(),
        author=by,
        total_before=result.total,
        place_before=result.place,
    )


def next_number(unit: Unit, month: str) -> str:
    count = Chase.objects.filter(area_id=unit.area_id, month=month).values("number").distinct().count()
    return f"ZB-{month}-{count + 1:03d}"


def write_steps(chase: Chase, result: Result, values: Mapping[str, Decimal], owners: Mapping[str, int]) -> list[ChaseStep]:
    """Return the unsaved steps, and write on the plan what the kernel makes of all of them together."""
    scheme = kernel.scheme_of(chase.run.scheme)
    before = {mark.indicator: mark for mark in list_marks([chase.run], units=[chase.unit_id])}
    moved = {code: value for code, value in values.items() if code in before and value != before[code].actual}
    if not moved:
        raise Refused(_("没有一项数值与本月不同,不成方案。"))
    people = Person.objects.filter(area_id=chase.area_id, left_on=None).in_bulk(owners.values())
    missing = {f"owner-{code}": _("请选择责任人。") for code in moved if owners.get(code) not in people}
    if missing:
        raise ValidationError(missing)
    outcome = whatif.try_figures(chase.run, result.track, chase.unit.code, moved)
    then = outcome.standings[chase.unit.code]
    chase.total_then, chase.place_then, chase.grade_then = then.total, then.place, then.grade  # type: ignore[assignment]
    chase.aim_place = then.place if chase.aim == Chase.Aim.PLACE else None
    chase.aim_total = then.total if chase.aim == Chase.Aim.TOTAL else None  # type: ignore[misc]
    if chase.aim == Chase.Aim.PLACE and then.place is None:
        raise Refused(_("按这些数值没有名次(有缺报或参排单位太少),请改以总分或各项数值算达到。"))
    steps = []
    for order, item in enumerate(one for one in scheme.indicators if one.code in moved):
        mark, key = before[item.code], (chase.unit.code, item.code)
        x = outcome.xs[key]
        steps.append(
            ChaseStep(
                order=order,
                indicator=item.code,
                name=item.name,
                unit_text=item.unit,
                ratio=item.on if item.on in RATIOS else "",
                before=mark.actual,
                wanted=moved[item.code],
                x_wanted=x.quantize(MICRO) if x is not None else None,
                change=relative_change(mark, moved[item.code]),
                mark_before=mark.mark,
                mark_then=outcome.marks[key],
                owner=people[owners[item.code]],
            )
        )
    return steps


def relative_change(mark: Mark, value: Decimal) -> Decimal:
    """Return |new − actual| ÷ |actual| (÷ |target| where the actual is 0), as the search reckons it where it knows no range."""
    actual = mark.actual or Decimal(0)
    size = abs(actual) or abs(mark.target or Decimal(0)) or Decimal(1)
    return (abs(value - actual) / size).quantize(MICRO)


def hand_out_steps(chase: Chase, *, by: Any) -> None:
    """Open each owner's task and tell them."""
    path, due = path_of(chase), last_day(chase.month)
    owners: dict[int, Person] = {}
    for step in chase.steps.select_related("owner"):
        text = _("追标:%(month)s「%(name)s」达到 %(value)s%(unit)s")
        title = text % {
            "month": describe_month(chase.month),
            "name": step.name,
            "value": kernel.plain(step.wanted or Decimal(0)),
            "unit": step.unit_text,
        }
        open_tasks(step, kind=KIND, owners=[step.owner], title=title, path=path, due=due, area_id=chase.area_id, unit_id=chase.unit_id)
        owners[step.owner_id] = step.owner
    told = [person for person in owners.values() if person.user_id != by.pk]
    title = _("%(unit)s追标方案 %(chase)s 有您负责的项") % {"unit": chase.unit.name, "chase": str(chase)}
    notify(told, kind=KIND, title=title, path=path, area_id=chase.area_id, by=by)


def path_of(chase: Chase) -> str:
    return reverse("assessment:chase", args=[chase.pk])


def end_tasks(chase: Chase, *, result: str, dropped: bool = True) -> None:
    for step in chase.steps.all():
        settle_tasks(step, kind=KIND, result=result, dropped=dropped)


@action
def drop_chase(chase: Chase, *, reason: str, by: Any, version: int | None = None) -> Chase:
    """Give a plan up, with its reason; its tasks end."""
    row = lock_row(chase, version=version)
    require(may_chase, by, row.unit)
    if not row.is_active:
        raise Refused(_("这个追标方案已经有了结果,不能撤销。"))
    if not reason.strip():
        raise Refused(_("请写明撤销的理由。"))
    row.drop()
    row.ended_at, row.end_note = now(), reason.strip()[:300]
    row.save()
    end_tasks(row, result=_("方案已撤销"))
    record(by=by, verb="撤销追标方案", obj=row, area_id=row.area_id, note=row.end_note)
    return row


def follow_chases(run: Run, *, by: Any) -> None:
    """A month's result is published: hold the plans for it against what came. A corrected result judges again."""
    rows = Chase.objects.select_for_update().filter(area_id=run.area_id, month=run.period, state__in=Chase.JUDGED)
    waiting = list(rows.order_by("pk"))
    if not waiting:
        return
    units = [row.unit_id for row in waiting]
    results = {row.unit_id: row for row in Result.objects.filter(run=run, unit__in=units)}
    marks = {(row.unit_id, row.indicator): row for row in list_marks([run], units=units)}
    for chase in waiting:
        judge(chase, run, results.get(chase.unit_id), marks, by=by)


def judge(chase: Chase, run: Run, result: Result | None, marks: Mapping[tuple[int, str], Mark], *, by: Any) -> None:
    """Write what came of each step and of the whole."""
    steps = list(chase.steps.select_related("owner"))
    for step in steps:
        mark = marks.get((chase.unit_id, step.indicator))
        step.came = mark.actual if mark else None  # type: ignore[misc]
        step.mark_came = mark.mark if mark else None  # type: ignore[misc]
        step.reached = is_step_met(
            before=step.before,
            wanted=step.wanted,
            x_wanted=step.x_wanted if step.ratio else None,
            came=step.came,
            x_came=mark.x if mark else None,
        )
    ChaseStep.objects.bulk_update(steps, ["came", "mark_came", "reached"])
    chase.judged_by = run
    chase.total_came, chase.place_came = (result.total, result.place) if result else (None, None)  # type: ignore[assignment]
    met = is_aim_met(
        chase.aim, place=chase.aim_place, total=chase.aim_total, place_came=chase.place_came, total_came=chase.total_came,
        steps=[bool(step.reached) for step in steps],
    )  # fmt: skip
    former = chase.state
    if met:
        chase.reach()
    else:
        chase.miss()
    chase.ended_at = now()
    done = sum(bool(step.reached) for step in steps)
    chase.end_note = _("%(done)d / %(all)d 项达到") % {"done": done, "all": len(steps)}
    chase.save()
    for step in steps:
        settle_tasks(step, kind=KIND, result=_("已达到") if step.reached else _("未达到"))
    verb = "追标达到" if met else "追标未达到"
    record(by=by, verb=verb, obj=chase, area_id=chase.area_id, note=chase.end_note, changes={"state": [former, chase.state]})
    people = {step.owner_id: step.owner for step in steps}
    told = [person for person in people.values() if by is None or person.user_id != by.pk]
    title = _("%(unit)s追标方案 %(chase)s:%(word)s,%(note)s") % {
        "unit": chase.unit.name, "chase": str(chase), "word": chase.get_state_display(), "note": chase.end_note,
    }  # fmt: skip
    notify(told, kind=KIND, title=title, path=path_of(chase), area_id=chase.area_id, by=by)
