"""One step: its form with a draft that saves itself, handing it over, asking for an exception."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access, require
from ronghe.common.drafts import DraftBox, answer_draft
from ronghe.common.once import submit_once
from ronghe.common.own_fields import OwnForm
from ronghe.decisions import actions, forms, permissions
from ronghe.decisions.models import Matter, Step
from ronghe.decisions.queries.matters import label_step
from ronghe.decisions.views.matters import get_matter
from ronghe.decisions.views.moves import move
from ronghe.documents.queries import list_documents
from ronghe.rectification.queries import list_takers


def get_step(request: HttpRequest, pk: int, step: int) -> tuple[Matter, Step]:
    matter = get_matter(request, pk)
    row = get_object_or_404(Step, pk=step, matter=matter)
    row.matter = matter
    return matter, row


@access(permissions.may_prepare)
@submit_once
def take_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Fill in the form of the open step and complete it. What is typed is kept as a draft while it is typed."""
    matter, row = get_step(request, pk, step)
    require(permissions.may_prepare, request.user, row)
    fields = matter.edition.list_fields(row.form)
    values = row.draft or row.values
    form = OwnForm(request.POST if request.method == "POST" else None, fields=fields, values=values)
    proof = forms.ProofForm(request.POST or None, request.FILES or None)
    label = label_step(row, matter)
    if form.is_bound and not proof.is_valid():
        form.add_error(None, _("请检查证明材料。"))

    def act(values: dict[str, Any], version: int | None) -> Step:
        files = [(one.name, one.read()) for one in proof.cleaned_data["materials"] if one]
        return actions.complete_step(row, form.read_values(), files=files, by=request.user, version=version)

    return move(
        request, matter, form, act,
        done=_("材料已备齐,可以列入议程。") if row.is_meeting else _("已完成“%(step)s”。") % {"step": label},
        heading=label, version=row.version, template="decisions/step.html", step=row, parts=form.list_parts(), proof=proof,
        needs_proof=matter.edition.needs_proof(row.form), files=list_documents(row),
        basis=matter.edition.front_basis if row.kind == "front" else "", box=DraftBox(row, reverse("decisions:step-draft", args=[pk, step])),
    )  # fmt: skip


@require_POST
@access(permissions.may_prepare)
def keep_draft(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Save what is typed so far; answers with the line that says so and the number of the draft."""
    matter, row = get_step(request, pk, step)
    require(permissions.may_prepare, request.user, row)
    fields = matter.edition.list_fields(row.form)
    return answer_draft(request, fields, lambda values, **which: actions.save_draft(row, values, by=request.user, **which))


@access(permissions.may_reassign)
@submit_once
def reassign(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Give a step another owner or date."""
    matter, row = get_step(request, pk, step)
    require(permissions.may_reassign, request.user, matter)
    people = list(list_takers(matter.area_id).select_related("unit"))
    form = forms.ReassignForm(request.POST or None, people=people, initial={"owner": str(row.owner_id)})
    return move(
        request, matter, form, lambda values, version: actions.reassign_step(row, by=request.user, version=version, **values),
        done=_("已改派。"), heading=_("改派:%(step)s") % {"step": label_step(row, matter)}, version=row.version,
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def ask_exception(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Ask that the open step be passed over."""
    matter, row = get_step(request, pk, step)
    require(permissions.may_ask_exception, request.user, row)
    form = forms.TextForm(request.POST or None, name="reason", label=_("为什么要例外,怎样补救"))
    return move(
        request, matter, form, lambda values, _version: actions.ask_exception(row, by=request.user, **values),
        done=_("例外已登记为一个事项:先由纪检小组出具意见,再由有权的人批准。"), heading=_("申请例外:%(step)s") % {"step": label_step(row, matter)},
        version=row.version, note=_("例外本身是一个决策事项,记入台账。申请人和责任人不能批准。"),
    )  # fmt: skip
