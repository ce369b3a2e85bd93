"""Works: started, their forms filled in and checked, a stage opened by the checks before it and by nothing else; stopped and resumed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.common.drafts import keep_draft
from ronghe.common.own_fields import find_missing
from ronghe.documents.actions import attach
from ronghe.documents.queries import list_documents
from ronghe.org.models import Person, Unit
from ronghe.supervision.actions.steps import check_takers, expect, person_of, require_text, settle, tell
from ronghe.supervision.models.works import Work, WorkForm, WorkStop, WorkVersion
from ronghe.supervision.permissions import may_check_form, may_fill_form, may_lift_stop, may_move_form, may_start_work, may_stop_work
from ronghe.supervision.rules.works import find_bar_to_checking, find_bar_to_filing, find_current, find_same_people, plan_dates

FILL_TASK, CHECK_TASK, STOP_TASK = "工程表单", "表单核验", "叫停整改"
CHECK_DAYS = 3
Files = Sequence[tuple[str, bytes]]


@action
def start_work(
    version: WorkVersion, *, unit: Unit, name: str, purpose: str, people: dict[str, Person], starts_on: date, by: Any,
    amount: Decimal | None = None,
) -> Work:  # fmt: skip
    """Start a work: every form of every stage gets who fills it in and who checks it; the first stage is open."""
    require(may_start_work, by, unit)
    version = lock_row(version)
    if version.state != WorkVersion.State.FORCE or version.area_id != unit.area_id:
        raise Refused(_("这一版工程类型不在用。"))
    require_text(name=name, purpose=purpose)
    missing = {f"role_{code}": _("请选人。") for code, _name in version.roles if code not in people}
    if missing:
        raise ValidationError(missing)
    check_takers(version.area_id, **{f"role_{code}": person for code, person in people.items()})
    same = find_same_people(version.template, {code: person.pk for code, person in people.items()})
    if same:
        raise ValidationError(_("同一个人不能既填报又核验:%(forms)s。") % {"forms": "、".join(same)})
    if Work.objects.filter(area_id=version.area_id, name=name.strip(), starts_on=starts_on).exists():
        raise ValidationError({"name": _("同一天已有同名的工程。")})
    first = version.roles[0][0]
    work = Work.objects.create(
        area_id=version.area_id, unit=unit, edition=version, name=name.strip(), purpose=purpose.strip(), amount=amount, owner=people[first],
        people={code: person.pk for code, person in people.items()}, starts_on=starts_on,
    )  # fmt: skip
    dates = plan_dates(starts_on, [stage["days"] for stage in version.stages])
    WorkForm.objects.bulk_create(
        WorkForm(
            area_id=work.area_id, work=work, stage=number, place=place, name=form["name"], filler=people[form["fill"]],
            checker=people[form["check"]], due=dates[number], version=1,
        )
        for number, stage in enumerate(version.stages)
        for place, form in enumerate(stage["forms"])
    )  # fmt: skip
    record(by=by, verb="启动重点工程", obj=work, area_id=work.area_id, note=f"{version};负责人 {work.owner.name}")
    open_stage(work)
    tell(people.values(), work, _("重点工程启动:%(name)s") % {"name": work.name}, by=by)
    return work


def open_stage(work: Work) -> None:
    """Open the forms of the stage that the checks have reached, or end the work. The only place where a form opens."""
    current = find_current(WorkForm.objects.filter(work=work).values_list("stage", "state"))
    if current >= len(work.edition.stages):
        work.finish()
        work.stage, work.ended_on = current, today()
        work.save()
        return
    work.stage = current
    work.save()
    for form in WorkForm.objects.filter(work=work, stage=current, state=WorkForm.State.WAITING).select_related("filler"):
        form.open()
        form.save()
        ask_to_fill(form)


def ask_to_fill(form: WorkForm) -> None:
    expect(form, FILL_TASK, [form.filler], f"填报:{form}", due=form.due, unit_id=form.work.unit_id)


def lock_form(form: WorkForm, version: int | None = None) -> tuple[Work, WorkForm]:
    """Lock the work, then its form: always in this order."""
    work = lock_row(Work(pk=form.work_id))
    form = lock_row(form, version=version)
    form.work = work
    return work, form


@action
def save_form(form: WorkForm, values: dict[str, str], *, by: Any, number: int, window: str = "") -> WorkForm:
    """Keep what is filled in so far (common.drafts)."""
    work, form = lock_form(form)
    require(may_fill_form, by, form)
    refuse_closed(work, form)
    return keep_draft(form, values, number=number, window=window)


@action
def file_form(form: WorkForm, values: dict[str, str], *, by: Any, files: Files = (), version: int | None = None) -> WorkForm:
    """Hand a form in: complete, with its proof; then it is another person's turn."""
    work, form = lock_form(form, version)
    require(may_fill_form, by, form)
    refuse_closed(work, form)
    missing = {field.code: _("必填。") for field in find_missing(form.fields, values)}
    if missing:
        raise ValidationError(missing)
    for name, data in files:
        attach(form, data=data, name=name, by=by, area_id=work.area_id)
    if form.definition.get("proof") and not list_documents(form):
        raise ValidationError({"materials": _("这张表单须附佐证材料。")})
    form.file()
    form.values, form.filed_by, form.filed_on, form.note = values, person_of(by), today(), ""
    form.drop_draft()
    form.save()
    record(by=by, verb="填报工程表单", obj=work, area_id=work.area_id, note=form.name)
    settle(form, FILL_TASK, "已填报")
    due = add_working_days(today(), CHECK_DAYS)
    expect(form, CHECK_TASK, [form.checker], f"核验:{form}", due=due, unit_id=work.unit_id)
    tell([form.checker], form, _("表单待您核验:%(name)s") % {"name": str(form)}, by=by)
    return form


@action
def check_form(form: WorkForm, *, by: Any, note: str = "", version: int | None = None) -> WorkForm:
    """Check a form: by another person. The last check of a stage opens the next one."""
    work, form = lock_form(form, version)
    refuse_unchecked(work, form, by)
    form.check_off()
    form.checked_by, form.checked_on, form.note = person_of(by), today(), note.strip()
    form.save()
    record(by=by, verb="核验工程表单", obj=work, area_id=work.area_id, note=f"{form.name};{form.note}")
    settle(form, CHECK_TASK, "已核验")
    before = work.stage
    open_stage(work)
    if work.stage != before:
        text = _("%(name)s 进入“%(stage)s”") % {"name": work.name, "stage": work.stage_name}
        record(by=by, verb="进入下一阶段", obj=work, area_id=work.area_id, note=work.stage_name)
        tell([work.owner], work, text, by=by)
    return form


@action
def return_form(form: WorkForm, *, note: str, by: Any, version: int | None = None) -> WorkForm:
    """Send a form back with what is wrong."""
    work, form = lock_form(form, version)
    refuse_unchecked(work, form, by)
    require_text(note=note)
    form.send_back()
    form.note, form.returns = note.strip(), form.returns + 1
    form.save()
    record(by=by, verb="退回工程表单", obj=work, area_id=work.area_id, note=f"{form.name};{form.note}")
    settle(form, CHECK_TASK, "已退回")
    ask_to_fill(form)
    tell([form.filler], form, _("表单被退回:%(name)s:%(why)s") % {"name": str(form), "why": form.note}, by=by)
    return form


@action
def move_form(form: WorkForm, *, due: date, reason: str, by: Any, version: int | None = None) -> WorkForm:
    """Move a form's date with a reason; not by who fills it in."""
    work, form = lock_form(form, version)
    require(may_move_form, by, form)
    require_text(reason=reason)
    if form.state == WorkForm.State.CHECKED or work.state == Work.State.DONE:
        raise Refused(_("这张表单已核验,不用调整。"))
    if due < today() or due == form.due:
        raise ValidationError({"due": _("新的期限不能早于今天,且与现在的不同。")})
    old, form.due = form.due, due
    form.save()
    record(by=by, verb="调整表单期限", obj=work, area_id=work.area_id, note=f"{form.name};{reason.strip()}", changes={"due": [old, due]})
    if form.state in (WorkForm.State.OPEN, WorkForm.State.RETURNED):
        ask_to_fill(form)
    tell([form.filler], form, _("表单期限调整到 %(due)s:%(name)s") % {"due": due, "name": str(form)}, by=by)
    return form


@action
def stop_work(work: Work, *, ground: str, by: Any, version: int | None = None) -> WorkStop:
    """叫停: nothing of the work goes on until somebody else lets it."""
    work = lock_row(work, version=version)
    require(may_stop_work, by, work)
    require_text(ground=ground)
    if work.state != Work.State.RUNNING:
        raise Refused(_("工程不在进行中。"))
    work.stop()
    work.save()
    row = WorkStop.objects.create(area_id=work.area_id, work=work, ground=ground.strip(), by=person_of(by), on=today())
    record(by=by, verb="叫停工程", obj=work, area_id=work.area_id, note=row.ground)
    expect(work, STOP_TASK, [work.owner], f"叫停整改:{work.name}", due=add_working_days(today(), 5), unit_id=work.unit_id)
    tell([work.owner], work, _("工程已叫停:%(name)s:%(why)s") % {"name": work.name, "why": row.ground}, by=by)
    return row


@action
def lift_stop(work: Work, *, cure: str, by: Any, version: int | None = None) -> WorkStop:
    """Let a work go on: by neither who stopped it nor who answers for it, and saying what was put right."""
    work = lock_row(work, version=version)
    require(may_lift_stop, by, work)
    require_text(cure=cure)
    row = WorkStop.objects.select_for_update().filter(work=work, lifted_on=None).first()
    if row is None:
        raise Refused(_("工程没有叫停。"))
    me = person_of(by)
    if me.pk == row.by_id:
        raise Refused(_("叫停的人不能自己恢复,请另一个人核实后恢复。"))
    work.resume()
    work.save()
    row.cure, row.lifted_by, row.lifted_on = cure.strip(), me, today()
    row.save()
    record(by=by, verb="恢复工程", obj=work, area_id=work.area_id, note=row.cure)
    settle(work, STOP_TASK, "已恢复")
    tell([work.owner, row.by], work, _("工程已恢复:%(name)s") % {"name": work.name}, by=by)
    return row


def refuse_closed(work: Work, form: WorkForm) -> None:
    """Raise Refused where the form may not be filled in now, whoever asks."""
    bar = find_bar_to_filing(form.stage, work.stage, form.state, stopped=work.state == Work.State.STOPPED)
    if bar:
        raise Refused(bar)


def refuse_unchecked(work: Work, form: WorkForm, by: Any) -> None:
    """Raise where the form may not be checked now or not by this person."""
    require(may_check_form, by, form)
    bar = find_bar_to_checking(person_of(by).pk, checker=form.checker_id, filer=form.filed_by_id)
    if bar:
        raise Refused(bar)
    if work.state != Work.State.RUNNING:
        raise Refused(_("工程已叫停,恢复以前不能核验。"))
    if form.state != WorkForm.State.FILED:
        raise Refused(_("这张表单还没有填报,或已经核验。"))


def pass_form(form: WorkForm, *, filler: Person, checker: Person) -> None:
    """Give a form that is not checked to other people. Part of the caller's action."""
    settle(form, result="已移交", dropped=True)
    form.filler, form.checker = filler, checker
    form.save()
    if form.state in (WorkForm.State.OPEN, WorkForm.State.RETURNED):
        ask_to_fill(form)
    elif form.state == WorkForm.State.FILED:
        expect(form, CHECK_TASK, [checker], f"核验:{form}", due=add_working_days(today(), CHECK_DAYS), unit_id=form.work.unit_id)
