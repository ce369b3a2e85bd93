"""The steps of an item: each a page with a form, or one button."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common import steps
from ronghe.common.access import access, require
from ronghe.common.forms import PROBLEMS, posted_version, show_problem
from ronghe.common.once import submit_once
from ronghe.rectification import actions, forms, permissions, queries
from ronghe.rectification.models import Item, Measure, Request
from ronghe.rectification.queries import detail
from ronghe.rectification.views.items import FIRST_ROWS, copy_rows, get_item, item_context, summarise


def take_step(
    request: HttpRequest,
    item: Item,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    heading: str,
    template: str = "",
    **extra: Any,
) -> HttpResponse:
    """Carry out a form's action and go to the item; what the action refuses is shown at the form, with what is saved now above it."""
    return steps.take_step(
        request, form, act, done=done, back=reverse("rectification:item", args=[item.pk]), template=template or "rectification/step.html",
        describe=lambda: summarise(get_item(request, item.pk) if form.is_bound else item), heading=heading, **extra,
    )  # fmt: skip


def list_people(item: Item) -> list[Any]:
    """Return who can be charged in the item's area."""
    return list(queries.list_takers(item.area_id).select_related("unit"))


@access(permissions.may_plan)
@submit_once
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the cause and the measures, or add measures while the cure runs."""
    item = get_item(request, pk)
    require(permissions.may_plan, request.user, item)
    people = list_people(item)
    if "more" in request.POST:
        form, rows = forms.PlanForm(initial=request.POST.dict()), copy_rows(request, people)
    else:
        form = forms.PlanForm(request.POST or None, initial={"cause": item.cause})
        rows = forms.build_measures(request.POST or None, people, rows=FIRST_ROWS)

    def act(values: dict[str, Any]) -> None:
        actions.plan_cure(item, cause=values["cause"], measures=forms.read_measures(rows), by=request.user, version=posted_version(request))

    if form.is_bound and not rows.is_valid():
        form.add_error(None, _("请改正措施中标出的问题。"))
    fresh = item.state in ("open", "recurred")
    return take_step(
        request,
        item,
        form,
        act,
        done=_("方案已定,整改开始。") if fresh else _("措施已补充。"),
        heading=_("制定整改方案") if fresh else _("补充措施"),
        template="rectification/plan.html",
        rows=rows,
        measures=detail.list_measures(item),
    )


def change_measure(request: HttpRequest, pk: int, measure: int, act: Callable[..., Measure], done: str) -> HttpResponse:
    item = get_item(request, pk)
    row = get_object_or_404(Measure, pk=measure, item=item)
    act(row, by=request.user)
    messages.success(request, done)
    return redirect("rectification:proof" if request.POST.get("from") == "proof" else "rectification:item", pk=pk)


@require_POST
@access(permissions.may_finish_measure)
@submit_once
def finish_measure(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Note a measure as carried out."""
    return change_measure(request, pk, measure, actions.finish_measure, _("措施已登记完成。"))


@require_POST
@access(permissions.may_finish_measure)
@submit_once
def resume_measure(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Take that note back."""
    return change_measure(request, pk, measure, actions.resume_measure, _("已撤回,措施继续落实。"))


@access(permissions.may_prove)
@submit_once
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """File what was done, with documents; made for a phone first."""
    item = get_item(request, pk)
    require(permissions.may_prove, request.user, item)
    form = forms.ProofForm(request.POST or None, request.FILES or None) if request.method == "POST" else forms.ProofForm()
    measures = detail.list_measures(item, request.user)

    def act(values: dict[str, Any]) -> None:
        files = [(one.name, one.read()) for one in values["materials"]]
        actions.file_proof(item, text=values["text"], files=files, by=request.user, version=posted_version(request))

    return take_step(
        request,
        item,
        form,
        act,
        done=_("证明已提交,等 %(name)s 验证。") % {"name": item.verifier.name},
        heading=_("提交整改证明"),
        template="rectification/proof.html",
        measures=measures,
        left=sum(1 for line in measures if not line.done),
    )


@access(permissions.may_verify)
@submit_once
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at the proof and close or return."""
    item = get_item(request, pk)
    require(permissions.may_verify, request.user, item)
    closing = request.POST.get("verdict") == "close"
    form = forms.VerifyForm(request.POST or None)

    def act(values: dict[str, Any]) -> None:
        given = {"by": request.user, "note": values["note"], "version": posted_version(request)}
        if closing:
            actions.close_item(item, **given)
        else:
            actions.return_item(item, due=values["due"], **given)

    return take_step(
        request,
        item,
        form,
        act,
        done=_("已销号。") if closing else _("已退回 %(name)s。") % {"name": item.owner.name},
        heading=_("验证整改"),
        template="rectification/verify.html",
        proofs=detail.list_proofs(item)[:1],
        measures=detail.list_measures(item),
    )


@access(permissions.may_ask_move)
@submit_once
def ask_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another deadline, of the item or of one measure."""
    item = get_item(request, pk)
    require(permissions.may_ask_move, request.user, item)
    form = forms.MoveForm(request.POST or None, item=item)
    return take_step(
        request,
        item,
        form,
        lambda values: actions.ask_move(item, by=request.user, version=posted_version(request), **values),
        done=_("延期申请已提交,批准前仍按原期限。"),
        heading=_("申请延期"),
    )


@access(permissions.may_ask_void)
@submit_once
def ask_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that the item be ended as 不成立."""
    item = get_item(request, pk)
    require(permissions.may_ask_void, request.user, item)
    form = forms.ReasonForm(request.POST or None)
    return take_step(
        request,
        item,
        form,
        lambda values: actions.ask_void(item, by=request.user, version=posted_version(request), **values),
        done=_("申请已提交,须由另一人批准。"),
        heading=_("申请认定不成立"),
    )


@require_POST
@access(permissions.may_decide)
@submit_once
def decide(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Approve or decline a request."""
    item = get_item(request, pk)
    asked = get_object_or_404(Request, pk=row, item=item)
    approved = request.POST.get("verdict") == "approve"
    form = forms.DecideForm(request.POST)
    if form.is_valid():
        try:
            actions.decide_request(asked, approved=approved, by=request.user, note=form.cleaned_data["note"])
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已批准。") if approved else _("未批准,已告知申请人。"))
            return redirect("rectification:item", pk=pk)
    return render(request, "rectification/item.html", item_context(request, get_item(request, pk), decide_form=form), status=422)


@access(permissions.may_reopen)
@submit_once
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Reopen a closed item whose problem came back."""
    item = get_item(request, pk)
    require(permissions.may_reopen, request.user, item)
    form = forms.ReopenForm(request.POST or None, people=list_people(item), initial={"owner": str(item.owner_id)})
    return take_step(
        request,
        item,
        form,
        lambda values: actions.reopen_item(item, by=request.user, version=posted_version(request), **values),
        done=_("已按“重复发生”重新打开。"),
        heading=_("重复发生,重新打开"),
    )


@access(permissions.may_hand_over)
@submit_once
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the item another owner or verifier."""
    item = get_item(request, pk)
    require(permissions.may_hand_over, request.user, item)
    form = forms.ReassignForm(request.POST or None, people=list_people(item))
    return take_step(
        request,
        item,
        form,
        lambda values: actions.reassign_item(item, by=request.user, version=posted_version(request), **values),
        done=_("已改派。"),
        heading=_("改派"),
    )
