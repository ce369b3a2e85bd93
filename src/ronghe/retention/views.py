"""保存期限: terms, one kind with its preview, the report, holds. No business content, nobody's name but the administrators' own."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.exports import Sheet, hand_out, mark_export
from ronghe.common.forms import posted_version, read_number
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.common.retention import Kind, Span, kinds
from ronghe.common.steps import take_step
from ronghe.org.standing import standing_of
from ronghe.retention import actions, permissions
from ronghe.retention.forms import DeclineForm, HoldForm, LiftForm, ReportFilter, RuleForm
from ronghe.retention.models import Hold, Rule, Way
from ronghe.retention.queries import check_report, describe_removal, find_held_areas, find_term, list_kinds, list_removals, preview

MOST_PRINTED = 2000


@access(permissions.may_read)
def show_kinds(request: HttpRequest) -> HttpResponse:
    """Show how long each kind of record is kept."""
    return render(request, "retention/kinds.html", {"lines": list_kinds()})


def get_kind(code: str) -> Kind:
    kind = kinds.get(code)
    if kind is None:
        raise Http404
    return kind


def say_span(span: Span) -> str:
    if not span.count:
        return _("现在没有超过这个期限的记录。")
    return _("会处理 %(count)d 条,%(first)s 至 %(last)s。") % {"count": span.count, "first": span.first, "last": span.last}


@access(permissions.may_read)
def show_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one kind: its term, what another term would take, earlier versions."""
    entry = get_kind(kind)
    rows = list(Rule.objects.visible_to(request.user).filter(kind=kind).select_related("proposed_by__person", "decided_by__person"))
    live = next((row for row in rows if row.state == Rule.State.IN_FORCE), None)
    term = find_term(kind, entry, live)
    proposed = next((row for row in rows if row.state == Rule.State.PROPOSED), None)
    days = read_number(request.GET.get("days", ""))
    context = {
        "code": kind, "entry": entry, "term": term, "way": Way(entry.way).label, "proposed": proposed, "once": new_key(),
        "tried": days, "tried_text": say_span(preview(kind, days)) if days is not None else "",
        "now_text": say_span(preview(kind, term.days)) if term.days is not None or entry.own_term else _("不清除。"),
        "proposed_text": _("不清除。") if proposed and proposed.days is None else say_span(preview(kind, proposed.days)) if proposed else "",
        "rows": [row for row in rows if row.state != Rule.State.PROPOSED],
        "held": bool(find_held_areas(kind)),
        "may_propose": not entry.own_term and proposed is None and permissions.may_propose(request.user),
        "may_decide": proposed is not None and permissions.may_decide(request.user, proposed),
    }  # fmt: skip
    return render(request, "retention/kind.html", context)


@access(permissions.may_propose)
@submit_once
def propose(request: HttpRequest, kind: str) -> HttpResponse:
    """Propose a term."""
    entry = get_kind(kind)
    form = RuleForm(request.POST or None, initial={"days": read_number(request.GET.get("days", ""))})

    def act(values: dict[str, Any]) -> Rule:
        return actions.propose_rule(kind, days=values["days"], basis=values["basis"], by=request.user)

    return take_step(
        request, form, act, done=_("已提出,等安全管理员批准。"), back=actions.page_of(kind), template="common/step.html",
        heading=_("提出保存期限"), row_title=entry.title, row_lines=[entry.what],
    )  # fmt: skip


@require_POST
@access(permissions.may_decide)
@submit_once
def approve(request: HttpRequest, kind: str) -> HttpResponse:
    """Put the proposed rule in force."""
    rule = get_object_or_404(Rule.objects.visible_to(request.user), kind=kind, state=Rule.State.PROPOSED)
    actions.decide_rule(rule, agree=True, by=request.user, version=posted_version(request))
    messages.success(request, _("已批准,今后的每日清理按它办。"))
    return redirect(actions.page_of(kind))


@access(permissions.may_decide)
@submit_once
def decline(request: HttpRequest, kind: str) -> HttpResponse:
    """Decline it, with the reason."""
    rule = get_object_or_404(Rule.objects.visible_to(request.user), kind=kind, state=Rule.State.PROPOSED)
    return take_step(
        request, DeclineForm(request.POST or None),
        lambda values: actions.decide_rule(rule, agree=False, note=values["note"], by=request.user, version=posted_version(request)),
        done=_("已退回。"), back=actions.page_of(kind), template="common/step.html", heading=_("不批准"), row_title=get_kind(kind).title,
        version=rule.version,
    )  # fmt: skip


def read_filter(request: HttpRequest) -> tuple[ReportFilter, dict[str, Any]]:
    """Return the filter's form and what it asks for; what is no choice asks for nothing."""
    form = ReportFilter(request.GET)
    form.is_valid()
    return form, {"kind": form.cleaned_data.get("kind", ""), "year": read_number(form.cleaned_data.get("year") or "")}


@access(permissions.may_read)
def show_report(request: HttpRequest) -> HttpResponse:
    """Show what each run removed."""
    form, asked = read_filter(request)
    page = paginate(request, list_removals(request.user, **asked))
    context = {
        "page": page,
        "lines": [describe_removal(row) for row in page.object_list],
        "form": form,
        "faults": check_report(),
        "query": request.GET.urlencode(),
    }
    return render(request, "retention/report.html", context)


def report_heads() -> list[str]:
    return [
        _("日期"), _("记录种类"), _("处理方式"), _("处理"), _("记录的日期"), _("暂停清除而留下"), _("留待下次"), _("规则"), _("依据"), _("摘要"),
    ]  # fmt: skip


@access(permissions.may_read)
def export_report(request: HttpRequest) -> FileResponse:
    rows = [describe_removal(row) for row in list_removals(request.user, **read_filter(request)[1])]
    return hand_out(request.user, what=_("清除报告"), sheets=[Sheet(_("清除报告"), report_heads(), rows)], name=_("清除报告"))


@access(permissions.may_read)
def print_report(request: HttpRequest) -> HttpResponse:
    rows = [describe_removal(row) for row in list_removals(request.user, **read_filter(request)[1])[:MOST_PRINTED]]
    context = {
        "heads": report_heads()[:-1],
        "lines": [[str(cell) for cell in row[:-1]] for row in rows],
        "page_title": _("记录清除报告"),
        "faults": check_report(),
        "back_url": reverse("retention:report"),
        "mark": mark_export(request.user, what=_("打印清除报告"), rows=len(rows)),
    }
    return render(request, "retention/print_report.html", context)


@access(permissions.may_read)
def show_holds(request: HttpRequest) -> HttpResponse:
    """Show what is held back and why."""
    page = paginate(request, Hold.objects.visible_to(request.user).select_related("area", "placed_by__person", "lifted_by__person"))
    titles = {code: one.title for code, one in kinds.items()}
    lines = [
        (row, titles.get(row.kind, "") if row.kind else _("全部种类"), permissions.may_hold(request.user, row)) for row in page.object_list
    ]
    return render(request, "retention/holds.html", {"page": page, "lines": lines, "may_hold": permissions.may_hold(request.user)})


@access(permissions.may_hold)
@submit_once
def new_hold(request: HttpRequest) -> HttpResponse:
    """Place a hold."""
    standing = standing_of(request.user)
    form = HoldForm(
        request.POST or None, areas=list(standing.areas_of("security_admin")), everywhere=standing.holds_above("security_admin"),
        initial={"kind": request.GET.get("kind", "")},
    )  # fmt: skip
    return take_step(
        request, form, lambda values: actions.place_hold(by=request.user, **values), done=_("已暂停清除。"), back=reverse("retention:holds"),
        template="common/step.html", heading=_("暂停清除"),
    )  # fmt: skip


@access(permissions.may_hold)
@submit_once
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a hold."""
    hold = get_object_or_404(Hold.objects.visible_to(request.user).live(), pk=pk)
    return take_step(
        request, LiftForm(request.POST or None),
        lambda values: actions.lift_hold(hold, reason=values["reason"], by=request.user, version=posted_version(request)),
        done=_("已解除,超过期限的下次清理时处理。"), back=reverse("retention:holds"), template="common/step.html", heading=_("解除暂停清除"),
        row_title=hold.reason, version=hold.version,
    )  # fmt: skip
