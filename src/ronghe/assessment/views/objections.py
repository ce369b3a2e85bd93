"""异议: asking from a mark, the list, one objection with its way, the answer."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_fsm import TransitionNotAllowed

from ronghe.assessment import actions, kernel
from ronghe.assessment.forms import AnswerForm, ObjectForm, ObjectionFilter
from ronghe.assessment.models import Objection
from ronghe.assessment.permissions import (
    is_previewer,
    is_within_term,
    may_answer,
    may_object,
    may_read_objections,
    may_run,
    may_withdraw,
    speaks_for_scored,
)
from ronghe.assessment.queries.marks import find_mark
from ronghe.assessment.queries.objections import (
    NAMES,
    TONES,
    compare_marks_of,
    describe_objection,
    filter_objections,
    is_stuck,
    list_choices,
    list_steps,
    read_light,
)
from ronghe.assessment.queries.runs import name_of, write_figures, write_mark
from ronghe.assessment.rules import ANSWER_DAYS, describe_month
from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.common.forms import read_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.common.problems import add_problem
from ronghe.documents.queries import list_documents


@access(may_read_objections)
def list_objections(request: HttpRequest) -> HttpResponse:
    """List the objections that the user may read: what is open first, by state, unit and month."""
    rows = Objection.objects.visible_to(request.user)
    periods, units = list_choices(rows)
    form = ObjectionFilter(request.GET or None, periods=periods, units=units)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = paginate(request, filter_objections(rows, chosen).select_related(*NAMES[:5]))
    day = today()
    context = {
        "form": form,
        "page": page,
        "lines": [describe_objection(row, day) for row in page.object_list],
        "is_filtered": any(chosen.values()),
    }
    return render(request, "assessment/objections.html", context)


@access(speaks_for_scored)
@submit_once
def object_to_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Doubt a mark of one's own unit: reason and proof."""
    mark = find_mark(request.user, pk)
    if mark is None:
        raise Http404
    require(may_object, request.user, mark)
    form = ObjectForm(request.POST or None, request.FILES or None, initial={"once": new_key()})
    if request.method == "POST" and form.is_valid():
        proof = form.cleaned_data["proof"]
        try:
            row = actions.object_to_mark(
                mark, reason=form.cleaned_data["reason"], proof=(proof.read(), proof.name) if proof else None, by=request.user
            )
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("异议 %(number)s 已提出,%(due)s 前答复。") % {"number": row.number, "due": row.due})
            return redirect("assessment:objection", pk=row.pk)
    scheme = kernel.scheme_of(mark.run.scheme)
    item = scheme.indicator_by_code.get(mark.indicator)
    context = {
        "form": form,
        "mark": mark,
        "name": item.name if item else mark.indicator,
        "month": describe_month(mark.run.period),
        "value": write_mark(mark, scheme.digits),
        "figures": write_figures(mark),
        "is_open": is_within_term(mark.run),
        "days": ANSWER_DAYS,
        "back": reverse("assessment:mark", args=[mark.pk]),
    }
    return render(request, "assessment/object.html", context, status=422 if form.is_bound else 200)


def get_objection(request: HttpRequest, pk: int) -> Objection:
    """Fetch an objection that the user may read, or answer 404."""
    return get_object_or_404(Objection.objects.visible_to(request.user).select_related(*NAMES), pk=pk)


@access(may_read_objections)
def show_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one objection: its way, old and new mark, the proof, and the answer's form for who may answer."""
    row = get_objection(request, pk)
    return render_objection(request, row, AnswerForm(initial={"version": row.version, "once": new_key()}))


def render_objection(request: HttpRequest, row: Objection, form: AnswerForm) -> HttpResponse:
    day, user = today(), request.user
    columns, moved = compare_marks_of(row)
    waits = row.state == Objection.State.ASKED or is_stuck(row)
    rerun = urlencode({"period": row.run.period, "reason": _("异议 %(number)s 成立") % {"number": row.number}})
    context: dict[str, Any] = {
        "row": row,
        "tone": TONES[row.state],
        "light": read_light(row, day),
        "month": describe_month(row.run.period),
        "asker": name_of(row.asked_by),
        "answerer": name_of(row.answered_by) if row.answered_by_id else "",
        "right": kernel.plain(row.right) if row.right is not None else "",
        "steps": list_steps(row, day),
        "columns": columns,
        "moved": moved,
        "documents": list_documents(row),
        "history": list_history(row),
        "form": form,
        "stuck": is_stuck(row),
        "may_answer": waits and is_previewer(user, row) and may_answer(user, row),
        "may_withdraw": row.state == Objection.State.ASKED and may_withdraw(user, row),
        "rerun_url": reverse("assessment:run-start") + f"?{rerun}" if row.state == "cured" and may_run(user, row) else "",
        "key": new_key(),
    }
    return render(request, "assessment/objection.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(is_previewer)
@submit_once
def answer_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer: it holds, with what is right, or it does not, with why."""
    row = get_objection(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render_objection(request, row, form)
    given = form.cleaned_data
    common = {"answer": given["answer"], "by": request.user, "version": given["version"]}
    try:
        if given["verdict"] == AnswerForm.REJECT:
            actions.reject_objection(row, **common)
        else:
            actions.uphold_objection(row, fault=given["verdict"], right=given["right"], **common)
    except ValidationError as problem:
        add_problem(form, problem)
    except StaleForm as stale:
        form.add_error(None, str(stale))
    except TransitionNotAllowed:
        form.add_error(None, _("这个异议已经办结,可能有人先答复了。"))
    else:
        messages.success(request, _("已答复。"))
        return redirect("assessment:objection", pk=pk)
    return render_objection(request, get_objection(request, pk), form)


@require_POST
@access(may_read_objections)
@submit_once
def withdraw_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own objection back."""
    actions.withdraw_objection(get_objection(request, pk), by=request.user, version=read_version(request))
    messages.success(request, _("异议已撤回。"))
    return redirect("assessment:objection", pk=pk)
