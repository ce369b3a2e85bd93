"""季度检查: opened with a sheet for each unit, filled in on the spot by somebody from elsewhere, findings straight to 整改."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.appraisal.actions.steps import person_of
from ronghe.appraisal.models import CheckRound, CheckSheet, SheetLine
from ronghe.appraisal.permissions import may_check_on_site, may_organise
from ronghe.appraisal.queries.onsite import find_barred, list_asked, list_checkers, list_units
from ronghe.appraisal.rules.onsite import Answer, assign, find_faults, find_score, name_line
from ronghe.appraisal.rules.periods import is_period
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.common.links import link_to
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.rectification.actions import open_item
from ronghe.rectification.queries import list_takers
from ronghe.rectification.rules import guess_subject
from ronghe.worklist.actions import open_tasks, settle_tasks

TASK = "季度检查"
CHIEFS = ("station_chief", "group_leader")


@action
def open_check_round(area: Unit, *, quarter: str, due: date, basis: str, by: Any) -> CheckRound:
    """Open a quarter's check: a sheet for each unit from its group's duties in force and the five inputs; checkers in turn, none at home."""
    area = lock_row(area)
    require(may_organise, by, area)
    if not is_period(quarter, "quarter"):
        raise ValidationError({"quarter": _("季度写成 2026Q3。")})
    if due < today():
        raise ValidationError({"due": _("截止不能早于今天。")})
    if not basis.strip():
        raise ValidationError({"basis": _("请写明依据。")})
    if CheckRound.objects.filter(area=area, quarter=quarter).exists():
        raise ValidationError({"quarter": _("这个季度的检查已经发起过。")})
    units = list_units(area.pk)
    barred = find_barred(area.pk, units)
    chosen = assign([(unit.pk, barred[unit.pk]) for unit in units], [person.pk for person in list_checkers(area.pk)])
    if not chosen:
        raise Refused(_("没有可以检查的人:班子成员、纪检小组、审核人中至少要有一人不在被检查的单位。"))
    me = person_of(by)
    found = CheckRound.objects.create(area=area, quarter=quarter, opened_by=me, opened_on=today(), due=due, basis=basis.strip())
    asked, people = list_asked(area.pk, units, quarter), Person.objects.in_bulk(set(chosen.values()))
    groups = {unit.pk: next(iter(unit.party_groups), None) for unit in units}  # type: ignore[attr-defined]
    for unit in units:
        if unit.pk not in chosen:
            continue
        sheet = CheckSheet.objects.create(area=area, round=found, unit=unit, group=groups[unit.pk], checker=people[chosen[unit.pk]])
        SheetLine.objects.bulk_create(
            SheetLine(sheet=sheet, order=order, category=one.category, what=one.what, degree=one.degree, key=one.key)
            for order, one in enumerate(asked[unit.pk])
        )
        expect(sheet)
    record(by=by, verb="发起季度检查", obj=found, area_id=area.pk, note=found.basis)
    return found


def expect(sheet: CheckSheet) -> None:
    """Ask the checker to go there."""
    open_tasks(
        sheet, kind=TASK, owners=[sheet.checker], title=f"季度检查:{sheet.unit.name}", path=link_to("appraisal:sheet", sheet.pk),
        due=sheet.round.due, area_id=sheet.area_id, unit_id=sheet.unit_id,
    )  # fmt: skip


@action
def file_sheet(sheet: CheckSheet, answers: Sequence[Answer], *, note: str, once: str, by: Any, version: int | None = None) -> CheckSheet:
    """Keep what was seen; what was not reached is opened as 整改 with the unit's chief. The same `once` again changes nothing."""
    sheet = lock_row(sheet)
    require(may_check_on_site, by, sheet)
    if once and sheet.once == once:
        return sheet
    if sheet.state != CheckSheet.State.DUE:
        raise Refused(_("这张检查单已经填过。"))
    me, lines = person_of(by), list(sheet.lines.all())
    if me.pk in find_barred(sheet.area_id, [sheet.unit])[sheet.unit_id]:
        raise Refused(_("不能检查自己所在或负责的单位。"))
    faults = find_faults(answers)
    if len(answers) != len(lines) or faults:
        raise ValidationError(
            [_("第 %(n)d 条:%(why)s") % {"n": place + 1, "why": why} for place, why in faults.items()] or [_("条目不全。")]
        )
    for line, one in zip(lines, answers, strict=True):
        line.verdict, line.note = one.verdict, one.note.strip()
    SheetLine.objects.bulk_update(lines, ["verdict", "note"])
    sheet.finish()
    sheet.done_on, sheet.note, sheet.once = today(), note.strip(), once
    sheet.score = find_score(one.verdict for one in answers)
    sheet.save()
    settle_tasks(sheet, result=str(sheet.score or "不计分"))
    found = send_to_cure(sheet, [line for line in lines if line.verdict in ("part", "none")], me, by)
    record(by=by, verb="季度检查", obj=sheet, area_id=sheet.area_id, note=f"得分 {sheet.score},转整改 {found} 项")
    chiefs = [one for one in list_chiefs(sheet) if one.pk != me.pk]
    text = _("%(sheet)s:%(score)s 分,转整改 %(found)d 项") % {"sheet": sheet, "score": sheet.score, "found": found}
    notify(chiefs, kind=TASK, title=text, path=link_to("appraisal:sheet", sheet.pk), area_id=sheet.area_id, by=by)
    return sheet


def list_chiefs(sheet: CheckSheet) -> list[Person]:
    """Return who answers for the unit: its chief first, then its group's leader."""
    found: dict[int, Person] = {}
    for kind in CHIEFS:
        for person in list_holders(kind, area_id=sheet.area_id, day=today(), unit_id=sheet.unit_id):
            found.setdefault(person.pk, person)
    return list(found.values())


def send_to_cure(sheet: CheckSheet, lines: list[SheetLine], me: Person, by: Any) -> int:
    """Open an item for each line that was not reached, with the unit's chief, else one of the two heads; the same duty again is the same
    problem. Part of the caller's action."""
    able = set(list_takers(sheet.area_id).values_list("pk", flat=True))
    heads = list_holders(("area_manager", "branch_secretary"), area_id=sheet.area_id, day=today()).order_by("pk")
    owner = next((one for one in [*list_chiefs(sheet), *heads] if one.pk in able and one.pk != me.pk), None)
    if lines and owner is None:
        raise Refused(_("%(unit)s 没有能负责整改的站长(室主任)或党小组长,请先任命。") % {"unit": sheet.unit.name})
    for line in lines:
        open_item(
            area=sheet.area, unit=sheet.unit, title=f"季度检查:{name_line(line.category, line.what)}"[:120], problem=line.note, source="check", owner=owner or me,
            verifier=me, by=by, origin=line, key=line.key, subject=guess_subject(f"{line.what} {line.note}"),
        )  # fmt: skip
    return len(lines)


@action
def pass_sheet(sheet: CheckSheet, *, to: Person, by: Any, version: int | None = None) -> CheckSheet:
    """Let somebody else go there: the organiser decides."""
    sheet = lock_row(sheet, version=version)
    require(may_organise, by, sheet)
    move_sheet(sheet, to)
    record(by=by, verb="改派季度检查", obj=sheet, area_id=sheet.area_id, note=to.name)
    return sheet


def move_sheet(sheet: CheckSheet, to: Person) -> None:
    """Give an open sheet to somebody who can be charged and is not at home there. Part of the caller's action."""
    if sheet.state != CheckSheet.State.DUE:
        raise Refused(_("这张检查单已经填过。"))
    if to.pk in find_barred(sheet.area_id, [sheet.unit])[sheet.unit_id]:
        raise ValidationError({"to": _("不能检查自己所在或负责的单位。")})
    if not any(one.pk == to.pk for one in list_checkers(sheet.area_id)):
        raise ValidationError({"to": _("检查由班子成员、纪检小组、审核人或指标管理员做。")})
    settle_tasks(sheet, result=f"改由 {to.name} 检查", dropped=True)
    sheet.checker = to
    sheet.save()
    expect(sheet)
