"""预警: what waits, one alert and how it ends, the rules with their preview on history."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Unit
from ronghe.supervision import permissions
from ronghe.supervision.actions import alerts as write
from ronghe.supervision.forms.alerts import AlertFilter, CureForm, FollowForm, RuleForm, TaskForm
from ronghe.supervision.forms.boards import ReasonForm, ResultForm
from ronghe.supervision.models.alerts import Alert, AlertRule
from ronghe.supervision.queries import alerts as reading
from ronghe.supervision.views.steps import home_area, list_people, take_step

MOST_EXPORTED = 5000


def read_alerts(request: HttpRequest) -> tuple[AlertFilter, Any]:
    seen = Alert.objects.visible_to(request.user)
    units = Unit.objects.filter(pk__in=seen.order_by().values("unit_id")).values_list("pk", "name")
    form = AlertFilter(request.GET, units=units)
    return form, reading.filter_alerts(seen, form.cleaned_data if form.is_valid() else {}, request.user)


@access(permissions.is_in_area)
def list_alerts(request: HttpRequest) -> HttpResponse:
    """Show what the filters keep."""
    form, rows = read_alerts(request)
    page, day = paginate(request, rows), today()
    context = {
        "form": form,
        "page": page,
        "lines": [reading.describe_alert(row, day) for row in page.object_list],
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "may_read_rules": permissions.may_read_rules(request.user),
    }
    return render(request, "supervision/alerts.html", context)


@access(permissions.is_in_area)
def export_alerts(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, rows = read_alerts(request)
    day = today()
    lines = [reading.describe_alert(row, day) for row in rows[:MOST_EXPORTED]]
    heads = ("预警", "为什么", "规则", "单位", "触发日期", "现由", "灯", "状态", "处置说明")
    cells = [[one.title, one.text, one.rule, one.unit, one.fired, one.owner, one.word, one.state, one.said] for one in lines]
    return hand_out(
        request.user, what=_("预警"), sheets=[Sheet(_("预警"), heads, cells)], name=f"预警-{day:%Y%m%d}", area_id=home_area(request) or None
    )


def get_alert(request: HttpRequest, pk: int) -> Alert:
    rows = Alert.objects.visible_to(request.user).select_related("area", "ended_by", "outcome_type", *reading.RELATED)
    return get_object_or_404(rows, pk=pk)


@access(permissions.is_in_area)
def show_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one alert: why it fired, who has it, how it ended."""
    row = get_alert(request, pk)
    waiting = row.state == Alert.State.TASKED and not row.task_result
    context = {
        "alert": row,
        "line": reading.describe_alert(row, today()),
        "rule": reading.describe_rule(row.rule),
        "outcome_url": reading.outcome_url(row),
        "may_handle": row.state == Alert.State.OPEN and permissions.may_handle(request.user, row),
        "may_finish": waiting and permissions.may_finish_task(request.user, row),
        "history": list_history(row),
    }
    return render(request, "supervision/alert.html", context)


def step(request: HttpRequest, row: Alert, form: Any, act: Any, *, done: str, heading: str) -> HttpResponse:
    return take_step(
        request, form, lambda values: act(row, by=request.user, version=posted_version(request), **values),
        back=reverse("supervision:alert", args=[row.pk]), done=done, heading=heading, version=row.version, title=row.title, lines=[row.text],
    )  # fmt: skip


@access(permissions.may_handle)
@submit_once
def give_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a task."""
    row = get_alert(request, pk)
    require(permissions.may_handle, request.user, row)
    form = TaskForm(request.POST or None, people=list_people(row.area_id))
    return step(request, row, form, write.task_alert, done=_("已派任务。"), heading=_("派任务"))


@access(permissions.may_handle)
@submit_once
def cure(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it an item of 整改."""
    row = get_alert(request, pk)
    require(permissions.may_handle, request.user, row)
    form = CureForm(request.POST or None, people=list_people(row.area_id))
    return step(request, row, form, write.cure_alert, done=_("已转整改。"), heading=_("转整改"))


@access(permissions.may_handle)
@submit_once
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it on the board."""
    row = get_alert(request, pk)
    require(permissions.may_handle, request.user, row)
    form = FollowForm(request.POST or None, people=list_people(row.area_id), initial={"demand": row.text})
    return step(request, row, form, write.follow_alert, done=_("已转督办。"), heading=_("转督办"))


@access(permissions.may_handle)
@submit_once
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Let nothing follow."""
    row = get_alert(request, pk)
    require(permissions.may_handle, request.user, row)
    return step(request, row, ReasonForm(request.POST or None), write.dismiss_alert, done=_("已记录,不处置。"), heading=_("不处置"))


@access(permissions.may_finish_task)
@submit_once
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done."""
    row = get_alert(request, pk)
    require(permissions.may_finish_task, request.user, row)
    return step(request, row, ResultForm(request.POST or None), write.finish_task, done=_("已办结。"), heading=_("办结预警任务"))


@access(permissions.may_read_rules)
def list_rules(request: HttpRequest) -> HttpResponse:
    """Show the rules with what they have come to."""
    context = {
        "rules": reading.list_rules(home_area(request)),
        "may_keep": permissions.may_keep_rules(request.user),
        "once": new_key(),
    }
    return render(request, "supervision/rules.html", context)


def get_area(request: HttpRequest) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=home_area(request))


def get_rule(request: HttpRequest, pk: int) -> AlertRule:
    return get_object_or_404(AlertRule.objects.visible_to(request.user), pk=pk)


@require_POST
@access(permissions.may_keep_rules)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take over the rules of the pack, switched off."""
    count = write.adopt_rules(get_area(request), by=request.user)
    messages.success(request, _("已采用 %(n)d 条,先看看以往会怎样再启用。") % {"n": count})
    return redirect("supervision:rules")


@access(permissions.may_read_rules)
def show_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a rule, and what it would have said in the last months."""
    rule = get_rule(request, pk)
    context = {
        "rule": rule,
        "line": reading.describe_rule(rule),
        "preview": preview(rule),
        "alerts": [reading.describe_alert(row, today()) for row in rule.alerts.select_related(*reading.RELATED).order_by("-id")[:20]],
        "may_keep": permissions.may_keep_rules(request.user, rule),
        "history": list_history(rule),
        "once": new_key(),
    }
    return render(request, "supervision/rule.html", context)


def preview(rule: AlertRule) -> dict[str, Any]:
    """Return the preview ready to print."""
    found = write.preview_rule(rule, today())
    names = dict(Unit.objects.filter(pk__in={one.unit_id for one, _text in found.episodes}).values_list("pk", "name"))
    return {
        "count": len(found.episodes),
        "led": found.led,
        "first": found.days[0],
        "lines": [(names.get(one.unit_id, ""), f"{one.first}", f"{one.last}", text) for one, text in found.episodes[:50]],
    }


@access(permissions.may_keep_rules)
@submit_once
def edit_rule(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Add a rule or change one; 'preview' shows what it would have said, and saves nothing."""
    area = get_area(request)
    rule = get_rule(request, pk) if pk else None
    initial = {name: getattr(rule, name) for name in write.FIELDS} if rule else {}
    form = RuleForm(request.POST or None, initial=initial)
    shown = None
    if "preview" in request.POST and form.is_valid():
        shown = preview(AlertRule(area=area, **form.cleaned_data))
    extra: dict[str, Any] = {"preview": shown, "template": "supervision/rule_edit.html"}
    back = reverse("supervision:rule", args=[pk]) if pk else reverse("supervision:rules")
    if shown is not None:
        context = {
            "form": form, "heading": _("预警规则"), "back": back, "version": rule.version if rule else "", "once": request.POST.get("once"),
            "preview": shown,
        }  # fmt: skip
        return render(request, "supervision/rule_edit.html", context)
    return take_step(
        request, form,
        lambda values: write.save_rule(area, values, rule=rule, by=request.user, version=posted_version(request) if rule else None),
        back=back, done=_("已保存。"), heading=_("预警规则"), version=rule.version if rule else "",
        to=lambda row: reverse("supervision:rule", args=[row.pk]), **extra,
    )  # fmt: skip


@require_POST
@access(permissions.may_keep_rules)
@submit_once
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a rule on or off."""
    rule = write.switch_rule(get_rule(request, pk), active=request.POST.get("active") == "1", by=request.user)
    messages.success(request, _("已启用,每天看一次。") if rule.active else _("已停用。"))
    return redirect("supervision:rule", pk=pk)
