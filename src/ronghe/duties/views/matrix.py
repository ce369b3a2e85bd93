"""分工矩阵: the page, its print and its sheet, one matter, one cell with what a change would make and end."""

import json
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out, mark_export
from ronghe.common.forms import PROBLEMS, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.duties.actions.adopt import adopt_matrix
from ronghe.duties.actions.imports import import_matrix
from ronghe.duties.actions.matters import Held, add_matter, change_matter, end_matter, set_holdings
from ronghe.duties.forms import ApplyForm, CellForm, MatrixFilter, MatterForm, ReasonForm, UploadForm
from ronghe.duties.kinds import Side
from ronghe.duties.models import Holding, Matter, MatterText
from ronghe.duties.permissions import may_edit_matrix, may_read_matrix
from ronghe.duties.queries import findings as found
from ronghe.duties.queries import matrix as queries
from ronghe.duties.queries.picture import View, describe_change, load_view
from ronghe.duties.rules import Hold
from ronghe.duties.sheets import list_rows, read_matrix
from ronghe.org.areas import choose_area
from ronghe.org.models import Post, Unit
from ronghe.org.standing import standing_of

LIMIT = 2 * 1024 * 1024


def get_area(request: HttpRequest) -> tuple[Unit, list[dict[str, Any]]]:
    """Return the area whose matrix is read."""
    return choose_area(request, standing_of(request.user).readable_areas)


def read_matrix_page(request: HttpRequest, area: Unit, *, edit: bool) -> dict[str, Any]:
    """Return the filter's form and what it keeps: view, columns, rows."""
    form = MatrixFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    day = chosen.get("on") or today()
    view = load_view(area.pk, day)
    columns = queries.describe_columns(view)
    picked = {name: chosen.get(name) or "" for name in ("flow", "field", "text")}
    may = edit and day == today() and may_edit_matrix(request.user, area)
    rows = queries.describe_rows(view, columns, edit=may, **picked)
    return {"form": form, "view": view, "columns": columns, "rows": rows, "day": day, "may_edit": may, "is_filtered": any(picked.values())}


@access(may_read_matrix)
def show_matrix(request: HttpRequest) -> HttpResponse:
    """Show the matrix as it applied on a day: matters by posts; on a phone post by post."""
    area, tabs = get_area(request)
    context = read_matrix_page(request, area, edit=True)
    marked = found.list_findings(context["view"])
    faulty: dict[int, int] = {}
    for line in marked.open:
        if line.matter:
            faulty[line.matter] = faulty.get(line.matter, 0) + 1
    for row in context["rows"]:
        row.faults = faulty.get(row.pk, 0)
    context |= {
        "area": area,
        "areas": tabs,
        "cards": queries.group_by_post(context["rows"], context["columns"]),
        "found": marked,
        "is_empty": not context["view"].matters,
        "once": new_key(),
        "is_past": context["day"] != today(),
        "may_adopt": may_edit_matrix(request.user, area) and not Matter.objects.filter(area=area).exists(),
    }
    return render(request, "duties/matrix.html", context)


@access(may_read_matrix)
def print_matrix(request: HttpRequest) -> HttpResponse:
    """Print what the filter keeps, in landscape."""
    area, _tabs = get_area(request)
    context = read_matrix_page(request, area, edit=False)
    mark = mark_export(request.user, what=_("打印分工矩阵"), rows=len(context["rows"]), area_id=area.pk)
    title = _("%(area)s一体化分工矩阵") % {"area": area.name}
    return render(
        request,
        "duties/print_matrix.html",
        {**context, "area": area, "mark": mark, "page_title": title, "back_url": reverse("duties:matrix")},
    )


@access(may_read_matrix)
def export_matrix(request: HttpRequest) -> FileResponse:
    """Hand out what the filter keeps as a workbook that can be changed and uploaded again."""
    area, _tabs = get_area(request)
    context = read_matrix_page(request, area, edit=False)
    rows = context["rows"]
    bases = {row.matter_id: row.basis for row in MatterText.objects.on(context["day"]).filter(matter_id__in=[row.pk for row in rows])}
    sheet = list_rows(rows, context["columns"], bases)
    return hand_out(request.user, what=_("分工矩阵"), sheets=[sheet], name=f"{area.name}分工矩阵-{context['day']:%Y%m%d}", area_id=area.pk)


@require_POST
@access(may_edit_matrix)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take the default pack in."""
    area, _tabs = choose_area(request, standing_of(request.user).areas_of(found.FIXERS))
    number = adopt_matrix(area, by=request.user)
    messages.success(request, _("已采用默认分工矩阵 %(n)d 项;检测出的问题在“分工问题”里逐条处置。") % {"n": number})
    return redirect("duties:matrix")


@access(may_read_matrix)
def show_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one matter: its three parts now and before, who holds it and held it, what is wrong with it."""
    matter = get_object_or_404(Matter.objects.visible_to(request.user).select_related("area"), pk=pk)
    view = load_view(matter.area_id, today())
    lines = found.list_findings(view)
    texts = list(MatterText.objects.filter(matter=matter).order_by("-valid_from", "-pk"))
    holdings = list(Holding.objects.filter(matter=matter).select_related("post").order_by("-valid_from", "post__order", "pk"))
    names = {post.pk: queries.name_person(view, post) for post in view.posts}
    day = today()
    current = [row for row in holdings if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)]
    context = {
        "matter": matter,
        "text": next((row for row in texts if row.valid_from <= day), texts[0] if texts else None),
        "texts": texts,
        "holders": [(row, names.get(row.post_id, ""), queries.TONES[row.kind]) for row in current],
        "past": [row for row in holdings if row not in current and (row.valid_to is None or row.valid_to >= row.valid_from)],
        "found": [line for line in (*lines.open, *lines.notes, *lines.accepted) if line.matter == matter.pk],
        "may_edit": may_edit_matrix(request.user, matter) and matter.valid_to is None,
        "columns": queries.describe_columns(view),
        "history": list_history(matter),
        "end_form": ReasonForm(),
        "once": new_key(),
    }
    return render(request, "duties/matter.html", context)


@access(may_edit_matrix)
@submit_once
def new_matter(request: HttpRequest) -> HttpResponse:
    """Set up a matter."""
    area, _tabs = choose_area(request, standing_of(request.user).areas_of(found.FIXERS))
    form = MatterForm(request.POST or None, initial={"valid_from": today()})
    if request.method == "POST" and form.is_valid():
        try:
            matter = add_matter(area, by=request.user, **split_values(form.cleaned_data))
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已增设“%(name)s”,请指定主管或分管的岗位。") % {"name": matter.name})
            return redirect("duties:matter", pk=matter.pk)
    context = {"form": form, "once": request.POST.get("once") or new_key(), "back": reverse("duties:matrix")}
    return render(request, "duties/matter_form.html", context, status=422 if form.is_bound else 200)


def split_values(values: dict[str, Any]) -> dict[str, Any]:
    """Return a form's values as the action takes them: the texts apart."""
    texts = {name: values[name] for name in ("what", "how", "degree", "evidence", "basis")}
    texts["indicator"] = values.get("indicator", "")
    return {
        "name": values["name"], "flow": values["flow"], "field": values["field"], "texts": texts, "valid_from": values["valid_from"],
    }  # fmt: skip


@access(may_edit_matrix)
@submit_once
def edit_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a matter; its texts apply from a day on."""
    matter = get_object_or_404(Matter.objects.visible_to(request.user), pk=pk)
    text = MatterText.objects.filter(matter=matter).order_by("-valid_from", "-pk").first()
    names = ("what", "how", "degree", "evidence", "basis")
    initial = {"name": matter.name, "flow": matter.flow, "field": matter.field, "valid_from": today()}
    form = MatterForm(request.POST or None, initial=initial | {name: getattr(text, name, "") for name in names})
    if request.method == "POST" and form.is_valid():
        values = split_values(form.cleaned_data | {"indicator": text.indicator if text else ""})
        try:
            change_matter(matter, by=request.user, version=read_version(request), **values)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已保存,自 %(day)s 起执行。") % {"day": values["valid_from"]})
            return redirect("duties:matter", pk=matter.pk)
    context = {
        "form": form, "matter": matter, "version": request.POST.get("version") or matter.version,
        "once": request.POST.get("once") or new_key(), "back": reverse("duties:matter", args=[pk]),
    }  # fmt: skip
    return render(request, "duties/matter_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(may_edit_matrix)
@submit_once
def stop_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an end to a matter."""
    matter = get_object_or_404(Matter.objects.visible_to(request.user), pk=pk)
    end_matter(matter, reason=request.POST.get("reason", "")[:300], by=request.user, version=read_version(request))
    messages.success(request, _("“%(name)s”今天之后停用。") % {"name": matter.name})
    return redirect("duties:matter", pk=pk)


def get_cell(request: HttpRequest, pk: int, post: int) -> tuple[Matter, Post]:
    """Fetch a matter and a post of its area, or answer 404."""
    matter = get_object_or_404(Matter.objects.visible_to(request.user).select_related("area"), pk=pk)
    return matter, get_object_or_404(Post.objects.filter(area_id=matter.area_id), pk=post)


def preview(view: View, matter: Matter, post: Post, values: dict[str, Any]) -> dict[str, Any]:
    """Return which findings the change of a cell would make and end."""
    holds = [Hold(matter.pk, post.pk, side, values[side]) for side in Side.values if values.get(side)]
    made, ended = describe_change(view, view.with_holds(matter.pk, holds, post=post.pk))
    return {"made": [(one, found.describe(one, None, view.day)) for one in made], "ended": ended, "is_looked": True}


@access(may_edit_matrix)
@submit_once
def edit_cell(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """Say how a post holds a matter. What the change makes and ends is shown before it is saved."""
    matter, seat = get_cell(request, pk, post)
    view = load_view(matter.area_id, today())
    current = {row.side: row.kind for row in view.by_cell.get((matter.pk, seat.pk), ())}
    form = CellForm(request.POST or None, initial={**current, "valid_from": today()})
    if not seat.committee:
        del form.fields["committee"]
    looked: dict[str, Any] = {"is_looked": False}
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        looked = preview(view, matter, seat, values)
        if "look" not in request.POST:
            try:
                helds = [Held(seat, side, values[side]) for side in Side.values if side in values]
                changed = set_holdings(
                    matter, helds, by=request.user, valid_from=values["valid_from"], note=values["note"], version=read_version(request)
                )
            except PROBLEMS as problem:
                show_problem(form, problem)
            else:
                messages.success(request, _("“%(name)s”%(text)s。") % {"name": matter.name, "text": ";".join(changed) or _("没有变化")})
                back = request.POST.get("back", "")
                return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else reverse("duties:matrix"))
    context = {
        "matter": matter,
        "post": seat,
        "people": queries.name_person(view, seat),
        "form": form,
        "others": [
            (row.title, queries.name_person(view, row), queries.describe_marks(view.by_cell[matter.pk, row.pk]))
            for row in view.posts
            if row.pk != seat.pk and (matter.pk, row.pk) in view.by_cell
        ],
        "text": MatterText.objects.on(today()).filter(matter=matter).first(),
        "version": request.POST.get("version") or matter.version,
        "once": request.POST.get("once") or new_key(),
        "back": request.POST.get("back") or request.headers.get("HX-Current-URL", "") or reverse("duties:matrix"),
        **looked,
    }
    is_part = request.headers.get("HX-Request") == "true"
    template = "duties/cell_form.html" if is_part else "duties/cell.html"
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)


@access(may_edit_matrix)
def look_cell(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """Answer with what a change of the cell would make and end, while it is still being chosen."""
    matter, seat = get_cell(request, pk, post)
    form = CellForm(request.GET)
    form.fields["valid_from"].required = False
    if not form.is_valid():
        raise Http404
    view = load_view(matter.area_id, today())
    return render(request, "duties/effect.html", preview(view, matter, seat, form.cleaned_data))


@access(may_edit_matrix)
def upload_matrix(request: HttpRequest) -> HttpResponse:
    """Read a sheet of the matrix and show what it would change, find and settle; nothing is saved yet."""
    area, _tabs = choose_area(request, standing_of(request.user).areas_of(found.FIXERS))
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "area": area}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            sheet = form.cleaned_data["file"]
            if sheet.size > LIMIT:
                form.add_error("file", _("文件超过 2 MB 的上限。"))
            else:
                context |= read_upload(sheet.read(), area)
                status = 422 if context["problems"] else 200
    return render(request, "duties/upload.html", context, status=status)


def read_upload(data: bytes, area: Unit) -> dict[str, Any]:
    """Return what a sheet holds, and the findings that taking it in would make and end."""
    posts = list(Post.objects.filter(area=area, closed_on=None).exclude(kind="staff"))
    reading = read_matrix(data, [post for post in posts if post.unit_id == area.pk] or posts)
    context: dict[str, Any] = {"problems": reading.problems, "count": len(reading.rows)}
    if reading.problems or not reading.rows:
        return context
    view = load_view(area.pk, today())
    names = {row.name: row.pk for row in view.matters}
    picture = view.picture
    for row in reading.rows:
        pk = names.get(row["name"])
        if pk is not None:
            holds = [Hold(pk, post, side, kind) for post, side, kind in row["holds"]]
            holds += [one for one in view.picture.holds if one.matter == pk and one.post not in row["posts"]]
            view.picture = view.with_holds(pk, holds)
    changed, view.picture = view.picture, picture
    made, ended = describe_change(view, changed)
    return context | {
        "new": [row["name"] for row in reading.rows if row["name"] not in names],
        "made": [(one, found.describe(one, None, view.day)) for one in made],
        "ended": ended,
        "is_looked": True,
        "apply_form": ApplyForm(initial={"rows": json.dumps(reading.rows, ensure_ascii=False), "valid_from": today()}),
        "once": new_key(),
    }


@require_POST
@access(may_edit_matrix)
@submit_once
def apply_matrix(request: HttpRequest) -> HttpResponse:
    """Take a sheet in that was read and shown."""
    area, _tabs = choose_area(request, standing_of(request.user).areas_of(found.FIXERS))
    form = ApplyForm(request.POST)
    try:
        rows = json.loads(request.POST.get("rows", ""))
    except ValueError:
        rows = None
    if not form.is_valid() or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        messages.error(request, _("表格的内容不完整,请重新上传。"))
        return redirect("duties:upload")
    try:
        added, changed = import_matrix(area, rows, valid_from=form.cleaned_data["valid_from"], by=request.user)
    except PROBLEMS as problem:
        messages.error(request, " ".join(getattr(problem, "messages", [str(problem)])))
        return redirect("duties:upload")
    messages.success(request, _("已导入:新增 %(added)d 项,修改 %(changed)d 项。") % {"added": added, "changed": changed})
    return redirect("duties:matrix")
