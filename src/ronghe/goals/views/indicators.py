"""指标手册: the list, one indicator with its trend, entering and changing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access
from ronghe.common.actions import StaleForm
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.common.problems import add_problem
from ronghe.common.spark import spark_svg
from ronghe.goals.actions.indicators import add_indicator, change_indicator
from ronghe.goals.forms import AdoptForm, ChangeIndicatorForm, IndicatorFilter, NewIndicatorForm
from ronghe.goals.models import Indicator
from ronghe.goals.packs import adopt_indicators, list_missing, list_office_codes, read_handbook
from ronghe.goals.permissions import may_keep_indicators, may_read_handbook
from ronghe.goals.queries import list_indicators, list_offices, match_text, name_tracks
from ronghe.goals.rules import print_number
from ronghe.org.areas import choose_area
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


def read_list(request: HttpRequest) -> tuple[Unit, Any, IndicatorFilter, list[Indicator], dict[str, str]]:
    """Return the area and the areas to choose from, the filters and the indicators that they keep, the names of the tracks."""
    standing = standing_of(request.user)
    area, areas = choose_area(request, standing.readable_areas | standing.overseen_areas)
    tracks = name_tracks([area.pk])
    form = IndicatorFilter(request.GET, tracks=list(tracks.items()), offices=list_offices([area.pk]))
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = list_indicators(request.user).filter(area=area)
    if chosen.get("text"):
        rows = rows.filter(match_text(chosen["text"]))
    if chosen.get("side"):
        rows = rows.filter(side=chosen["side"])
    if chosen.get("reporter") == "own":
        rows = rows.filter(reported_by=None)
    elif chosen.get("reporter"):
        rows = rows.filter(reported_by_id=chosen["reporter"])
    found = [row for row in rows if not chosen.get("track") or row.applies_to(chosen["track"])]
    return area, areas, form, found, tracks


@access(may_read_handbook)
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the handbook; filters: text, party or business, track, who reports."""
    area, areas, form, found, tracks = read_list(request)
    page = paginate(request, found)
    for row in page.object_list:
        row.track_names = "、".join(tracks.get(code, code) for code in row.tracks)
    return render(
        request,
        "goals/indicators.html",
        {"form": form, "page": page, "area": area, "areas": areas, "may_edit": may_keep_indicators(request.user, area)},
    )


HEADS = (
    "编码",
    "指标",
    "单位",
    "小数位数",
    "方向",
    "党建或业务",
    "填报",
    "赛道",
    "定义与口径",
    "数据来源",
    "佐证",
    "月度合成",
    "依据",
    "起始月",
    "终止月",
)


@access(may_read_handbook)
def export_list(request: HttpRequest) -> FileResponse:
    """Hand out the handbook as its list shows it, with the definitions."""
    area, _areas, _form, found, tracks = read_list(request)
    rows = [
        (
            row.code, row.name, row.unit_text, row.decimals, row.get_direction_display(), row.get_side_display(),
            row.reported_by.name if row.reported_by else "各班站自报", "、".join(tracks.get(code, code) for code in row.tracks) or "全部",
            row.definition, row.source, row.evidence, row.get_rollup_display(), row.basis, row.valid_from, row.valid_to,
        )
        for row in found
    ]  # fmt: skip
    return hand_out(request.user, what=_("指标手册"), sheets=[Sheet("指标手册", HEADS, rows)], name=f"{area.name}指标手册", area_id=area.pk)


@access(may_read_handbook)
def show_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an indicator's definition, and the trend of the units whose figures the user may read."""
    row = get_object_or_404(list_indicators(request.user), pk=pk)
    tracks = name_tracks([row.area_id])
    history = [line for build in registry.series.values() for line in build(request.user, row.pk)]
    trends = [
        {
            "name": line.name,
            "latest": print_number(line.latest),
            "month": line.month,
            "spark": spark_svg(line.values, _("%(name)s近 %(n)d 个月") % {"name": line.name, "n": len(line.values)}),
        }
        for line in history
    ]
    context = {
        "row": row,
        "track_names": "、".join(tracks.get(code, code) for code in row.tracks),
        "low": print_number(row.plausible_low),
        "high": print_number(row.plausible_high),
        "trends": trends,
        "history": list_history(row),
        "may_edit": may_keep_indicators(request.user, row),
    }
    return render(request, "goals/indicator.html", context)


def managed_area(request: HttpRequest) -> Unit:
    """Fetch the area whose 指标管理员 the user is."""
    return get_object_or_404(Unit, pk__in=standing_of(request.user).areas_of("indicator_admin"))


@access(may_keep_indicators)
@submit_once
def add(request: HttpRequest) -> HttpResponse:
    """Enter an indicator."""
    area = managed_area(request)
    form = NewIndicatorForm(request.POST or None, area=area)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_indicator(area, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("已登记指标“%(name)s”。") % {"name": row.name})
            return redirect("goals:indicator", pk=row.pk)
    return render_form(request, form, _("登记指标"))


@access(may_keep_indicators)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take in what the area lacks of the 制度包's handbook, with the units that report the offices' columns."""
    area = managed_area(request)
    rows = list_missing(area, read_handbook())
    form = AdoptForm(request.POST or None, area=area, codes=list_office_codes(rows))
    if request.method == "POST" and form.is_valid():
        try:
            made = adopt_indicators(area, offices=form.chosen(), by=request.user)
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("已采用 %(count)d 项指标,口径、依据都可以按本单位修改。") % {"count": len(made)})
            return redirect("goals:indicators")
    context = {"form": form, "rows": rows, "once": request.POST.get("once") or new_key()}
    return render(request, "goals/adopt.html", context, status=422 if request.method == "POST" else 200)


@access(may_keep_indicators)
@submit_once
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an indicator, with the reason."""
    row = get_object_or_404(Indicator.objects.visible_to(request.user), pk=pk, area=managed_area(request))
    name = row.name
    form = ChangeIndicatorForm(request.POST or None, instance=row, area=row.area, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = dict(form.cleaned_data)
        try:
            change_indicator(Indicator(pk=pk), by=request.user, **values)
        except StaleForm as stale:
            form.add_error(None, str(stale))
            show_saved(form, stale.current)
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("已保存。"))
            return redirect("goals:indicator", pk=pk)
    return render_form(request, form, _("修改指标:%(name)s") % {"name": name}, pk)


def show_saved(form: ChangeIndicatorForm, saved: Any) -> None:
    """Put what is saved now beside each field in which the late form differs, and let a second press overwrite it knowingly."""
    for name, typed in list(form.cleaned_data.items()):
        if hasattr(saved, name) and name != "version" and getattr(saved, name) != typed:
            form.add_error(name, _("现已保存:%(value)s") % {"value": getattr(saved, name) or "(空)"})
    data = form.data.copy()  # type: ignore[attr-defined]
    data["version"] = str(saved.version)
    form.data = data


def render_form(request: HttpRequest, form: Any, heading: str, pk: int | None = None) -> HttpResponse:
    context = {"form": form, "heading": heading, "pk": pk, "once": new_key()}
    return render(request, "goals/indicator_form.html", context, status=422 if form.is_bound else 200)
