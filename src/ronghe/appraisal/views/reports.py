"""A report: writing it with its facts beside, its draft, reading it, printing it."""

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronghe.appraisal.actions.reports import OPEN, present_report, read_facts, save_draft, take_word
from ronghe.appraisal.forms import LONGEST, ReportForm
from ronghe.appraisal.permissions import may_read, may_write
from ronghe.appraisal.queries import detail
from ronghe.appraisal.rules.steps import days_late
from ronghe.appraisal.views.steps import get_report, take_step
from ronghe.appraisal.word import write_report
from ronghe.audit.queries import format_time, list_history
from ronghe.common.access import access, require
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.common.exports import INTERNAL, hand_out_file, mark_export, name_reader, write_watermark
from ronghe.common.forms import PROBLEMS, posted_version, read_number, show_problem
from ronghe.common.once import new_key, submit_once

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@access(may_write)
@submit_once
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write one's report: the facts stand there already, words and proof are added."""
    report = get_report(request, pk)
    require(may_write, request.user, report)
    if report.is_presented or report.cycle.state not in OPEN:
        return redirect("appraisal:report", pk=pk)
    initial = {f"f-{code}": text for code, text in report.answers.items()}
    form = ReportForm(request.POST or None, request.FILES or None, template=report.cycle.template, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            files = [(one.name, one.read()) for one in form.cleaned_data["materials"]]
            present_report(report, form.read_answers(), files=files, by=request.user, version=posted_version(request))
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已述职,报告已封存。"))
            return redirect("appraisal:report", pk=pk)
    context = {
        "report": report,
        "cycle": report.cycle,
        "form": form,
        "sides": detail.group_facts(read_facts(report)),
        "late": days_late(report.cycle.report_due, None, today()),
        "drafted": timezone.localtime(report.draft_at) if report.draft_at else None,
        "window": request.POST.get("draft_window") or new_key(),
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "appraisal/write.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(may_write)
def keep_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is typed so far; answers with the line that says so and the number of the draft."""
    report = get_report(request, pk)
    require(may_write, request.user, report)
    answers = {one["code"]: request.POST.get(f"f-{one['code']}", "")[:LONGEST] for one in report.cycle.template.form}
    number = read_number(request.POST.get("draft_number", ""))
    try:
        window = request.POST.get("draft_window", "")[:40]
        report = save_draft(report, answers, number=-1 if number is None else number, window=window, by=request.user)
    except StaleForm:
        return render(request, "appraisal/draft.html", {"problem": _("草稿已在另一个窗口改过,这里的没有保存。请刷新后再填。")}, status=422)
    at = timezone.localtime(report.draft_at) if report.draft_at else None
    return render(request, "appraisal/draft.html", {"number": report.draft_number, "at": at})


class WordForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Word 文件"), help_text=gettext_lazy("先「导出 Word」,在各标题下面写好再传;只读标题下的文字。涉密不上网。")
    )


@access(may_write)
@submit_once
def read_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a Word file into one's draft."""
    report = get_report(request, pk)
    require(may_write, request.user, report)
    return take_step(
        request, WordForm(request.POST or None, request.FILES or None),
        lambda values: take_word(report, values["file"].read(), by=request.user), done=_("已读入草稿,请核对后再述职。"),
        back=f"/appraisal/reports/{pk}/write/", heading=_("从 Word 读入"),
    )  # fmt: skip


@access(may_read)
def export_word(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a report as a Word file: one's own draft to write on, or a presented one."""
    report = get_report(request, pk)
    if not report.is_presented:
        require(may_write, request.user, report)
    answers = [(field["label"], report.answers.get(field["code"], "")) for field in report.cycle.template.form]
    rows = [
        [str(detail.SIDE_NAMES.get(fact["side"], "")), fact["group"], fact["title"], f"{fact['value']} {fact['note']}".strip()]
        for fact in read_facts(report)
    ]
    title = _("%(title)s报告") % {"title": report.cycle.title.replace("评议", "")}
    head = f"{report.person.name}({report.unit.name} {report.post_title})"
    data = write_report(title, head, write_watermark(name_reader(request.user), INTERNAL), answers, rows)
    return hand_out_file(
        request.user, what=_("述职报告(Word)"), data=data, name=f"述职报告-{report.person.name}.docx", media_type=DOCX, rows=1,
        area_id=report.area_id,
    )  # fmt: skip


@access(may_read)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report; one's own before it is presented leads to writing it."""
    report = get_report(request, pk)
    if not report.is_presented and report.cycle.state in OPEN:
        return redirect("appraisal:write", pk=pk)
    word, light, note = detail.describe_report(report, today())
    context = {
        "report": report,
        "cycle": report.cycle,
        "sides": detail.group_facts(read_facts(report)),
        "answers": detail.list_answers(report),
        "files": detail.list_documents(report),
        "word": word,
        "light": light,
        "note": note,
        "presented": format_time(report.presented_at) if report.presented_at else "",
        "history": list_history(report),
    }
    return render(request, "appraisal/report.html", context)


@access(may_read)
def print_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a presented report in official style."""
    report = get_report(request, pk)
    if not report.is_presented:
        return redirect("appraisal:report", pk=pk)
    context = {
        "report": report,
        "sides": detail.group_facts(report.facts),
        "answers": detail.list_answers(report),
        "files": detail.list_documents(report),
        "page_title": _("%(title)s报告") % {"title": report.cycle.title.replace("评议", "")},
        "back_url": f"/appraisal/reports/{report.pk}/",
        "presented": format_time(report.presented_at) if report.presented_at else "",
        "mark": mark_export(request.user, what=_("打印述职报告"), rows=1, area_id=report.area_id),
    }
    return render(request, "appraisal/print_report.html", context)
