"""What else may be done with a matter: each a small form over one action."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.access import access, require
from ronghe.common.forms import read_version
from ronghe.common.once import submit_once
from ronghe.common.steps import take_step
from ronghe.decisions import actions, forms, permissions
from ronghe.decisions.models import Assignment, Matter, Stop
from ronghe.decisions.views.matters import get_matter, summarise
from ronghe.rectification.queries import list_takers


def move(
    request: HttpRequest, matter: Matter, form: Form, act: Callable[[dict[str, Any], int | None], Any], *, done: Any, heading: str, version: int,
    template: str = "decisions/act.html", **extra: Any,
) -> HttpResponse:  # fmt: skip
    """Carry out a form's action and go to the matter; what is refused is shown at the form, with what is saved now above it."""
    return take_step(
        request, form, lambda values: act(values, read_version(request)), done=done, back=reverse("decisions:matter", args=[matter.pk]),
        template=template, describe=lambda: summarise(get_matter(request, matter.pk) if form.is_bound else matter), heading=heading, row_version=version, **extra,
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def decide_exception(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve an exception or decline it."""
    matter = get_matter(request, pk)
    require(permissions.may_except, request.user, matter.excepts.matter if matter.excepts else matter)
    form = forms.ApproveForm(request.POST or None)
    return move(
        request, matter, form,
        lambda values, version: actions.decide_exception(
            matter, approved=values["approved"] == "yes", note=values["note"], by=request.user, version=version
        ),
        done=_("已办理。"), heading=_("批准或不批准例外"), version=matter.version, note=matter.text,
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def decide_urgently(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a decision that could not wait for the meeting."""
    matter = get_matter(request, pk)
    require(permissions.may_decide_urgently, request.user, matter)
    form = forms.UrgentForm(request.POST or None)
    return move(
        request, matter, form, lambda values, version: actions.decide_urgently(matter, by=request.user, version=version, **values),
        done=_("已记录紧急决定,追认之前一直亮红灯。"), heading=_("紧急决定"), version=matter.version,
        note=_("决策之前的步骤不再办理,记录写明;须由有权决定的会议追认,追认之前亮红灯,不能完成后评估。"),
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a matter back before it is decided."""
    matter = get_matter(request, pk)
    require(permissions.may_withdraw, request.user, matter)
    form = forms.TextForm(request.POST or None, name="reason", label=_("撤回的原因"))
    return move(
        request, matter, form, lambda values, version: actions.withdraw_matter(matter, by=request.user, version=version, **values),
        done=_("已撤回,记录保留。"), heading=_("撤回"), version=matter.version,
    )  # fmt: skip


@access(permissions.may_judge_split)
@submit_once
def judge_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a flagged sum was split."""
    matter = get_matter(request, pk)
    require(permissions.may_judge_split, request.user, matter)
    form = forms.SplitForm(request.POST or None)
    return move(
        request, matter, form,
        lambda values, version: actions.judge_split(
            matter, is_split=values["is_split"] == "yes", note=values["note"], by=request.user, version=version
        ),
        done=_("核实结果已记录。"), heading=_("核实拆分"), version=matter.version, note=matter.split_why,
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """警示叫停."""
    matter = get_matter(request, pk)
    require(permissions.may_stop, request.user, matter)
    form = forms.StopForm(request.POST or None)
    return move(
        request, matter, form, lambda values, version: actions.stop_matter(matter, by=request.user, version=version, **values),
        done=_("已叫停。纠正、复议并由另一人恢复之前,任何一步都不能办理。"), heading=_("警示叫停"), version=matter.version,
    )  # fmt: skip


def get_stop(request: HttpRequest, pk: int, stop: int) -> tuple[Matter, Stop]:
    matter = get_matter(request, pk)
    row = get_object_or_404(Stop, pk=stop, matter=matter)
    return matter, row


@access(permissions.is_in_area)
@submit_once
def cure(request: HttpRequest, pk: int, stop: int) -> HttpResponse:
    """Report the cure of a stop."""
    matter, row = get_stop(request, pk, stop)
    form = forms.TextForm(request.POST or None, name="cure", label=_("纠正情况"))
    return move(
        request, matter, form, lambda values, version: actions.report_cure(row, by=request.user, version=version, **values),
        done=_("纠正情况已报告,等复议。"), heading=_("报告纠正情况"), version=row.version, note=_("叫停理由:%(ground)s") % {"ground": row.ground},
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def reconsider(request: HttpRequest, pk: int, stop: int) -> HttpResponse:
    """Judge the cure of a stop."""
    matter, row = get_stop(request, pk, stop)
    require(permissions.may_stop, request.user, matter)
    form = forms.ReconsiderForm(request.POST or None)
    return move(
        request, matter, form,
        lambda values, version: actions.reconsider(
            row, accepted=values["accepted"] == "yes", opinion=values["opinion"], by=request.user, version=version
        ),
        done=_("复议意见已记录。"), heading=_("复议"), version=row.version, note=_("纠正情况:%(cure)s") % {"cure": row.cure},
    )  # fmt: skip


@access(permissions.may_resume)
@submit_once
def resume(request: HttpRequest, pk: int, stop: int) -> HttpResponse:
    """Let a cured matter go on."""
    matter, row = get_stop(request, pk, stop)
    require(permissions.may_resume, request.user, matter)
    form = forms.TextForm(request.POST or None, name="note", label=_("恢复意见"))
    return move(
        request, matter, form, lambda values, version: actions.resume_matter(row, by=request.user, version=version, **values),
        done=_("已恢复办理,期限顺延。"), heading=_("恢复办理"), version=row.version, note=_("复议意见:%(text)s") % {"text": row.opinion},
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Add something to be carried out."""
    matter = get_matter(request, pk)
    require(permissions.may_assign, request.user, matter)
    form = forms.AssignForm(request.POST or None, people=list(list_takers(matter.area_id).select_related("unit")))
    return move(
        request, matter, form, lambda values, version: actions.assign(matter, by=request.user, version=version, **values),
        done=_("已分派。"), heading=_("分派落实"), version=matter.version,
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def finish_assignment(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Say what was done."""
    matter = get_matter(request, pk)
    assignment = get_object_or_404(Assignment.objects.select_related("matter"), pk=row, matter=matter)
    require(permissions.may_finish_assignment, request.user, assignment)
    form = forms.TextForm(request.POST or None, name="result", label=_("落实情况"))
    return move(
        request, matter, form, lambda values, version: actions.finish_assignment(assignment, by=request.user, version=version, **values),
        done=_("已登记。"), heading=_("办结落实"), version=assignment.version, note=assignment.text,
    )  # fmt: skip
