"""The 系统管理员's page of reminders: when they come, who hears of what is overdue, robots, and what did not leave."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import format_time
from ronghe.common.access import access
from ronghe.common.actions import StaleForm
from ronghe.common.once import new_key, submit_once
from ronghe.notices import actions
from ronghe.notices.channels import ROBOTS
from ronghe.notices.forms import PlanForm, RobotForm, RuleForm
from ronghe.notices.models import Delivery, ReminderRule, Robot
from ronghe.notices.queries import load_plan
from ronghe.org.areas import choose_area
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Unit
from ronghe.org.permissions import is_system_admin
from ronghe.org.standing import standing_of

PLAN_FIELDS = ("hour", "quiet_from", "quiet_to", "on_days_off", "by_mail", "by_robot")
RULE_FIELDS = ("kind", "offsets", "repeat_every", "chief_after", "leader_after", "leader_kind")
DELIVERIES = 30


def get_area(request: HttpRequest) -> tuple[Unit, list[dict[str, Any]]]:
    """Return the area whose reminders this administrator keeps, with the tabs of the others, or answer 404."""
    return choose_area(request, standing_of(request.user).areas_of("system_admin"))


def back_to(area: Unit | None) -> HttpResponse:
    """Go to the page of the area's reminders."""
    return redirect(f"{reverse('notices:admin')}?area={area.pk}" if area else "notices:admin")


def describe_rule(rule: ReminderRule) -> dict[str, Any]:
    """Return a rule in words, ready to print."""
    days = "、".join(f"前 {-day} 天" if day < 0 else "当天" if day == 0 else f"逾期 {day} 天" for day in rule.offsets)
    ups = []
    if rule.chief_after:
        ups.append(f"逾期 {rule.chief_after} 天报班站长")
    if rule.leader_after:
        ups.append(f"逾期 {rule.leader_after} 天报{POST_TITLES[rule.leader_kind]}")
    return {
        "pk": rule.pk,
        "kind": rule.kind or "所有事项",
        "own": rule.area_id is not None,
        "days": days or "不提醒",
        "repeat": f"每 {rule.repeat_every} 天" if rule.repeat_every else "—",
        "ups": ";".join(ups) or "—",
    }


def describe_delivery(row: Delivery) -> tuple[Any, ...]:
    target = row.robot.name if row.robot else row.person.name if row.person else ""
    at = format_time(row.sent_at or row.not_before)
    return row.pk, row.subject, target, row.get_state_display(), row.state, row.tries, at, row.problem


def page_context(request: HttpRequest, area: Unit, areas: list[dict[str, Any]], **extra: Any) -> dict[str, Any]:
    """Return what the page shows."""
    plan = load_plan(area.pk)
    sent = Delivery.objects.filter(area=area).select_related("person", "robot")[:DELIVERIES]
    rules = ReminderRule.objects.visible_to(request.user).filter(Q(area=area) | Q(area=None))
    robots = [
        (row.pk, row.name, ROBOTS.get(row.scheme, row.scheme), row.enabled)
        for row in Robot.objects.visible_to(request.user).filter(area=area)
    ]
    return {
        "area": area,
        "areas": areas,
        "rules": [describe_rule(rule) for rule in rules],
        "robots": robots,
        "deliveries": [describe_delivery(row) for row in sent],
        "plan_form": PlanForm(initial={name: getattr(plan, name) for name in PLAN_FIELDS}),
        "robot_form": RobotForm(),
        "once": new_key(),
        **extra,
    }


@access(is_system_admin)
def show_admin(request: HttpRequest) -> HttpResponse:
    """Show rules, times, robots and what left or did not."""
    return render(request, "notices/admin.html", page_context(request, *get_area(request)))


@require_POST
@access(is_system_admin)
@submit_once
def set_plan(request: HttpRequest) -> HttpResponse:
    """Set when the message of the day leaves."""
    area, areas = get_area(request)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return render(request, "notices/admin.html", page_context(request, area, areas, plan_form=form), status=422)
    actions.set_plan(area, form.cleaned_data, by=request.user)
    messages.success(request, _("提醒时间已保存。"))
    return back_to(area)


@access(is_system_admin)
@submit_once
def edit_rule(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write the area's own rule: a new one, a change, or a general one taken over."""
    area, _areas = get_area(request)
    known = ReminderRule.objects.visible_to(request.user).filter(Q(area=area) | Q(area=None))
    rule = get_object_or_404(known, pk=pk) if pk else ReminderRule(area=area)
    initial = {name: getattr(rule, name) for name in RULE_FIELDS} | {"version": rule.version if rule.area_id else None}
    form = RuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in RULE_FIELDS if name != "kind"}
        try:
            actions.save_rule(area, form.cleaned_data["kind"], values, by=request.user, version=form.cleaned_data["version"])
        except StaleForm as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("提醒规则已保存,从下一次提醒起生效。"))
            return back_to(area)
    context = {"form": form, "area": area, "once": request.POST.get("once") or new_key()}
    return render(request, "notices/rule.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(is_system_admin)
@submit_once
def add_robot(request: HttpRequest) -> HttpResponse:
    """Add a group's robot."""
    area, areas = get_area(request)
    form = RobotForm(request.POST)
    if form.is_valid():
        try:
            actions.add_robot(area, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("机器人已添加,可以发一条测试消息。"))
            return back_to(area)
    return render(request, "notices/admin.html", page_context(request, area, areas, robot_form=form), status=422)


def get_robot(request: HttpRequest, pk: int) -> Robot:
    return get_object_or_404(Robot.objects.visible_to(request.user), pk=pk)


@require_POST
@access(is_system_admin)
def test_robot(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a trial message now; sent after the commit, so that no transaction waits for a stranger's server."""
    robot = get_robot(request, pk)
    delivery = actions.queue_test(robot, by=request.user)
    if actions.deliver(delivery):
        messages.success(request, _("测试消息已发出,请到群里确认。"))
    else:
        delivery.refresh_from_db()
        messages.error(request, _("没有发出:%(problem)s") % {"problem": delivery.problem})
    return back_to(robot.area)


@require_POST
@access(is_system_admin)
@submit_once
def switch_robot(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a robot speak or be silent."""
    robot = get_robot(request, pk)
    actions.switch_robot(robot, enabled=not robot.enabled, by=request.user)
    return back_to(robot.area)


@require_POST
@access(is_system_admin)
@submit_once
def retry_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a failed message again."""
    row = get_object_or_404(Delivery.objects.select_related("area"), pk=pk, area_id__in=standing_of(request.user).areas_of("system_admin"))
    actions.retry_delivery(row, by=request.user)
    messages.success(request, _("已重新排队。"))
    return back_to(row.area)
