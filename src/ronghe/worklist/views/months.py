"""月度任务清单: one list in the order of the days; one task's page with what may be done."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out, mark_export
from ronghe.common.forms import PROBLEMS, read_version, show_problem
from ronghe.common.lights import light_for
from ronghe.common.once import new_key, submit_once
from ronghe.documents.queries import list_documents
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import months as generating
from ronghe.worklist.actions import tasks as write
from ronghe.worklist.forms import AnswerForm, FinishForm, MonthFilter, MoveForm, OfferForm, RefuseForm
from ronghe.worklist.models import MonthRun, Task
from ronghe.worklist.permissions import is_in_area, may_answer_offer, may_decide_refused, may_generate, may_work
from ronghe.worklist.queries import months as reading
from ronghe.worklist.rules.recurrence import BadRule, add_months, describe_rule, name_month, read_month

MOST = 1000
HEADS = ("日期", "事项", "类别", "责任人", "单位", "状态", "办理情况", "说明")


def read_chosen_month(request: HttpRequest) -> str:
    """Return the month of the address, or this one."""
    month = request.GET.get("month", "")
    try:
        read_month(month)
    except BadRule:
        return name_month(today())
    return month


def read_list(request: HttpRequest) -> tuple[MonthFilter, str, list[reading.MonthLine], int]:
    """Return the filter, the month, the lines, and how many there are in all."""
    month = read_chosen_month(request)
    led = reading.leads(request.user)
    standing = standing_of(request.user)
    units = (
        Unit.objects.visible_to(request.user).filter(kind__in=("station", "office")).values_list("pk", "name")
        if led and standing.is_leader
        else []
    )
    form = MonthFilter(request.GET, units=units)
    chosen = form.cleaned_data if form.is_valid() else {}
    scope = chosen.get("scope", "") if led else ""
    unit = int(chosen["unit"]) if chosen.get("unit") else None
    rows = reading.list_month(request.user, month, scope=scope, unit_id=unit)
    day, me = today(), standing.person_id or 0
    lines = [reading.describe_line(task, me, day) for task in rows[: MOST + 1]]
    return form, month, lines[:MOST], len(lines)


@access(is_in_area)
def show_month(request: HttpRequest) -> HttpResponse:
    """Show a month's list by days: what is left first to see, what is done below each day."""
    form, month, lines, total = read_list(request)
    standing = standing_of(request.user)
    area_id = min(standing.readable_areas, default=0)
    run = MonthRun.objects.visible_to(request.user).filter(area_id=area_id, month=month).first()
    context = {
        "form": form,
        "month": month,
        "earlier": add_months(month, -1),
        "later": add_months(month, 1),
        "days": reading.group_by_day(lines, today()),
        "left": sum(line.open for line in lines),
        "count": len(lines),
        "cut": total > MOST,
        "run": run,
        "leads": reading.leads(request.user),
        "led": form.data.get("scope") == "led",
        "offered": [reading.describe_line(task, standing.person_id or 0, today()) for task in reading.list_offered(request.user)],
        "may_generate": may_generate(request.user) and month >= name_month(today()),
        "once": new_key(),
    }
    return render(request, "worklist/month.html", context)


@access(is_in_area)
def print_month(request: HttpRequest) -> HttpResponse:
    """Print just what the list shows."""
    form, month, lines, _total = read_list(request)
    standing = standing_of(request.user)
    led = form.data.get("scope") == "led"
    context = {
        "lines": lines,
        "page_title": _("%(month)s月度任务清单") % {"month": f"{int(month[:4])}年{int(month[5:])}月"},
        "who": _("所辖单位") if led else standing.name,
        "led": led,
        "back_url": f"/worklist/month/?{request.GET.urlencode()}",
        "mark": mark_export(request.user, what=_("打印月度任务清单"), rows=len(lines), area_id=min(standing.readable_areas, default=None)),
    }
    return render(request, "worklist/print_month.html", context)


@access(is_in_area)
def export_month(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, month, lines, _total = read_list(request)
    rows = [[line.due, line.title, line.kind, line.owner, line.unit, line.state, line.result, line.remark] for line in lines]
    return hand_out(
        request.user, what=_("月度任务清单"), sheets=[Sheet(f"{month}任务", HEADS, rows)], name=f"月度任务清单-{month}",
        area_id=min(standing_of(request.user).readable_areas, default=None),
    )  # fmt: skip


@require_POST
@access(may_generate)
@submit_once
def generate(request: HttpRequest) -> HttpResponse:
    """Generate a month now instead of on its first day: after a guide was adopted, or ahead of a holiday."""
    areas = [post.area_id for post in standing_of(request.user).posts if may_generate(request.user, Unit(area_id=post.area_id))]
    area = get_object_or_404(Unit, pk=areas[0] if areas else 0)
    month = read_chosen_month(request)
    if name_month(today()) <= month <= add_months(name_month(today()), 1):
        run = generating.generate_month(area, month, by=request.user)
        messages.success(request, _("%(month)s共有 %(n)d 项任务。") % {"month": month, "n": run.made})
        if run.skipped:
            messages.info(request, _("%(n)d 项本月已过日期,没有补。") % {"n": run.skipped})
    else:
        messages.warning(request, _("只生成本月和下个月的。"))
    return redirect(f"/worklist/month/?month={month}&scope=led")


def get_task(request: HttpRequest, pk: int) -> Task:
    """Fetch a task of a month's list that the user may read, or answer 404."""
    rows = Task.objects.visible_to(request.user).exclude(key="")
    return get_object_or_404(rows.select_related("owner", "unit", "item__guide", "offered_to", "refused_by", "post"), pk=pk)


@access(is_in_area)
def show_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task: what, how, and what may be done with it."""
    return render_task(request, get_task(request, pk))


def render_task(request: HttpRequest, task: Task, *, status: int = 200, **bound: Any) -> HttpResponse:
    """Render a task's page; a form with problems stands in its place with what was typed."""
    is_open = task.state == Task.State.OPEN
    mine = is_open and may_work(request.user, task)
    refused = is_open and task.refused_by_id is not None and may_decide_refused(request.user, task)
    people = (
        Person.objects.filter(area_id=task.area_id, left_on=None, user__is_active=True).exclude(pk=task.owner_id).select_related("unit")
        if mine
        else None
    )
    context = {
        "task": task,
        "light": light_for(task.due, today(), done=not is_open),
        "when": describe_rule(task.item.rule) if task.item else "",
        "is_open": is_open,
        "mine": mine,
        "finish_form": bound.get("finish") or (FinishForm(task=task) if mine else None),
        "move_form": bound.get("move") or (MoveForm(initial={"due": task.due}) if mine else None),
        "offer_form": bound.get("offer") or (OfferForm(people=people) if mine else None),
        "refuse_form": bound.get("refuse") or (RefuseForm() if mine and task.refused_by_id is None else None),
        "answer_form": bound.get("answer") or (AnswerForm() if refused else None),
        "opened": next(iter(bound), ""),
        "may_answer_offer": is_open and may_answer_offer(request.user, task),
        "may_resume": task.state == Task.State.DONE and may_work(request.user, task) and task.was_settled_on(today()),
        "documents": list_documents(task),
        "history": list_history(task),
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "worklist/task.html", context, status=status)


def back(request: HttpRequest, task: Task) -> HttpResponse:
    """Go back to the list from which the tap came, else to the task."""
    where = request.POST.get("back", "")
    return redirect(where if url_has_allowed_host_and_scheme(where, {request.get_host()}) else task.url)


@require_POST
@access(is_in_area)
@submit_once
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Done."""
    task = get_task(request, pk)
    form = FinishForm(request.POST, request.FILES, task=task)
    if form.is_valid():
        file = form.cleaned_data.get("photo")
        photo = (file.name, file.read()) if file else None
        try:
            write.finish_task(task, by=request.user, line=form.cleaned_data["line"], photo=photo, version=read_version(request))
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已办结:%(title)s") % {"title": task.title})
            return back(request, task)
    return render_task(request, get_task(request, pk), status=422, finish=form)


@require_POST
@access(is_in_area)
@submit_once
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Move, hand on, refuse, or answer what was refused: a form each on the task's page."""
    task = get_task(request, pk)
    people = Person.objects.filter(area_id=task.area_id, left_on=None, user__is_active=True).select_related("unit")
    steps: dict[str, tuple[Any, Any, str]] = {
        "move": (MoveForm(request.POST), write.move_task, _("已改期。")),
        "offer": (OfferForm(request.POST, people=people), write.offer_task, _("已请对方接收;接收之前仍由您办理。")),
        "refuse": (RefuseForm(request.POST), write.refuse_task, _("已退回给上级处理。")),
        "answer": (AnswerForm(request.POST), write.answer_refused, _("已答复。")),
    }
    if verb not in steps:
        return redirect(task.url)
    form, act, done = steps[verb]
    if form.is_valid():
        try:
            act(task, by=request.user, version=read_version(request), **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, done)
            return redirect("worklist:month") if verb in ("refuse", "answer") else redirect(task.url)
    return render_task(request, get_task(request, pk), status=422, **{verb: form})


@require_POST
@access(is_in_area)
@submit_once
def press(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One-button answers: accept, decline, withdraw, resume."""
    task = get_task(request, pk)
    version = read_version(request)
    if verb in ("accept", "decline"):
        task = write.answer_offer(task, by=request.user, accept=verb == "accept", version=version)
        messages.success(request, _("已接收,现在由您办理。") if verb == "accept" else _("没有接收,仍由原责任人办理。"))
        return redirect(task.url if verb == "accept" else "worklist:month")
    if verb == "withdraw":
        write.withdraw_offer(task, by=request.user, version=version)
        messages.success(request, _("已收回。"))
    elif verb == "resume":
        write.resume_task(task, by=request.user, version=version)
        messages.success(request, _("已撤回,任务重新打开。"))
    return redirect(task.url)
