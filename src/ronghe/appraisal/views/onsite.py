"""季度检查: rounds, sheets, and the page on which a sheet is filled in on the spot, with or without a signal."""

from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.appraisal import permissions
from ronghe.appraisal.actions import onsite as write
from ronghe.appraisal.models import CheckRound, CheckSheet
from ronghe.appraisal.queries import onsite as reading
from ronghe.appraisal.rules.onsite import VERDICTS, Answer, find_faults
from ronghe.appraisal.rules.periods import propose_period
from ronghe.appraisal.views.steps import take_step
from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import add_working_days, today
from ronghe.common.exports import Sheet, hand_out, mark_export
from ronghe.common.forms import PROBLEMS, SECRECY, posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.forms import PersonField, date_field
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

PARTS = ("theme.js", "app.css", "app.js", "field.js", "icons.svg")


class OpenForm(forms.Form):
    quarter = forms.CharField(label=gettext_lazy("季度"), max_length=6, help_text=gettext_lazy("如 2026Q3"))
    due = date_field(gettext_lazy("截止"))
    basis = forms.CharField(
        label=gettext_lazy("依据"), max_length=300, initial=gettext_lazy("《党小组考核评价办法》季度考核的规定(待确认)")
    )


class PassForm(forms.Form):
    to = PersonField(label=gettext_lazy("改由谁检查"))


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("总的看"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=SECRECY
    )


def home(request: HttpRequest) -> int:
    return min(standing_of(request.user).readable_areas, default=0)


@access(permissions.is_in_area)
def list_rounds(request: HttpRequest) -> HttpResponse:
    """Show the quarters, and what waits for this person."""
    page = paginate(request, reading.annotate_round(CheckRound.objects.visible_to(request.user)))
    me, day = standing_of(request.user).person_id, today()
    mine = CheckSheet.objects.filter(checker_id=me or 0, state="due").select_related("unit", "round").order_by("round__due", "pk")
    context = {
        "page": page,
        "lines": [reading.describe_round(row, day) for row in page.object_list],
        "mine": list(mine[:20]),
        "may_open": permissions.may_organise(request.user),
    }
    return render(request, "appraisal/check_rounds.html", context)


@access(permissions.may_organise)
@submit_once
def open_round(request: HttpRequest) -> HttpResponse:
    """Open a quarter's check."""
    area = get_object_or_404(Unit, pk=home(request))
    form = OpenForm(request.POST or None, initial={"quarter": propose_period("quarter", today()), "due": add_working_days(today(), 10)})
    return take_step(
        request, form, lambda values: write.open_check_round(area, by=request.user, **values), done=_("已发起,检查单已分到人。"),
        back=reverse("appraisal:check-rounds"), heading=_("发起季度检查"),
    )  # fmt: skip


@access(permissions.is_in_area)
def show_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one quarter's table: the mark of each unit counts for the station and its 党小组."""
    found = get_object_or_404(CheckRound.objects.visible_to(request.user).select_related("opened_by"), pk=pk)
    context = {
        "round": found, "lines": reading.list_sheets(found, request.user), "may_pass": permissions.may_organise(request.user, found),
        "history": list_history(found), "code": reading.SCORE_CODE,
    }  # fmt: skip
    return render(request, "appraisal/check_round.html", context)


@access(permissions.is_in_area)
def export(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the table of a quarter."""
    found = get_object_or_404(CheckRound.objects.visible_to(request.user), pk=pk)
    heads = (_("班站"), _("党小组"), _("检查人"), _("状态"), _("得分"), _("没做到的条数"))
    rows = [[row.unit, row.group, row.checker, row.state, row.score, row.faults] for row in reading.list_sheets(found, request.user)]
    return hand_out(
        request.user,
        what=_("季度检查"),
        sheets=[Sheet(found.quarter, heads, rows)],
        name=f"季度检查-{found.quarter}",
        area_id=found.area_id,
    )


def get_sheet(request: HttpRequest, pk: int) -> CheckSheet:
    rows = CheckSheet.objects.visible_to(request.user).select_related("round", "unit", "group", "checker", "area")
    return get_object_or_404(rows, pk=pk)


@access(permissions.is_in_area)
def show_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet: what was looked at, what was found, what became of it, how the mark adds up."""
    sheet = get_sheet(request, pk)
    is_open = sheet.state == CheckSheet.State.DUE
    context = {
        "sheet": sheet, "groups": reading.list_lines(sheet, request.user), "sum": "" if is_open else reading.say_sheet(sheet),
        "may_fill": is_open and permissions.may_check_on_site(request.user, sheet),
        "may_pass": is_open and permissions.may_organise(request.user, sheet), "history": list_history(sheet),
    }  # fmt: skip
    return render(request, "appraisal/sheet.html", context)


@access(permissions.is_in_area)
def print_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet as a paper: to take along, or as a record."""
    sheet = get_sheet(request, pk)
    context = {
        "page_title": f"{sheet.unit.name}{sheet.round.quarter}季度检查单", "issuer": sheet.area.name, "sheet": sheet,
        "groups": reading.list_lines(sheet, request.user), "sum": "" if sheet.done_on is None else reading.say_sheet(sheet),
        "mark": mark_export(request.user, what=_("检查单"), rows=1, area_id=sheet.area_id), "back_url": reverse("appraisal:sheet", args=[pk]),
    }  # fmt: skip
    return render(request, "appraisal/print_sheet.html", context)


@access(permissions.may_organise)
@submit_once
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody else go there."""
    sheet = get_sheet(request, pk)
    form = PassForm(request.POST or None)
    form.fields["to"].offer(reading.list_checkers(sheet.area_id))  # type: ignore[attr-defined]
    return take_step(
        request, form, lambda values: write.pass_sheet(sheet, by=request.user, version=posted_version(request), **values),
        done=_("已改派。"), back=reverse("appraisal:sheet", args=[pk]), heading=_("改派季度检查"), version=sheet.version,
    )  # fmt: skip


@access(permissions.is_in_area)
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill a sheet in. The page's queue is answered with JSON, a plain form with a page."""
    sheet = get_sheet(request, pk)
    if not permissions.may_check_on_site(request.user, sheet) or (request.method == "GET" and sheet.state != CheckSheet.State.DUE):
        return redirect("appraisal:sheet", pk=pk)
    lines, form, problems = list(sheet.lines.all()), NoteForm(request.POST or None), []
    answers = [Answer(request.POST.get(f"v-{line.order}", ""), request.POST.get(f"n-{line.order}", "")[:300]) for line in lines]
    faults = find_faults(answers) if request.method == "POST" else {}
    if request.method == "POST" and form.is_valid():
        try:
            if not request.POST.get("once"):
                raise ValidationError(_("这张检查单没有编号,请重新打开页面。"))
            sheet = write.file_sheet(sheet, answers, note=form.cleaned_data["note"], once=request.POST["once"][:64], by=request.user)
        except PROBLEMS as problem:
            problems = list(getattr(problem, "messages", [str(problem)]))
        else:
            return answer_done(request, sheet)
    if request.method == "POST" and wants_json(request):
        return JsonResponse({"problems": problems or [text for texts in form.errors.values() for text in texts]}, status=422)
    grouped: dict[str, list[Any]] = {}
    for line, one in zip(lines, answers, strict=True):
        grouped.setdefault(line.category, []).append((line, one, faults.get(line.order, "")))
    context = {
        "sheet": sheet, "groups": list(grouped.items()), "form": form, "problems": problems, "verdicts": list(VERDICTS.items()),
        "person": standing_of(request.user).person_id, "once": request.POST.get("once") or new_key(), "is_open": sheet.state == "due",
    }  # fmt: skip
    return render(request, "appraisal/sheet_fill.html", context, status=422 if request.method == "POST" else 200)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def answer_done(request: HttpRequest, sheet: CheckSheet) -> HttpResponse:
    url = reverse("appraisal:sheet", args=[sheet.pk])
    if wants_json(request):
        return JsonResponse({"url": url, "title": str(sheet)})
    messages.success(request, _("检查单已保存。"))
    return redirect(url)


@access(permissions.is_in_area)
def give_ticket(request: HttpRequest) -> JsonResponse:
    """Say whose session this is and give the token with which the queue may be sent."""
    answer = JsonResponse({"person": standing_of(request.user).person_id, "token": get_token(request)})
    answer["Cache-Control"] = "no-store"
    return answer


@access(permissions.is_in_area)
def serve_worker(request: HttpRequest) -> HttpResponse:
    """The worker that keeps one's open sheets for where there is no signal; it reaches no address outside 季度检查."""
    parts = [static(f"ronghe/dist/{name}") for name in PARTS]
    pages = [reverse("appraisal:sheet-fill", args=[pk]) for pk in reading.list_mine_to_fill(request.user)]
    version = sha256("".join([*parts, *pages]).encode()).hexdigest()[:12]
    context = {"pages": pages, "parts": parts, "version": version, "root": reverse("appraisal:check-rounds") + "sheets/"}
    answer = render(request, "appraisal/sw.js", context, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
