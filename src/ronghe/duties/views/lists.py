"""责任清单: the lists of the leaders and the 党小组, their versions, print and sheet, receipt by the person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.forms import formset_factory
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out, mark_export
from ronghe.common.forms import PROBLEMS, SECRECY, read_number, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.duties.actions import lists as write
from ronghe.duties.forms import area_text
from ronghe.duties.models import DutyItem, DutyList, DutyVersion, Receipt
from ronghe.duties.permissions import may_read_matrix, may_write_lists
from ronghe.duties.views.matrix import get_area
from ronghe.org.forms import date_field
from ronghe.org.kinds import LEADERS
from ronghe.org.models import PartyOrg, Post
from ronghe.org.standing import standing_of
from ronghe.worklist.rules.recurrence import Pattern, describe_rule, write_rule

MORE_ROWS = 2


class HeadForm(forms.Form):
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=300, help_text=SECRECY)
    reason = forms.CharField(label=gettext_lazy("修订原因"), max_length=300, required=False)


# how often a duty becomes a task of the month's list; the day is moved to a working day
USUAL = (
    Pattern("week", weekday=4), Pattern("month", day=10), Pattern("month", day=25), Pattern("quarter", month=3, day=20),
    Pattern("half", month=6, day=20), Pattern("year", month=6, day=20), Pattern("year", month=12, day=10),
)  # fmt: skip


def list_rules() -> list[tuple[str, str]]:
    return [(rule, describe_rule(rule)) for rule in map(write_rule, USUAL)]


class RowForm(forms.Form):
    category = forms.CharField(label=gettext_lazy("大类"), max_length=40, required=False)
    what = area_text(gettext_lazy("具体抓什么"), required=False)
    how = area_text(gettext_lazy("怎么抓"), required=False)
    degree = area_text(gettext_lazy("抓到什么程度"), required=False)

    rule = forms.ChoiceField(label=gettext_lazy("多久一次"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.initial.get("rule", "")
        known = [("", _("不生成任务")), *list_rules()]
        if kept and kept not in dict(known):
            known.append((kept, describe_rule(kept)))
        self.fields["rule"].choices = known  # type: ignore[attr-defined]


RowFormSet = formset_factory(RowForm, extra=MORE_ROWS, max_num=80)


class IssueForm(forms.Form):
    valid_from = date_field(gettext_lazy("自何日起执行"))


def load_version(request: HttpRequest, duty_list: DutyList) -> DutyVersion | None:
    """Return the version of `?version=`, else the one in force, else the latest."""
    rows = list(DutyVersion.objects.filter(duty_list=duty_list))
    wanted = read_number(request.GET.get("version", ""))
    day = today()
    in_force = [
        row
        for row in rows
        if row.state == "issued" and row.valid_from and row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)
    ]
    return next((row for row in rows if row.number == wanted), None) or (in_force[0] if in_force else rows[0] if rows else None)


def group_items(version: DutyVersion) -> list[tuple[str, list[DutyItem]]]:
    """Return (category, duties) in order. One query."""
    groups: dict[str, list[DutyItem]] = {}
    for item in DutyItem.objects.filter(version=version).select_related("category"):
        item.when = describe_rule(item.rule) if item.rule else ""  # type: ignore[attr-defined]
        groups.setdefault(item.category.name, []).append(item)
    return list(groups.items())


@access(may_read_matrix)
def list_lists(request: HttpRequest) -> HttpResponse:
    """Show each leader's and each group's list with its version and receipts; for who writes them, those still to be written."""
    area, tabs = get_area(request)
    newest = Prefetch("versions", DutyVersion.objects.order_by("-number").prefetch_related("receipts__person"))
    rows = list(DutyList.objects.filter(area=area).select_related("post", "group").prefetch_related(newest))
    may = may_write_lists(request.user, area)
    missing: list[tuple[str, int, str]] = []
    if may:
        have_posts, have_groups = {row.post_id for row in rows}, {row.group_id for row in rows}
        missing = [
            ("post", post.pk, post.title)
            for post in Post.objects.filter(area=area, kind__in=LEADERS, closed_on=None)
            if post.pk not in have_posts
        ]
        missing += [
            ("group", group.pk, group.name)
            for group in PartyOrg.objects.filter(area=area, kind="group", closed_on=None)
            if group.pk not in have_groups
        ]
    lines = [(row, list(row.versions.all())) for row in rows]
    context = {"area": area, "areas": tabs, "lines": lines, "missing": missing, "may_write": may, "once": new_key()}
    return render(request, "duties/lists.html", context)


def get_list(request: HttpRequest, pk: int) -> DutyList:
    return get_object_or_404(DutyList.objects.visible_to(request.user).select_related("post", "group__unit", "area"), pk=pk)


@access(may_read_matrix)
def show_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one list as it applies, or one of its versions."""
    row = get_list(request, pk)
    version = load_version(request, row)
    receipts = list(Receipt.objects.filter(version=version).select_related("person"))
    me = standing_of(request.user).person_id
    groups = group_items(version) if version else []
    items = [item for _name, rows in groups for item in rows]
    lessons = registry.find_lessons(request.user, "duties.dutyitem", [f"{row.pk}:{item.what}"[:200] for item in items])
    for item in items:
        item.lessons = lessons.get(f"{row.pk}:{item.what}"[:200], [])  # type: ignore[attr-defined]
    context = {
        "row": row,
        "version": version,
        "groups": groups,
        "versions": list(DutyVersion.objects.filter(duty_list=row)),
        "receipts": receipts,
        "may_receive": version is not None
        and version.state == "issued"
        and any(one.person_id == me and one.at is None for one in receipts),
        "may_write": may_write_lists(request.user, row),
        "issue_form": IssueForm(initial={"valid_from": today()}),
        "history": list_history(version) if version else [],
        "once": new_key(),
    }
    return render(request, "duties/list.html", context)


@access(may_read_matrix)
def print_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a version."""
    row = get_list(request, pk)
    version = load_version(request, row)
    groups = group_items(version) if version else []
    mark = mark_export(request.user, what=_("打印责任清单"), rows=sum(len(items) for _name, items in groups), area_id=row.area_id)
    context = {
        "row": row,
        "version": version,
        "groups": groups,
        "mark": mark,
        "page_title": row.title,
        "back_url": reverse("duties:list", args=[pk]),
    }
    return render(request, "duties/print_list.html", context)


@access(may_read_matrix)
def export_list(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a version as a workbook."""
    row = get_list(request, pk)
    version = load_version(request, row)
    cells = [
        [name, item.what, item.how, item.degree, describe_rule(item.rule) if item.rule else ""]
        for name, items in (group_items(version) if version else [])
        for item in items
    ]
    sheet = Sheet(_("责任清单"), ("大类", "具体抓什么", "怎么抓", "抓到什么程度", "多久一次"), cells)
    return hand_out(request.user, what=_("责任清单"), sheets=[sheet], name=row.title, area_id=row.area_id)


@require_POST
@access(may_write_lists)
@submit_once
def start(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Begin the list of a post or a group."""
    area, _tabs = get_area(request)
    owner: dict[str, Any] = (
        {"post": get_object_or_404(Post, pk=pk, area=area)} if kind == "post" else {"group": get_object_or_404(PartyOrg, pk=pk, area=area)}
    )
    version = write.start_list(by=request.user, **owner)
    return redirect("duties:list-edit", pk=version.duty_list_id)


@require_POST
@access(may_write_lists)
@submit_once
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version."""
    write.revise_list(get_list(request, pk), by=request.user)
    return redirect("duties:list-edit", pk=pk)


@access(may_write_lists)
@submit_once
def edit_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the draft: all duties in one form; an emptied row is left out."""
    row = get_list(request, pk)
    version = get_object_or_404(DutyVersion, duty_list=row, state="draft")
    names = ("category", "what", "how", "degree", "rule")
    initial = [dict(zip(names, one, strict=True)) for one in write.read_rows(version)]
    form = HeadForm(request.POST or None, initial={"basis": version.basis, "reason": version.reason})
    rows = RowFormSet(request.POST or None, initial=None if request.POST else initial, prefix="d")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        filled = [tuple(one.get(name, "") for name in names) for one in rows.cleaned_data if any(one.get(name) for name in names[1:4])]
        try:
            write.save_draft(version, filled, by=request.user, expected=read_version(request), **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已保存 %(n)d 条。") % {"n": len(filled)})
            return redirect(f"{reverse('duties:list', args=[pk])}?version={version.number}")
    context = {
        "row": row, "form": form, "rows": rows, "version": request.POST.get("version") or version.version,
        "once": request.POST.get("once") or new_key(),
    }  # fmt: skip
    return render(request, "duties/list_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(may_write_lists)
@submit_once
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the draft in force."""
    row = get_list(request, pk)
    version = get_object_or_404(DutyVersion, duty_list=row, state="draft")
    form = IssueForm(request.POST)
    if form.is_valid():
        try:
            write.issue_list(version, by=request.user, expected=read_version(request), **form.cleaned_data)
        except PROBLEMS as problem:
            messages.error(request, " ".join(getattr(problem, "messages", [str(problem)])))
        else:
            messages.success(request, _("已下发,等签收。"))
            return redirect("duties:list", pk=pk)
    else:
        messages.error(request, _("请填写执行日期。"))
    return redirect(f"{reverse('duties:list', args=[pk])}?version={version.number}")


@require_POST
@access(may_read_matrix)
@submit_once
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive the version in force."""
    row = get_list(request, pk)
    version = get_object_or_404(DutyVersion, duty_list=row, state="issued", valid_to=None)
    write.receive_list(version, by=request.user)
    messages.success(request, _("已签收。"))
    return redirect("duties:list", pk=pk)
