"""亮灯规则: what the lights of an area's forecasts mean, version by version; proposing and deciding."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.common.problems import add_problem
from ronghe.figures.rules import month_of
from ronghe.org.models import Unit
from ronghe.outlook import queries as read
from ronghe.outlook.forms import LightRuleForm, RuleDecisionForm
from ronghe.outlook.limits import decide_rule, find_limits, propose_rule
from ronghe.outlook.models import LightRule
from ronghe.outlook.permissions import may_decide_rule, may_propose_rule, may_read_outlook

TONES = {"asked": "yellow", "approved": "green", "declined": "red"}


@access(may_read_outlook)
@submit_once
def list_rules(request: HttpRequest) -> HttpResponse:
    """Show the rule in force and all versions; the 指标管理员 proposes the next one here."""
    area_id = read.pick_area(request.user, request.GET.get("area", ""))
    area = Unit.objects.visible_to(request.user).without_tree_fields().filter(pk=area_id).first()
    if area is None:
        raise Http404
    if request.method != "POST":
        return render_rules(request, area_id)
    form = LightRuleForm(request.POST)
    if form.is_valid():
        try:
            propose_rule(area, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("已提出,等待批准。"))
            return redirect("outlook:lights")
    return render_rules(request, area_id, form=form)


def render_rules(
    request: HttpRequest, area_id: int, form: LightRuleForm | None = None, decision: RuleDecisionForm | None = None
) -> HttpResponse:
    """Render the page, with a form that was refused where there is one."""
    rows = LightRule.objects.visible_to(request.user).filter(area_id=area_id).select_related("asked_by__person", "decided_by__person")
    page = paginate(request, rows)
    for row in page.object_list:
        row.tone, row.limits = TONES[row.state], read.print_limits(row)
    waiting = rows.filter(state=LightRule.State.ASKED).first()
    month = month_of(today())
    limits = find_limits(area_id, month)
    context: dict[str, Any] = {
        "page": page,
        "limits": limits,
        "words": read.print_limits(limits),
        "waiting": waiting,
        "may_decide": waiting is not None and may_decide_rule(request.user, waiting),
        "decision": decision or RuleDecisionForm(initial={"version": waiting.version if waiting else 0}),
        "may_propose": waiting is None and may_propose_rule(request.user),
        "form": form or LightRuleForm(initial={"valid_from": month, "green": limits.green, "yellow": limits.yellow}),
        "once": new_key(),
    }
    return render(request, "outlook/lights.html", context, status=422 if form or decision else 200)


@access(may_read_outlook)
def export_rules(request: HttpRequest) -> FileResponse:
    """Hand out the versions of the rule."""
    area_id = read.pick_area(request.user, request.GET.get("area", ""))
    rows = LightRule.objects.visible_to(request.user).filter(area_id=area_id).select_related("asked_by__person", "decided_by__person")
    lines = [
        (
            row.number, row.valid_from, row.green, row.yellow, row.basis, row.get_state_display(), row.asked_by.person.name,
            row.decided_by.person.name if row.decided_by else "",
        )
        for row in rows
    ]  # fmt: skip
    heads = ("版次", "自何月起", "绿灯不超过(%)", "黄灯不超过(%)", "依据", "状态", "提出", "批准")
    return hand_out(request.user, what=_("亮灯规则"), sheets=[Sheet(_("亮灯规则"), heads, lines)], name=_("亮灯规则"), area_id=area_id)


@require_POST
@access(may_decide_rule)
@submit_once
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or decline a version."""
    row = get_object_or_404(LightRule.objects.visible_to(request.user), pk=pk)
    form = RuleDecisionForm(request.POST)
    if form.is_valid():
        try:
            decide_rule(row, approve="approve" in request.POST, by=request.user, **form.cleaned_data)
        except StaleForm as stale:
            form.add_error(None, str(stale))
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("已办理。"))
            return redirect("outlook:lights")
    return render_rules(request, row.area_id, decision=form)
