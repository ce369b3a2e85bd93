"""批次: the list and the reviewers' queue, one batch, and the buttons on it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import HistoryLine, list_history
from ronghe.common.access import access
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.forms import read_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.common.rows import build_heads, build_rows
from ronghe.documents.queries import list_documents
from ronghe.figures.actions import batches as write
from ronghe.figures.actions.evidence import attach_evidence
from ronghe.figures.actions.reviews import confirm_batch, return_batch
from ronghe.figures.forms import BatchFilter, ReasonForm
from ronghe.figures.models import Batch
from ronghe.figures.permissions import may_report_anywhere, may_review, reads_figures, writes_batch
from ronghe.figures.queries.batches import HEADS, build_lines, describe_figures, list_batches
from ronghe.org.permissions import is_reviewer

NOTE_LENGTH = 200


@access(reads_figures)
def show_list(request: HttpRequest) -> HttpResponse:
    """Show batches, newest first; filters: state, month, number or unit."""
    form = BatchFilter(request.GET, user=request.user)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = list_batches(request.user)
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("period"):
        rows = rows.filter(period=chosen["period"])
    if chosen.get("text"):
        rows = rows.filter(Q(number__icontains=chosen["text"]) | Q(unit__name__icontains=chosen["text"]))
    page = paginate(request, rows)
    return render_list(request, page, form=form)


@access(is_reviewer)
def show_queue(request: HttpRequest) -> HttpResponse:
    """Show the batches that wait for review, the oldest first."""
    page = paginate(request, list_batches(request.user).filter(state=Batch.State.SUBMITTED).order_by("submitted_at", "id"))
    return render_list(request, page, form=None)


def render_list(request: HttpRequest, page: Page, *, form: BatchFilter | None) -> HttpResponse:
    """Render the list of batches; without a filter it is the reviewers' queue."""
    table = {"heads": build_heads(HEADS), "rows": build_rows(HEADS, build_lines(list(page)))}
    return render(request, "figures/batches.html", {"form": form, "page": page, "queue": form is None, "table": table})


def get_batch(request: HttpRequest, pk: int) -> Batch:
    """Fetch a batch of which the user may read something, or answer 404. Every action asks for itself who may."""
    rows = Batch.objects.telling(request.user).select_related("unit", "period", "author__person", "decided_by__person", "replaces")
    return get_object_or_404(rows, pk=pk)


@access(reads_figures)
def show_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a batch: each figure beside last month and target, its files, its history, and what may be done with it."""
    return render_batch(request, get_batch(request, pk))


def render_batch(request: HttpRequest, batch: Batch, problem: str = "", typed: str = "") -> HttpResponse:
    """Render a batch's page; with a problem what was typed is kept and the answer is 422."""
    user, state = request.user, batch.state
    writes = writes_batch(user, batch)
    lines = describe_figures(batch, user)
    is_whole = Batch.objects.visible_to(user).filter(pk=batch.pk).exists()
    context: dict[str, Any] = {
        "batch": batch,
        "lines": lines,
        "many_units": len({line.unit for line in lines}) > 1,
        "doubtful": sum(line.is_doubtful for line in lines),
        "documents": list_documents(batch) if is_whole else [],
        "is_whole": is_whole,
        "history": [shorten_line(line) for line in list_history(batch)],
        "corrections": list(batch.corrections.all()),
        "once": new_key(),
        "problem": problem,
        "typed": typed,
        "may_review": state == Batch.State.SUBMITTED and may_review(user, batch),
        "must_not_review": state == Batch.State.SUBMITTED and is_reviewer(user, batch) and not may_review(user, batch),
        "may_edit": writes and batch.is_editable,
        "may_withdraw": writes and state == Batch.State.SUBMITTED,
        "may_correct": writes and state == Batch.State.CONFIRMED and any(line.in_force for line in lines),
        "may_attach": writes and state not in (Batch.State.CONFIRMED, Batch.State.DROPPED),
    }
    return render(request, "figures/batch.html", context, status=422 if problem else 200)


@access(is_reviewer)
@require_POST
@submit_once
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a batch as true."""
    batch = confirm_batch(get_batch(request, pk), by=request.user, version=read_version(request))
    messages.success(request, _("已确认批次 %(number)s,数值生效。") % {"number": batch.number})
    return redirect("figures:batch", pk=pk)


@access(is_reviewer)
@require_POST
@submit_once
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a batch with its reason."""
    batch = get_batch(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render_batch(request, batch, _("请写明退回原因,填报人才知道要改什么。"), request.POST.get("reason", ""))
    try:
        return_batch(batch, reason=form.cleaned_data["reason"], by=request.user, version=read_version(request))
    except StaleForm as stale:
        return render_batch(request, get_batch(request, pk), str(stale), form.cleaned_data["reason"])
    messages.success(request, _("已退回批次 %(number)s。") % {"number": batch.number})
    return redirect("figures:batch", pk=pk)


@access(may_report_anywhere)
@require_POST
@submit_once
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in a draft."""
    batch = write.submit_batch(get_batch(request, pk), by=request.user, version=read_version(request))
    messages.success(request, _("已提交批次 %(number)s,等待审核。") % {"number": batch.number})
    return redirect("figures:batch", pk=pk)


@access(may_report_anywhere)
@require_POST
@submit_once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a batch that nobody has decided on."""
    batch = write.withdraw_batch(get_batch(request, pk), by=request.user)
    messages.success(request, _("已撤回,可以继续修改。"))
    return redirect("figures:form", pk=batch.period_id, unit=batch.unit_id)


@access(may_report_anywhere)
@require_POST
@submit_once
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a draft."""
    batch = write.drop_batch(get_batch(request, pk), by=request.user)
    messages.success(request, _("批次 %(number)s 已作废,记录保留。") % {"number": batch.number})
    return redirect("figures:home")


@access(may_report_anywhere)
@require_POST
@submit_once
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a correction of a confirmed batch and go on to its form."""
    batch = get_batch(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render_batch(request, batch, _("请写明更正原因。"), request.POST.get("reason", ""))
    try:
        draft = write.start_correction(batch, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as refused:
        return render_batch(request, batch, " ".join(refused.messages), form.cleaned_data["reason"])
    return redirect("figures:form", pk=draft.period_id, unit=draft.unit_id)


@access(may_report_anywhere)
@require_POST
@submit_once
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a file to a batch that is not confirmed yet."""
    batch = get_batch(request, pk)
    upload = request.FILES.get("file")
    if upload is None:
        return render_batch(request, batch, _("请选择要上传的文件。"))
    try:
        attach_evidence(batch, data=upload.read(), name=upload.name or "", by=request.user)
    except Refused as refused:
        return render_batch(request, batch, " ".join(refused.messages))
    messages.success(request, _("附件已上传。"))
    return redirect("figures:batch", pk=pk)


def shorten_line(line: HistoryLine) -> HistoryLine:
    """Cut a line that names hundreds of figures; the table above shows them all, the audit keeps them all."""
    return line if len(line.note) <= NOTE_LENGTH else replace(line, note=f"{line.note[:NOTE_LENGTH]}…")
