"""The steps of an idea: each a page with a form, or one button."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access, require
from ronghe.common.forms import carry_out, posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.initiatives import actions, forms, permissions
from ronghe.initiatives.models import Idea, Share
from ronghe.initiatives.queries import detail
from ronghe.initiatives.queries.terms import list_able, list_credible
from ronghe.initiatives.rules import list_levels
from ronghe.initiatives.views.ideas import get_idea, summarise

FIRST_ROWS, MORE_ROWS = 3, 2


STEP_STATES = {"withdraw": "proposed", "decide": "proposed", "stop": "doing", "finish": "doing", "verify": "verifying", "share": "verified"}


def open_step(step: str, may: Callable[..., bool]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Open a step's page for whoever may take it. Where somebody has taken it meanwhile (in another tab), say what became of it."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def show(request: HttpRequest, pk: int) -> HttpResponse:
            idea = get_idea(request, pk)
            if not may(request.user, idea) and idea.state != STEP_STATES.get(step, idea.state):
                text = _("这一步已经办过:%(number)s 现在是“%(state)s”。")
                messages.info(request, text % {"number": idea.number, "state": idea.get_state_display()})
                return redirect("initiatives:idea", pk=pk)
            require(may, request.user, idea)
            return view(request, idea)

        return show

    return wrap


def take_step(
    request: HttpRequest,
    idea: Idea,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    heading: str,
    template: str = "",
    **extra: Any,
) -> HttpResponse:
    """Carry out a form's action and go to the idea; what the action refuses is shown at the form, with what is saved now above it."""
    if carry_out(request, form, act, done=done):
        return redirect("initiatives:idea", pk=idea.pk)
    if form.is_bound:
        idea = get_idea(request, idea.pk)
    context = {**summarise(idea), "form": form, "heading": heading, "once": request.POST.get("once") or new_key(), **extra}
    return render(request, template or "initiatives/step.html", context, status=422 if form.is_bound else 200)


def read_files(values: dict[str, Any]) -> list[tuple[str, bytes]]:
    return [(one.name, one.read()) for one in values["materials"]]


@access(permissions.may_withdraw)
@submit_once
@open_step("withdraw", permissions.may_withdraw)
def withdraw(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Take one's idea back."""
    form = forms.ReasonForm(request.POST or None)
    return take_step(
        request,
        idea,
        form,
        lambda values: actions.withdraw_idea(idea, by=request.user, version=posted_version(request), **values),
        done=_("已撤回。"),
        heading=_("撤回建议"),
    )


@access(permissions.may_decide)
@submit_once
@open_step("decide", permissions.may_decide)
def decide(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Take an idea up, or not."""
    accepting = request.POST.get("verdict") == "accept"
    people = list(list_able(idea.area_id).select_related("unit"))
    form = forms.DecideForm(request.POST or None, people=people, initial={"owner": str(idea.proposer_id)})
    if form.is_bound and form.is_valid():
        form.check(accepting=accepting)

    def act(values: dict[str, Any]) -> None:
        given = {"by": request.user, "note": values["note"], "version": posted_version(request)}
        if accepting:
            actions.accept_idea(idea, owner=values["owner"], due=values["due"], **given)
        else:
            actions.decline_idea(idea, **given)

    return take_step(
        request,
        idea,
        form,
        act,
        done=_("已采纳。") if accepting else _("未采纳,理由已告知提出人。"),
        heading=_("受理建议"),
        template="initiatives/decide.html",
        alike=detail.list_likenesses(idea),
        last_level=idea.level >= len(list_levels(idea.kind)) - 1,
    )


@access(permissions.may_stop)
@submit_once
@open_step("stop", permissions.may_stop)
def stop(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Give an idea up that is being done."""
    form = forms.ReasonForm(request.POST or None)
    return take_step(
        request,
        idea,
        form,
        lambda values: actions.stop_idea(idea, by=request.user, version=posted_version(request), **values),
        done=_("已终止。"),
        heading=_("终止实施"),
    )


@access(permissions.may_reassign)
@submit_once
@open_step("reassign", permissions.may_reassign)
def reassign(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Give the step that is next to another."""
    form = forms.ReassignForm(request.POST or None, people=list(list_able(idea.area_id).select_related("unit")))
    return take_step(
        request,
        idea,
        form,
        lambda values: actions.reassign_idea(idea, by=request.user, version=posted_version(request), **values),
        done=_("已改派。"),
        heading=_("改派"),
    )


@access(permissions.may_finish)
@submit_once
@open_step("finish", permissions.may_finish)
def finish(request: HttpRequest, idea: Idea) -> HttpResponse:
    """File what was done, with documents; made for a phone first."""
    form = forms.FinishForm(request.POST, request.FILES) if request.method == "POST" else forms.FinishForm()

    def act(values: dict[str, Any]) -> None:
        actions.finish_idea(idea, text=values["text"], files=read_files(values), by=request.user, version=posted_version(request))

    done = _("成果已提交,等经营核实效益。")
    return take_step(request, idea, form, act, done=done, heading=_("提交成果"), template="initiatives/finish.html")


@access(permissions.may_verify)
@submit_once
@open_step("verify", permissions.may_verify)
def verify(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Say what the benefit is, or send the result back."""
    verifying = request.POST.get("verdict") == "verify"
    form = forms.VerifyForm(request.POST, request.FILES) if request.method == "POST" else forms.VerifyForm()
    if form.is_bound and form.is_valid():
        form.check(verifying=verifying)

    def act(values: dict[str, Any]) -> None:
        given: dict[str, Any] = {"by": request.user, "version": posted_version(request)}
        if verifying:
            actions.verify_benefit(idea, benefit=values["benefit"], measured=values["measured"], files=read_files(values), **given)
        else:
            actions.return_result(idea, note=values["measured"], **given)

    return take_step(
        request,
        idea,
        form,
        act,
        done=_("效益已核实。") if verifying else _("已退回。"),
        heading=_("核实效益"),
        template="initiatives/verify.html",
        proofs=detail.list_proofs(idea),
    )


@access(permissions.may_share)
@submit_once
@open_step("share", permissions.may_share)
def share(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Propose who added what part."""
    people = list(list_credible(idea.area_id).exclude(pk=idea.verified_by_id or 0).select_related("unit"))
    form = Form(request.POST or None)
    if "more" in request.POST:
        form, rows = Form(), forms.copy_rows(forms.ShareForm, "s", request.POST, people, more=MORE_ROWS)
    else:
        rows = forms.build_rows(forms.ShareForm, "s", request.POST or None, people, rows=0, typed=first_shares(idea))

    def act(values: dict[str, Any]) -> None:
        actions.propose_shares(idea, forms.read_parts(rows), by=request.user, version=posted_version(request))

    if form.is_bound and not rows.is_valid():
        form.add_error(None, _("请改正标出的问题。"))
    return take_step(
        request,
        idea,
        form,
        act,
        done=_("份额已提出;其他人都同意后计入贡献。"),
        heading=_("商定贡献份额"),
        template="initiatives/shares.html",
        rows=rows,
        shares=detail.list_shares(idea, request.user),
    )


def first_shares(idea: Idea) -> list[dict[str, Any]]:
    """Return the rows to start from: the last proposal, else the proposer and the owner; with empty ones below."""
    last = Share.objects.filter(idea=idea, round=idea.share_round)
    rows: list[dict[str, Any]] = [{"person": str(row.person_id), "percent": row.percent, "work": row.work} for row in last]
    if not rows:
        rows = [{"person": str(idea.proposer_id), "work": _("提出建议")}]
        if idea.owner_id and idea.owner_id != idea.proposer_id:
            rows.append({"person": str(idea.owner_id), "work": _("组织实施")})
        else:
            rows[0] = {"person": str(idea.proposer_id), "work": _("提出并实施"), "percent": 100}
    return [*rows, *({} for _row in range(max(1, FIRST_ROWS - len(rows))))]


@require_POST
@access(permissions.is_in_area)
@submit_once
def answer(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Agree to one's own share, or not."""
    idea = get_idea(request, pk)
    share_row = get_object_or_404(Share.objects.visible_to(request.user), pk=row, idea=idea)
    agreed = request.POST.get("verdict") == "agree"
    note = request.POST.get("note", "")[:300]
    if not agreed and not note.strip():
        messages.error(request, _("不同意请写明理由。"))
        return redirect("initiatives:idea", pk=pk)
    actions.answer_share(share_row, agreed=agreed, note=note, by=request.user)
    messages.success(request, _("已同意。") if agreed else _("已告知提出份额的人,请他们重新商定。"))
    return redirect("initiatives:idea", pk=pk)
