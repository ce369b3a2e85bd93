"""The scheme editor: a draft's parts, each a page of its own; every save is one action on the whole draft."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.assessment import actions
from ronghe.assessment.actions.drafts import WrongPart
from ronghe.assessment.forms_schemes import HeadForm, head_tables, initial_of, read_rows, step_rows
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.permissions import is_publisher, may_write_scheme
from ronghe.assessment.queries.drafts import describe_draft, list_faults, read_whole, sum_all, swap_with_neighbour
from ronghe.assessment.tables import Table, Tables, find_dimension_problems, is_about_head, read_tables
from ronghe.common.access import access
from ronghe.common.actions import StaleForm
from ronghe.common.forms import read_version
from ronghe.common.once import new_key, submit_once
from ronghe.goals.models import Indicator
from ronghe.org.models import Track
from ronghe.scoring.problems import Problem

PREVIEW = "refresh"
DIMENSION = ("was", "code", "name", "cap")


def get_draft(request: HttpRequest, pk: int) -> SchemeVersion:
    """Fetch a version that the user may write on; whether it is still being written is for the action to say."""
    rows = SchemeVersion.objects.visible_to(request.user).select_related("area")
    return get_object_or_404(rows, pk=pk)


def leave_unless_writing(request: HttpRequest, draft: SchemeVersion) -> HttpResponse | None:
    """Send whoever comes to the editor of a version that is not being written to its page; a form sent late is shown again."""
    if draft.state == SchemeVersion.State.WRITING or request.method == "POST":
        return None
    return redirect("assessment:scheme", pk=draft.pk)


def list_track_names(area_id: int) -> dict[str, str]:
    return dict(Track.objects.filter(area_id=area_id).values_list("code", "name"))


def try_save(
    draft: SchemeVersion, change: Callable[[Tables], list[Problem] | None], request: HttpRequest, note: str
) -> tuple[list[Problem], list[str], int | None]:
    """Save a part → problems of the contract, other refusals, and the version to go on with where somebody saved in between."""
    try:
        actions.save_draft(draft, change, by=request.user, version=read_version(request), note=note)
    except WrongPart as wrong:
        return wrong.problems, [], None
    except StaleForm as stale:
        return [], [str(stale), _("再次保存将以您填的为准。")], stale.current.version  # type: ignore[attr-defined]
    except ValidationError as problem:
        return [], list(problem.messages), None
    return [], [], None


@access(may_write_scheme)
@submit_once
def edit_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft as a whole: what is still wrong, its fronts with their weights, and where each part is changed."""
    draft = get_draft(request, pk)
    if (answer := leave_unless_writing(request, draft)) is not None:
        return answer
    tables = read_tables(draft.text)
    refusals: list[str] = []
    version: int | None = None
    if request.method == "POST":
        do = request.POST.get("do", "")
        change = weigh(request.POST, do)
        problems, refusals, version = try_save(draft, change, request, _("分值与次序"))
        if not problems and not refusals:
            messages.success(request, _("已保存。"))
            return redirect(f"{request.path}#{request.POST.get('at', '')[:60]}" if do else request.path)
        change(tables)
        refusals += [str(problem) for problem in problems]
    known = set(Indicator.objects.filter(area_id=draft.area_id).values_list("code", flat=True))
    names = list_track_names(draft.area_id)
    context = {
        "draft": draft,
        "tables": tables,
        "blocks": describe_draft(tables, names, known, read_whole(tables)),
        "faults": list_faults(draft),
        "sums": sum_all(tables, names),
        "refusals": refusals,
        "version": draft.version if version is None else version,
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "assessment/scheme_edit.html", context, status=422 if refusals else 200)


def weigh(data: Any, do: str) -> Callable[[Tables], list[Problem] | None]:
    """Return the change that the table of weights asks for: each full mark, and one row moved or removed."""
    fulls = {key.removeprefix("full-"): value.strip()[:40] for key, value in data.items() if key.startswith("full-")}
    verb, _dash, code = do.partition(":")

    def change(tables: Tables) -> list[Problem] | None:
        for row in tables.indicators:
            if row.get("code") in fulls and row.get("method") != "veto":
                row["full"] = fulls[row["code"]]
        place = tables.find(code)
        if place is not None and verb == "drop":
            del tables.indicators[place]
        elif place is not None and verb in ("up", "down"):
            swap_with_neighbour(tables, place, 1 if verb == "down" else -1)
        return [problem for problem in read_whole(tables) if problem.key == "full"]

    return change


@access(may_write_scheme)
@submit_once
def edit_head(request: HttpRequest, pk: int) -> HttpResponse:
    """Change name, basis, caps, the missing policy, ties and grades."""
    draft = get_draft(request, pk)
    if (answer := leave_unless_writing(request, draft)) is not None:
        return answer
    tables = read_tables(draft.text)
    if request.method != "POST":
        initial = {**initial_of(tables.scheme), **initial_of(tables.ranking), "version": draft.version, "once": new_key()}
        return render(request, "assessment/scheme_head.html", describe_head(draft, HeadForm(initial=initial), tables, [], []))
    form = HeadForm(request.POST)
    do = request.POST.get("do", "")
    problems: list[Problem] = []
    refusals: list[str] = []
    if form.is_valid() and not do:

        def change(tables: Tables) -> list[Problem] | None:
            head_tables(form, tables)
            return [problem for problem in read_whole(tables) if is_about_head(problem)]

        problems, refusals, version = try_save(draft, change, request, _("方案、总分与等级"))
        if not problems and not refusals:
            messages.success(request, _("已保存。"))
            return redirect("assessment:scheme-edit", pk=pk)
        form = renew(HeadForm, request, version)
    head_tables(form, tables)
    if do:
        tables.grades = read_rows(request.POST, "grade", ("name", "min"))
        step_rows(tables.grades, do, "grade", {"name": "", "min": ""})
    context = describe_head(draft, form, tables, problems, refusals)
    return render(request, "assessment/scheme_head.html", context, status=200 if do else 422)


def renew(form: type[HeadForm], request: HttpRequest, version: int | None) -> HeadForm:
    """Return the form as typed, with the version to go on with."""
    data = request.POST.copy()
    if version is not None:
        data["version"] = str(version)
    return form(data)


def describe_head(draft: SchemeVersion, form: HeadForm, tables: Tables, problems: list[Problem], refusals: list[str]) -> dict[str, Any]:
    names = {row.get("code", ""): row.get("name", "") for row in tables.indicators}
    ties: list[str] = tables.ranking.get("tie_break", [])
    loose = show_at_fields(form, [problem for problem in problems if problem.place in ("scheme", "ranking")])
    grades = [
        {"row": row, "problems": [problem for problem in problems if problem.place in (f"grade {row['name']}", f"grade #{place}")]}
        for place, row in enumerate(tables.grades, start=1)
    ]
    return {
        "draft": draft,
        "form": form,
        "grades": grades,
        "ties": [*ties, *([""] * max(1, 3 - len(ties)))],
        "choices": [*names.items(), *((code, _("%(code)s(方案中没有)") % {"code": code}) for code in ties if code not in names)],
        "tie_problems": [problem.message for problem in loose if problem.key == "tie_break"],
        "refusals": [*refusals, *(str(problem) for problem in loose if problem.key != "tie_break")],
    }


def show_at_fields(form: Any, problems: list[Problem]) -> list[Problem]:
    """Put each problem at the field that it speaks of; return those that have none."""
    form.is_valid()
    loose = []
    for problem in problems:
        if problem.key in form.fields:
            form.add_error(problem.key, problem.message)
        else:
            loose.append(problem)
    return loose


@access(may_write_scheme)
@submit_once
def edit_dimensions(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the fronts: their names, order and caps."""
    draft = get_draft(request, pk)
    if (answer := leave_unless_writing(request, draft)) is not None:
        return answer
    tables = read_tables(draft.text)
    rows = [{**row, "was": row.get("code", "")} for row in tables.dimensions]
    problems: list[Problem] = []
    refusals: list[str] = []
    version: int | None = None
    do = request.POST.get("do", "")
    if request.method == "POST":
        rows = read_rows(request.POST, "dimension", DIMENSION)
        if not do:
            problems, refusals, version = try_save(draft, rename_dimensions(rows), request, _("维度"))
            if not problems and not refusals:
                messages.success(request, _("已保存。"))
                return redirect("assessment:scheme-edit", pk=pk)
    step_rows(rows, do, "dimension", {})
    context = {
        "draft": draft,
        "rows": [{"row": row, "problems": about_dimension(problems, row, place)} for place, row in enumerate(rows, start=1)],
        "refusals": refusals,
        "version": draft.version if version is None else version,
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "assessment/scheme_dimensions.html", context, status=422 if problems or refusals else 200)


def about_dimension(problems: list[Problem], row: Table, place: int) -> list[Problem]:
    """Return the problems of one row."""
    return [problem for problem in problems if problem.place in (f"dimension {row.get('code', '')}", f"dimension #{place}")]


def rename_dimensions(rows: list[Table]) -> Callable[[Tables], list[Problem] | None]:
    """Return the change that rows of fronts ask for; indicators follow a renamed code, a front with indicators stays."""

    def change(tables: Tables) -> list[Problem] | None:
        kept = [row for row in rows if any(row.get(key) for key in ("code", "name", "cap"))]
        taken = {row["code"] for row in kept}
        for row in kept:
            if not row["code"]:
                row["code"] = next(code for number in range(1, 99) if (code := f"front-{number}") not in taken)
                taken.add(row["code"])
        moved = {row["was"]: row["code"] for row in kept if row["was"]}
        used = {row.get("dimension", "") for row in tables.indicators}
        lost = [row.get("name", "") for row in tables.dimensions if row.get("code") in used and row.get("code") not in moved]
        if lost:
            raise ValidationError(_("维度“%(name)s”里还有指标,请先把它们移到别的维度或删除。") % {"name": "、".join(lost)})
        for row in tables.indicators:
            row["dimension"] = moved.get(row.get("dimension", ""), row.get("dimension", ""))
        tables.dimensions = [{key: row[key] for key in ("code", "name", "cap")} for row in kept]
        return find_dimension_problems(tables)

    return change


@require_POST
@access(may_write_scheme)
@submit_once
def submit_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a draft in."""
    draft = get_draft(request, pk)
    try:
        actions.submit_draft(draft, by=request.user, version=read_version(request))
    except WrongPart:
        messages.error(request, _("还有没改完的地方,列在下面;改完再提交。"))
        return redirect("assessment:scheme-edit", pk=pk)
    messages.success(request, _("已提交,等待另一位有权限、没有参与编写的人发布。"))
    return redirect("assessment:scheme", pk=pk)


@require_POST
@access(may_write_scheme)
@submit_once
def take_back_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what waits for publication."""
    actions.take_back_draft(get_draft(request, pk), by=request.user, version=read_version(request))
    messages.success(request, _("已取回,可以继续修改。"))
    return redirect("assessment:scheme-edit", pk=pk)


@require_POST
@access(is_publisher)
@submit_once
def return_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft back with the reason."""
    draft = get_draft(request, pk)
    try:
        actions.return_draft(draft, reason=request.POST.get("reason", "")[:300], by=request.user, version=read_version(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("已退回给编写人。"))
    return redirect("assessment:scheme", pk=pk)
