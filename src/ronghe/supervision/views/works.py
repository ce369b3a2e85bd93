"""重点工程: one line each, one with its stages, a form filled in and checked; stopped and resumed."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.drafts import DraftBox, answer_draft
from ronghe.common.exports import hand_out, mark_export
from ronghe.common.forms import posted_version
from ronghe.common.once import submit_once
from ronghe.common.own_fields import OwnForm
from ronghe.common.pages import paginate
from ronghe.documents.queries import list_documents
from ronghe.org.models import Unit
from ronghe.supervision import permissions
from ronghe.supervision.actions import works as write
from ronghe.supervision.forms.boards import MoveForm
from ronghe.supervision.forms.works import CureForm, GroundForm, ProofForm, StartForm, VerdictForm, WorkFilter
from ronghe.supervision.models.works import Work, WorkForm, WorkVersion
from ronghe.supervision.queries import works as reading
from ronghe.supervision.sheets import list_works_sheet
from ronghe.supervision.views.steps import home_area, list_area_units, list_people, take_step

MOST_EXPORTED = 2000


def read_works(request: HttpRequest) -> tuple[WorkFilter, Any]:
    seen = Work.objects.visible_to(request.user)
    units = Unit.objects.filter(pk__in=seen.order_by().values("unit_id")).values_list("pk", "name")
    form = WorkFilter(request.GET, units=units)
    rows = reading.filter_works(seen, form.cleaned_data if form.is_valid() else {}, request.user)
    return form, reading.list_works(rows)


def describe(works: list[Work]) -> list[reading.WorkLine]:
    dues, day = reading.map_dues(works), today()
    return [reading.describe_work(work, dues.get(work.pk), day) for work in works]


@access(permissions.is_in_area)
def list_works(request: HttpRequest) -> HttpResponse:
    """Show the works, one line each with their stages."""
    form, rows = read_works(request)
    page = paginate(request, rows)
    context = {
        "form": form,
        "page": page,
        "lines": describe(list(page.object_list)),
        "may_start": permissions.may_start_work(request.user),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "supervision/works.html", context)


@access(permissions.is_in_area)
def export_works(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, rows = read_works(request)
    sheet = list_works_sheet(describe(list(rows[:MOST_EXPORTED])))
    return hand_out(request.user, what=_("重点工程"), sheets=[sheet], name=f"重点工程-{today():%Y%m%d}", area_id=home_area(request) or None)


def get_work(request: HttpRequest, pk: int) -> Work:
    rows = Work.objects.visible_to(request.user).select_related("area", "unit", "owner", "edition__type")
    return get_object_or_404(rows, pk=pk)


def get_form(request: HttpRequest, pk: int, form: int) -> WorkForm:
    row = get_object_or_404(
        WorkForm.objects.select_related("filler", "checker", "filed_by", "checked_by"), pk=form, work=get_work(request, pk)
    )
    row.work = get_work(request, pk)
    return row


@access(permissions.is_in_area)
def show_work(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one work: its stages, who fills in and checks what, stops."""
    work, user = get_work(request, pk), request.user
    counted = reading.list_works(Work.objects.filter(pk=pk)).get()
    context = {
        "work": work,
        "line": reading.describe_work(counted, reading.map_dues([work]).get(pk), today()),
        "stages": reading.list_stages(work, user),
        "stops": work.stops.select_related("by", "lifted_by"),
        "may_stop": work.state == Work.State.RUNNING and permissions.may_stop_work(user, work),
        "may_lift": work.state == Work.State.STOPPED and permissions.may_lift_stop(user, work),
        "history": list_history(work),
    }
    return render(request, "supervision/work.html", context)


@access(permissions.is_in_area)
def print_work(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a work with all its forms as they were filled in and checked."""
    work = get_work(request, pk)
    forms = list(WorkForm.objects.filter(work=work).select_related("filler", "checker", "filed_by", "checked_by"))
    files = reading.list_files(forms)
    for form in forms:
        form.work = work
    context = {
        "work": work,
        "rows": [(work.edition.stages[one.stage]["name"], one, reading.list_values(one), files.get(one.pk, [])) for one in forms],
        "page_title": work.name,
        "back_url": reverse("supervision:work", args=[pk]),
        "mark": mark_export(request.user, what=_("打印工程表单 %(name)s") % {"name": work.name}, rows=len(forms), area_id=work.area_id),
    }
    return render(request, "supervision/print_work.html", context)


@access(permissions.may_start_work)
@submit_once
def start_work(request: HttpRequest) -> HttpResponse:
    """Start a work of a type in force: first the type, then who is in its roles."""
    versions = WorkVersion.objects.visible_to(request.user).filter(state="force").select_related("type")
    given = request.POST.get("type") or request.GET.get("type", "")
    version = versions.filter(pk=given).first() if given.isdigit() else None
    if version is None:
        return render(request, "supervision/work_types.html", {"versions": versions})
    people = list_people(version.area_id)
    form = StartForm(request.POST or None, units=list_area_units(request), people=people, roles=version.roles)

    def act(values: dict[str, Any]) -> Work:
        own = {name: values[name] for name in ("name", "purpose", "unit", "amount", "starts_on")}
        return write.start_work(version, people=form.read_people(), by=request.user, **own)

    return take_step(
        request, form, act, back=reverse("supervision:works"), done=_("已启动,第一阶段的表单已交给填报人。"),
        heading=_("启动重点工程:%(type)s") % {"type": version.type.name}, button=_("启动"), title=str(version),
        lines=["→".join(stage["name"] for stage in version.stages)],
        to=lambda work: reverse("supervision:work", args=[work.pk]),
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def show_form(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """Fill in a form, or read it; kept half filled as often as wanted."""
    row = get_form(request, pk, form)
    running = row.work.state == Work.State.RUNNING
    may = running and row.state in ("open", "returned") and permissions.may_fill_form(request.user, row)
    back = reverse("supervision:work", args=[pk])
    own, proof = None, None
    if may or request.method == "POST":
        require(permissions.may_fill_form, request.user, row)
        own = OwnForm(request.POST or None, fields=row.fields, values=row.draft or row.values)
        proof = ProofForm(request.POST or None, request.FILES or None)
    extra: dict[str, Any] = {
        "row": row,
        "work": row.work,
        "light": reading.light_for(row.due, today(), done=row.state == WorkForm.State.CHECKED),
        "tone": reading.TONES[row.state],
        "values": reading.list_values(row),
        "files": list_documents(row),
        "proof": proof,
        "needs_proof": row.definition.get("proof"),
        "parts": own.list_parts() if own is not None else [],
        "box": DraftBox(row, reverse("supervision:work-form-draft", args=[pk, form])),
        "verdict": VerdictForm() if running and row.state == "filed" and permissions.may_check_form(request.user, row) else None,
        "may_move": row.state != WorkForm.State.CHECKED and permissions.may_move_form(request.user, row),
    }
    if own is None or proof is None:
        return render(request, "supervision/work_form.html", extra | {"back": back, "heading": row.name})

    def act(values: dict[str, Any]) -> WorkForm:
        files = [(one.name, one.read()) for one in proof.cleaned_data.get("materials") or [] if one]
        return write.file_form(row, own.read_values(), files=files, by=request.user, version=posted_version(request))

    if own.is_bound and not proof.is_valid():
        own.add_error(None, _("请检查佐证材料。"))
    return take_step(
        request, own, act, back=back, done=_("已填报,等 %(name)s 核验。") % {"name": row.checker.name}, heading=row.name, version=row.version,
        template="supervision/work_form.html", **extra,
    )  # fmt: skip


@require_POST
@access(permissions.is_in_area)
def keep_draft(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """Save what is typed of a form so far."""
    row = get_form(request, pk, form)
    require(permissions.may_fill_form, request.user, row)
    return answer_draft(request, row.fields, lambda values, **which: write.save_form(row, values, by=request.user, **which))


@access(permissions.is_in_area)
@submit_once
def check_form(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """Check a form, or send it back."""
    row = get_form(request, pk, form)
    require(permissions.may_check_form, request.user, row)
    passed = request.POST.get("verdict") == "pass"
    act = write.check_form if passed else write.return_form
    return take_step(
        request, VerdictForm(request.POST or None),
        lambda values: act(row, note=values["note"], by=request.user, version=posted_version(request)),
        back=reverse("supervision:work", args=[pk]), done=_("已核验。") if passed else _("已退回 %(name)s。") % {"name": row.filler.name},
        heading=_("核验:%(name)s") % {"name": row.name}, version=row.version, title=row.name, template="supervision/work_check.html",
        values=reading.list_values(row), files=list_documents(row),
    )  # fmt: skip


@access(permissions.may_move_form)
@submit_once
def move_form(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """Move a form's date."""
    row = get_form(request, pk, form)
    require(permissions.may_move_form, request.user, row)
    return take_step(
        request, MoveForm(request.POST or None),
        lambda values: write.move_form(row, by=request.user, version=posted_version(request), **values),
        back=reverse("supervision:work", args=[pk]), done=_("期限已调整。"), heading=_("调整期限"), version=row.version, title=str(row),
    )  # fmt: skip


@access(permissions.may_stop_work)
@submit_once
def stop_work(request: HttpRequest, pk: int) -> HttpResponse:
    """叫停."""
    work = get_work(request, pk)
    require(permissions.may_stop_work, request.user, work)
    return take_step(
        request, GroundForm(request.POST or None),
        lambda values: write.stop_work(work, by=request.user, version=posted_version(request), **values),
        back=reverse("supervision:work", args=[pk]), done=_("已叫停。"), heading=_("叫停工程"), version=work.version, title=work.name,
    )  # fmt: skip


@access(permissions.may_lift_stop)
@submit_once
def lift_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go on."""
    work = get_work(request, pk)
    require(permissions.may_lift_stop, request.user, work)
    return take_step(
        request, CureForm(request.POST or None),
        lambda values: write.lift_stop(work, by=request.user, version=posted_version(request), **values),
        back=reverse("supervision:work", args=[pk]), done=_("已恢复。"), heading=_("恢复工程"), version=work.version, title=work.name,
    )  # fmt: skip
