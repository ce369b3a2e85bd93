"""Results: counts by 纪检小组, one's own result line by line, objection and answer, grade, signatures, publication, the workbook."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.appraisal import permissions
from ronghe.appraisal.actions import outcomes as write
from ronghe.appraisal.actions.doubts import answer_doubt, object_to_outcome
from ronghe.appraisal.actions.signing import sign_cycle
from ronghe.appraisal.forms import AnswerForm, DoubtForm, GradeForm
from ronghe.appraisal.models import Doubt, Outcome
from ronghe.appraisal.queries import detail
from ronghe.appraisal.sheets import list_lines, list_results, list_tally_rows
from ronghe.appraisal.views.steps import get_cycle, get_outcome, take_step
from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out, mark_export
from ronghe.common.forms import PROBLEMS, posted_version, read_number
from ronghe.common.once import new_key, submit_once
from ronghe.org.standing import standing_of


@access(permissions.may_give_counts)
@submit_once
def give_counts(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the counts about each person: zero is the usual and is said by the confirmation."""
    cycle = get_cycle(request, pk)
    require(permissions.may_give_counts, request.user, cycle)
    rows, problems = detail.list_given(cycle), {}
    if request.method == "POST":
        given: dict[tuple[int, str], tuple[int, str]] = {}
        for report, asked in rows:
            for code, _name, _basis in asked:
                text = request.POST.get(f"n-{report.pk}-{code}", "0").strip() or "0"
                number = read_number(text)
                if number is None or number > 99:
                    problems[f"note-{report.pk}-{code}"] = _("请写 0 到 99 的整数。")
                given[report.pk, code] = (number or 0, request.POST.get(f"t-{report.pk}-{code}", "")[:200])
        if not problems:
            try:
                write.give_counts(cycle, given, by=request.user, version=posted_version(request))
            except PROBLEMS as problem:
                faults = getattr(problem, "message_dict", None) or {"all": getattr(problem, "messages", [str(problem)])}
                problems = {name: " ".join(texts) for name, texts in faults.items()}
            else:
                messages.success(request, _("已核定,组织人可以出评定结果。"))
                return redirect("appraisal:cycle", pk=pk)
    lines = [
        (
            report,
            [
                {
                    "key": f"{report.pk}-{code}", "name": name, "basis": basis, "value": request.POST.get(f"n-{report.pk}-{code}", "0"),
                    "note": request.POST.get(f"t-{report.pk}-{code}", ""), "problem": problems.get(f"note-{report.pk}-{code}", ""),
                }
                for code, name, basis in asked
            ],
        )
        for report, asked in rows
    ]  # fmt: skip
    context = {"cycle": cycle, "lines": lines, "problem": problems.get("all", ""), "once": request.POST.get("once") or new_key()}
    return render(request, "appraisal/counts.html", context, status=422 if problems else 200)


@require_POST
@access(permissions.may_organise)
@submit_once
def show_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute everybody's result and show it to each alone."""
    cycle = get_cycle(request, pk)
    write.show_outcomes(cycle, by=request.user, version=posted_version(request))
    messages.success(request, _("评定已算出,每人先看到自己的。"))
    return redirect("appraisal:cycle", pk=pk)


@require_POST
@access(permissions.may_sign)
@submit_once
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the results of a round."""
    cycle = sign_cycle(get_cycle(request, pk), by=request.user, version=posted_version(request))
    messages.success(request, _("已签齐,结果生效。") if cycle.state == "signed" else _("已签发,等其余的人签。"))
    return redirect("appraisal:cycle", pk=pk)


@require_POST
@access(permissions.may_organise)
@submit_once
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the grades known in the scope that the rule allows."""
    write.publish_cycle(get_cycle(request, pk), by=request.user, version=posted_version(request))
    messages.success(request, _("等次已在本管理区公布。"))
    return redirect("appraisal:cycle", pk=pk)


@access(permissions.may_read_results)
def export(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Hand out the results of a round: just what was frozen."""
    cycle = get_cycle(request, pk)
    require(permissions.may_read_results, request.user, cycle)
    if cycle.state not in ("shown", "signed", "published"):
        messages.info(request, _("还没有评定结果可以导出。"))
        return redirect("appraisal:cycle", pk=pk)
    sheets = [list_results(cycle, request.user), list_tally_rows(cycle, request.user), list_lines(cycle, request.user)]
    name = f"{cycle.title}-{today():%Y%m%d}"
    return hand_out(request.user, what=_("述职评议结果"), sheets=sheets, name=name, area_id=cycle.area_id)


def describe_outcome(outcome: Outcome, user: Any) -> dict[str, Any]:
    """Return what the page and the print of a result show."""
    inputs = {one["code"]: one for one in outcome.inputs}
    lines = [{**line, **{name: inputs[line["code"]][name] for name in ("note", "basis", "unit", "source")}} for line in outcome.lines]
    for line in lines:
        line["actual"] = detail.show_number(line["actual"])
        line["full"], line["mark"] = detail.show_number(line["full"]), detail.show_number(line["mark"])
    return {
        "outcome": outcome,
        "report": outcome.report,
        "cycle": outcome.report.cycle,
        "lines": lines,
        "total": detail.show_number(str(outcome.total) if outcome.total is not None else ""),
        "tallies": detail.list_tallies(outcome.report, user),
        "versions": Outcome.objects.visible_to(user).filter(report_id=outcome.report_id).order_by("number"),
        "doubts": detail.list_doubts(outcome, user),
        "shows_grade": outcome.report.cycle.state in ("signed", "published") or not permissions.is_own(user, outcome.report),
    }


@access(permissions.may_see_outcome)
def show_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one result line by line: what went in, on which basis, how it was computed. The person's first look is noted."""
    outcome = get_outcome(request, pk)
    mine = outcome.report.person_id == standing_of(request.user).person_id
    if mine and outcome.seen_at is None and outcome.current:
        write.note_seen(outcome, by=request.user)
    cycle = outcome.report.cycle
    shown = cycle.state == "shown" and outcome.current
    context = {
        **describe_outcome(outcome, request.user),
        "may_object": mine and shown and (cycle.objections_until is None or today() <= cycle.objections_until),
        "may_grade": shown and permissions.may_grade(request.user, outcome),
        "may_answer": shown and permissions.may_answer(request.user, outcome),
        "history": list_history(outcome),
    }
    return render(request, "appraisal/outcome.html", context)


@access(permissions.may_see_outcome)
def print_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Print one result so that it can be added again by hand."""
    outcome = get_outcome(request, pk)
    context = {
        **describe_outcome(outcome, request.user),
        "page_title": _("%(title)s综合评定表") % {"title": outcome.report.cycle.title},
        "back_url": reverse("appraisal:outcome", args=[pk]),
        "mark": mark_export(request.user, what=_("打印综合评定表"), rows=1, area_id=outcome.report.area_id),
    }
    return render(request, "appraisal/print_outcome.html", context)


@access(permissions.may_see_outcome)
@submit_once
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to one input of one's own result."""
    outcome = get_outcome(request, pk)
    require(permissions.may_object, request.user, outcome)
    return take_step(
        request,
        DoubtForm(request.POST or None, inputs=outcome.inputs),
        lambda values: object_to_outcome(outcome, by=request.user, **values),
        done=_("异议已提出,由别人在期限内答复。"),
        back=reverse("appraisal:outcome", args=[pk]),
        heading=_("对评定提出异议"),
        note=_("测评票已经密封计数后清空,票数不能重数;其他输入都可以更正,新旧两版都保留。"),
    )


@access(permissions.may_grade)
@submit_once
def grade(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a grade, with a reason."""
    outcome = get_outcome(request, pk)
    require(permissions.may_grade, request.user, outcome)
    form = GradeForm(
        request.POST or None,
        grades=write.list_grades(outcome.report.cycle.template),
        initial={"grade": outcome.grade or outcome.proposed, "reason": outcome.grade_reason},
    )
    total = detail.show_number(str(outcome.total) if outcome.total is not None else "")
    return take_step(
        request,
        form,
        lambda values: write.grade_outcome(outcome, by=request.user, version=posted_version(request), **values),
        done=_("等次已评定。"),
        back=reverse("appraisal:cycle", args=[outcome.report.cycle_id]),
        heading=_("评定等次:%(name)s") % {"name": outcome.report.person.name},
        note=_("总分 %(total)s,按分数应为「%(grade)s」。%(because)s")
        % {"total": total, "grade": outcome.proposed or "—", "because": outcome.because},
        version=outcome.version,
    )


@access(permissions.may_answer)
@submit_once
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    rows = Doubt.objects.visible_to(request.user).select_related("outcome__report__cycle__template", "outcome__report__person")
    doubt = get_object_or_404(rows, pk=pk)
    require(permissions.may_answer, request.user, doubt)
    given: dict[str, Any] = next((one for one in doubt.outcome.inputs if one["code"] == doubt.code), {})
    return take_step(
        request,
        AnswerForm(request.POST or None),
        lambda values: answer_doubt(
            doubt, upheld=request.POST.get("verdict") == "upheld", by=request.user, version=posted_version(request), **values
        ),
        done=_("已答复。"),
        back=reverse("appraisal:cycle", args=[doubt.outcome.report.cycle_id]),
        heading=_("答复异议:%(name)s「%(item)s」") % {"name": doubt.outcome.report.person.name, "item": doubt.item_name},
        note=_("现在的数值 %(value)s(%(note)s)。本人的理由:%(reason)s")
        % {"value": detail.show_number(given.get("value")), "note": given.get("note", ""), "reason": doubt.reason},
        version=doubt.version,
        verdicts=[("upheld", _("成立,更正并重算")), ("rejected", _("不成立"))],
    )
