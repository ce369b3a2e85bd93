"""The page on which a visit is written, on a phone, with or without a signal; its ticket and its worker."""

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.forms import PROBLEMS, read_number, show_problem
from ronghe.common.once import new_key
from ronghe.org.standing import standing_of
from ronghe.stationing import actions
from ronghe.stationing.forms import PointRows, VisitForm, read_points
from ronghe.stationing.models import Cover, PlanDay, Visit
from ronghe.stationing.permissions import may_visit
from ronghe.stationing.views.steps import led_area, list_stations

PARTS = ("theme.js", "app.css", "app.js", "field.js", "icons.svg")


def list_parts() -> list[str]:
    return [static(f"ronghe/dist/{name}") for name in PARTS]


@access(may_visit)
def write_visit(request: HttpRequest) -> HttpResponse:
    """Write a visit. The form is answered with JSON where the queue of the page sends it, with a page otherwise."""
    area = led_area(request)
    me = standing_of(request.user).person_id
    wanted = read_number(request.GET.get("day", ""))
    plan = PlanDay.objects.visible_to(request.user).filter(leader_id=me, pk=wanted or 0).first()
    first = plan or PlanDay.objects.filter(leader_id=me, state=PlanDay.State.PLANNED, day=today()).first()
    cover = Cover.objects.on(today()).filter(leader_id=me).first() if first is None else None
    initial = {"unit": first.unit_id if first else cover.unit_id if cover else None, "day": min(plan.day, today()) if plan else today()}
    form = VisitForm(request.POST or None, units=list_stations(area.pk), initial=initial)
    rows = PointRows(request.POST or None, prefix="p")
    if request.method == "POST":
        visit = take_visit(request, form, rows, plan)
        if "application/json" in request.headers.get("Accept", ""):
            return answer_queue(visit, form, rows)
        if visit is not None:
            messages.success(request, _("带班记录已保存。"))
            return redirect("stationing:visit", pk=visit.pk)
    context = {
        "form": form,
        "rows": rows,
        "person": me,
        "once": request.POST.get("once") or new_key(),
        "plan": plan,
    }
    return render(request, "stationing/field.html", context, status=422 if form.is_bound else 200)


def take_visit(request: HttpRequest, form: Any, rows: Any, plan: PlanDay | None) -> Visit | None:
    """File the visit of a form that holds; None with the problems at the form."""
    if not all([form.is_valid(), rows.is_valid()]):
        return None
    once = request.POST.get("once", "")
    try:
        if len(once) < 8:
            raise ValidationError(_("这份记录没有编号,请重新打开页面。"))
        return actions.file_visit(by=request.user, once=once, points=read_points(rows), plan=plan, **form.cleaned_data)
    except PROBLEMS as problem:
        show_problem(form, problem)
        return None


def answer_queue(visit: Visit | None, form: Any, rows: Any) -> JsonResponse:
    """Tell the page's queue what became of a record: where it is, or what is wrong with it."""
    if visit is not None:
        return JsonResponse({"url": reverse("stationing:visit", args=[visit.pk]), "title": str(visit)})
    problems = [text for texts in form.errors.values() for text in texts]
    problems += [text for row in rows.errors for texts in row.values() for text in texts]
    return JsonResponse({"problems": problems or [_("没有通过检查,请打开修改。")]}, status=422)


@access(may_visit)
def give_ticket(request: HttpRequest) -> JsonResponse:
    """Say whose session this is and give the token with which the queue may be sent."""
    answer = JsonResponse({"person": standing_of(request.user).person_id, "token": get_token(request)})
    answer["Cache-Control"] = "no-store"
    return answer


@access(may_visit)
def serve_worker(request: HttpRequest) -> HttpResponse:
    """The worker that keeps the page for where there is no signal; it reaches no address outside 驻站带班."""
    parts = list_parts()
    version = sha256("".join(parts).encode()).hexdigest()[:12]
    context = {"page": reverse("stationing:field"), "parts": parts, "version": version}
    answer = render(request, "stationing/sw.js", context, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
