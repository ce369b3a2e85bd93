"""What a person brings, and the plan against what lacks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.capability.models import CHIEFS, Aim, Certificate, Mastery, Step, Training
from ronghe.capability.permissions import may_import, may_judge, may_plan, may_record
from ronghe.capability.rules import LATE, SOON, is_due
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.documents.actions import attach, check_upload
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import open_tasks, settle_tasks

STEP_TASK, RENEW_TASK, CHECK_TASK = "提升计划", "换证", "核对证书"


def actor_of(by: Any) -> Person:
    if standing_of(by).person_id is None:
        raise Refused(_("这个账号没有对应的人员,不能办理。"))
    person: Person = by.person
    return person


def path_of(person: Person) -> str:
    return reverse("capability:person", args=[person.pk])


@action
def judge_person(person: Person, *, name: str, level: int, evidence: str, by: Any) -> Mastery:
    """Say how far somebody is, with evidence; the person is told and reads it."""
    require(may_judge, by, person)
    if not evidence.strip():
        raise ValidationError({"evidence": _("请写明依据什么评定。")})
    if not 0 <= level <= 4:
        raise ValidationError({"level": _("程度是 0 到 4。")})
    row = Mastery.objects.create(
        person=person, name=name.strip(), level=level, evidence=evidence.strip(), judged_by=actor_of(by), judged_on=today()
    )
    record(by=by, verb="评定能力", obj=person, area_id=person.area_id, note=f"{name} {level}")
    notify([person], kind="能力", title=_("您的“%(name)s”有了评定") % {"name": name}, path=path_of(person), area_id=person.area_id, by=by)
    return row


@action
def record_certificate(
    person: Person,
    *,
    name: str,
    number: str,
    issued_on: date,
    expires_on: date | None,
    by: Any,
    replaces: Certificate | None = None,
    scan: tuple[str, bytes] | None = None,
) -> Certificate:
    """Record a certificate, or the renewed one in place of another. One's own waits until somebody else has seen it."""
    require(may_record, by, person)
    if not name.strip():
        raise ValidationError({"name": _("请写证书名称。")})
    if issued_on > today():
        raise ValidationError({"issued_on": _("发证日期不能晚于今天。")})
    if expires_on is not None and expires_on < issued_on:
        raise ValidationError({"expires_on": _("有效期不能早于发证日期。")})
    actor = actor_of(by)
    before = lock_row(replaces) if replaces is not None else None
    if before is not None and (before.person_id != person.pk or before.replaced_by_id is not None):
        raise Refused(_("这张证书已经换过。"))
    if before is not None and expires_on is not None and before.expires_on is not None and expires_on <= before.expires_on:
        raise ValidationError({"expires_on": _("换发的证书有效期应晚于原来的 %(day)s。") % {"day": before.expires_on}})
    row = Certificate.objects.create(
        person=person, name=name.strip(), number=number.strip(), issued_on=issued_on, expires_on=expires_on, recorded_by=actor,
        checked_by=actor if actor.pk != person.pk else None,
    )  # fmt: skip
    if scan is not None:
        attach_scan(row, scan, by=by)
    if before is not None:
        before.replaced_by = row
        before.save()
        settle_tasks(before, result="已换证")
    record(by=by, verb="换证" if before else "登记证书", obj=row, area_id=person.area_id, note=f"有效期至 {expires_on or '长期'}")
    if row.checked_by is None:
        ask_check(row)
    else:
        end_renewals(row)
    return row


def attach_scan(row: Certificate, scan: tuple[str, bytes], *, by: Any) -> None:
    """Keep the picture or PDF of a certificate with it: as readable as the certificate."""
    name, data = scan
    try:
        if not (check_upload(data, name).startswith("image/") or name.lower().endswith(".pdf")):
            raise ValidationError(_("扫描件请用图片或 PDF。"))
        attach(row, data=data, name=name, by=by, area_id=row.area_id, purpose="证书扫描件")
    except ValidationError as problem:
        raise ValidationError({"scan": problem.messages}) from problem


def ask_check(row: Certificate) -> None:
    """Ask the chief of the unit, or where the person is it, the secretary, to see it."""
    person = row.person
    chiefs = list_holders("station_chief", area_id=person.area_id or 0, day=today(), unit_id=person.unit_id).exclude(pk=person.pk)
    above = list_holders(("branch_secretary", "area_manager"), area_id=person.area_id or 0, day=today()).exclude(pk=person.pk)
    open_tasks(
        row, kind=CHECK_TASK, owners=list(chiefs[:1]) or list(above[:1]), title=f"核对{person.name}的{row.name}", path=path_of(person),
        due=add_working_days(today(), 5), area_id=person.area_id, unit_id=person.unit_id,
    )  # fmt: skip


def end_renewals(row: Certificate) -> None:
    """A certificate that counts ends the plan to get it."""
    steps = Step.objects.filter(person=row.person, gap=row.name, way=Step.Way.RENEWAL)
    end_steps(steps, f"已取得,有效期至 {row.expires_on or '长期'}")


def end_steps(steps: QuerySet[Step], result: str) -> None:
    """Finish the plans whose gap has just been closed. Part of the caller's action."""
    for step in steps.filter(state=Step.State.OPEN):
        locked = lock_row(step)
        locked.finish()
        locked.result, locked.ended_on = result, today()
        locked.save()
        settle_tasks(locked, result="已完成")


@action
def check_certificate(row: Certificate, *, by: Any) -> Certificate:
    """Another has seen it: from now on it counts."""
    row = lock_row(row)
    require(may_judge, by, row)
    if row.checked_by is not None:
        raise Refused(_("这张证书已经核对过。"))
    row.checked_by = actor_of(by)
    row.save()
    record(by=by, verb="核对证书", obj=row, area_id=row.area_id)
    settle_tasks(row, kind=CHECK_TASK, result="已核对")
    end_renewals(row)
    return row


@action
def import_training(area: Unit, *, lines: Sequence[dict[str, Any]], name: str, by: Any) -> int:
    """Take in the hours of a table; what stands there already (person, course, day) gets the table's hours and result."""
    require(may_import, by, area)
    people = dict(Person.objects.filter(area=area, pk__in={line["person"] for line in lines}).values_list("pk", "unit_id"))
    if any(line["person"] not in people for line in lines):
        raise Refused(_("表里有人已不在本管理区,请重新上传。"))
    known = {(row.person_id, row.course, row.day): row for row in Training.objects.select_for_update().filter(person__in=list(people))}
    fresh = []
    for line in lines:
        row = known.get((line["person"], line["course"], line["day"]))
        if row is None:
            fresh.append(make_training(line))
        elif (row.hours, row.result, row.side) != (line["hours"], line["result"], line["side"]):
            row.hours, row.result, row.side = line["hours"], line["result"], line["side"]
            row.save()
    Training.objects.bulk_create(fresh)
    record(
        by=by,
        verb="导入培训学时",
        obj=area,
        area_id=area.pk,
        note=_("%(name)s:%(n)d 行,新增 %(new)d") % {"name": name[:80], "n": len(lines), "new": len(fresh)},
    )
    return len(fresh)


def make_training(line: dict[str, Any]) -> Training:
    values = {key: value for key, value in line.items() if key != "person"}
    return Training(person_id=line["person"], version=1, **values)


@action
def set_aim(person: Person, *, role: str, by: Any) -> Aim | None:
    """Say towards which role somebody grows; nothing for none."""
    require(may_plan, by, person)
    if not role:
        Aim.objects.filter(person=person).delete()
        record(by=by, verb="取消目标岗位", obj=person, area_id=person.area_id)
        return None
    row, _made = Aim.objects.update_or_create(person=person, defaults={"role": role})
    record(by=by, verb="设定目标岗位", obj=person, area_id=person.area_id, note=row.get_role_display())
    return row


@action
def plan_step(person: Person, *, gap: str, way: str, text: str, due: date, by: Any, mentor: Person | None = None) -> Step:
    """Plan what is done about a gap."""
    require(may_plan, by, person)
    if due <= today():
        raise ValidationError({"due": _("期限须晚于今天。")})
    if not text.strip():
        raise ValidationError({"text": _("请写明具体安排。")})
    if way == Step.Way.MENTOR and (mentor is None or mentor.pk == person.pk):
        raise ValidationError({"mentor": _("师带徒请选带教人,不能是本人。")})
    if Step.objects.filter(person=person, gap=gap, state=Step.State.OPEN, way=way).exists():
        raise Refused(_("这一项已经有同样的安排在进行。"))
    row = Step.objects.create(
        person=person, gap=gap.strip()[:80], way=way, text=text.strip(), mentor=mentor, due=due, planned_by=actor_of(by)
    )
    record(by=by, verb="制定提升计划", obj=row, area_id=person.area_id, note=f"{person.name},{due} 前")
    owners = [person] if person.user_id else [actor_of(by)]
    open_tasks(
        row, kind=STEP_TASK, owners=owners, title=f"提升:{row.gap}", path=path_of(person), due=due, area_id=person.area_id,
        unit_id=person.unit_id,
    )  # fmt: skip
    return row


def lock_step(step: Step, result: str, *, by: Any, version: int | None) -> Step:
    step = lock_row(step, version=version)
    require(may_plan, by, step)
    if step.state != Step.State.OPEN:
        raise Refused(_("这一项已经办结。"))
    if not result.strip():
        raise ValidationError({"result": _("请写明结果。")})
    step.result, step.ended_on = result.strip(), today()
    return step


@action
def finish_step(step: Step, *, result: str, by: Any, version: int | None = None) -> Step:
    """Say what came of it; whether the gap is closed is judged on the evidence, not by this."""
    step = lock_step(step, result, by=by, version=version)
    step.finish()
    step.save()
    record(by=by, verb="完成提升计划", obj=step, area_id=step.area_id, note=result)
    settle_tasks(step, result="已完成")
    return step


@action
def drop_step(step: Step, *, result: str, by: Any, version: int | None = None) -> Step:
    """Not needed any more, said by who leads the person."""
    require(may_judge, by, step)
    step = lock_step(step, result, by=by, version=version)
    step.drop()
    step.save()
    record(by=by, verb="取消提升计划", obj=step, area_id=step.area_id, note=result)
    settle_tasks(step, result="不再需要", dropped=True)
    return step


@action
def remind(row: Certificate, *, day: date) -> bool:
    """Ask for the renewal: its holder from 90 days before the end, the unit's chief from 30 days before too. Repeatable."""
    row = lock_row(row)
    if row.replaced_by_id is not None or not is_due(row.expires_on, day):
        return False
    person = row.person
    owners = [person] if person.user_id else []
    if is_due(row.expires_on, day, ahead=LATE) or not owners:
        owners += list(list_holders(CHIEFS[0], area_id=person.area_id or 0, day=day, unit_id=person.unit_id).exclude(pk=person.pk)[:1])
    open_tasks(
        row, kind=RENEW_TASK, owners=owners, title=f"{row.name}换证({person.name})", path=path_of(person), due=row.expires_on,
        area_id=person.area_id, unit_id=person.unit_id,
    )  # fmt: skip
    return bool(owners)


def tend_certificates(day: date) -> str:
    """The day's tick. Certificates of people who have left are left alone."""
    rows = Certificate.objects.filter(replaced_by=None, checked_by__isnull=False, expires_on__isnull=False, person__left_on=None)
    asked = sum(remind(row, day=day) for row in rows.order_by("pk") if is_due(row.expires_on, day, ahead=SOON))
    return _("快到期或已过期的证书:%(n)d 张") % {"n": asked}
