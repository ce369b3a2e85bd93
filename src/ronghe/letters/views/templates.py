"""模板: those of the area with how many have signed, a new one from a file, the pack's."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out_file
from ronghe.common.forms import PROBLEMS, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.documents.actions import read_bytes
from ronghe.duties.views.matrix import get_area
from ronghe.letters.actions import templates as write
from ronghe.letters.forms import TemplateForm
from ronghe.letters.models import LetterTemplate
from ronghe.letters.permissions import is_in_area, may_keep
from ronghe.letters.queries.parties import count_coverage
from ronghe.letters.rules import FIELDS, LISTS
from ronghe.letters.views.letters import WORD


@access(is_in_area)
def list_templates(request: HttpRequest) -> HttpResponse:
    """Show the templates in use with their basis, and how many of those concerned have signed this year's letter."""
    area, tabs = get_area(request)
    rows = list(LetterTemplate.objects.visible_to(request.user).filter(area=area, retired_on=None))
    year = today().year
    coverage = count_coverage(rows, year, today())
    context = {
        "area": area,
        "areas": tabs,
        "rows": [(row, *coverage[row.pk]) for row in rows],
        "retired": list(LetterTemplate.objects.visible_to(request.user).filter(area=area).exclude(retired_on=None)),
        "year": year,
        "may_keep": may_keep(request.user, area),
        "once": new_key(),
    }
    return render(request, "letters/templates.html", context)


@access(may_keep)
@submit_once
def new_template(request: HttpRequest) -> HttpResponse:
    """Add a template of one's own: its fields are judged before it is kept."""
    area, _tabs = get_area(request)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        given = {name: form.cleaned_data[name] for name in ("title", "whom", "basis")}
        try:
            write.add_template(area, **given, data=file.read(), name=file.name, by=request.user)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("模板已检查通过,可以起草。"))
            return redirect("letters:templates")
    context = {"form": form, "fields": FIELDS, "lists": LISTS, "once": request.POST.get("once") or new_key()}
    return render(request, "letters/template_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(may_keep)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take over the pack's templates."""
    area, _tabs = get_area(request)
    made = write.adopt_templates(area, by=request.user)
    if made:
        messages.success(request, _("已采用:%(names)s。") % {"names": "、".join(row.title for row in made)})
    else:
        messages.info(request, _("制度包的模板都已在用。"))
    return redirect("letters:templates")


def get_template(request: HttpRequest, pk: int) -> LetterTemplate:
    return get_object_or_404(LetterTemplate.objects.visible_to(request.user).select_related("area"), pk=pk)


@access(is_in_area)
def hand_out_template(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a template's docx, to be edited and uploaded as another one."""
    row = get_template(request, pk)
    file = write.find_file(row)
    return hand_out_file(
        request.user, what=_("责任书模板 %(title)s") % {"title": row.title}, data=read_bytes(file), name=f"{row.title}-模板.docx",
        media_type=WORD, area_id=row.area_id,
    )  # fmt: skip


@require_POST
@access(may_keep)
@submit_once
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a template no more."""
    row = write.retire_template(get_template(request, pk), by=request.user, version=read_version(request))
    messages.success(request, _("“%(title)s”已停用,已签的不受影响。") % {"title": row.title})
    return redirect("letters:templates")
