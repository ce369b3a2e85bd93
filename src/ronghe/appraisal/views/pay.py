"""纳入绩效: the rules, one rule tried on a signed round, the sheet for the payroll system."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.appraisal import permissions
from ronghe.appraisal.actions.outcomes import list_grades
from ronghe.appraisal.actions.pay import set_pay_rule
from ronghe.appraisal.forms import PayForm, PoolForm
from ronghe.appraisal.models import Cycle, PayRule, Template
from ronghe.appraisal.queries.pay import list_pay
from ronghe.appraisal.views.steps import get_cycle, take_step
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.forms import read_version
from ronghe.common.once import submit_once
from ronghe.common.pages import paginate

SIGNED = ("signed", "published")


@access(permissions.may_read_results)
def list_rules(request: HttpRequest) -> HttpResponse:
    """Show the templates whose results have a coefficient, each with its rule in force and the rounds to try it on."""
    templates = list(Template.objects.visible_to(request.user).filter(valid_to=None).exclude(scheme="").order_by("pk"))
    rules = {(rule.area_id, rule.template_code): rule for rule in PayRule.objects.visible_to(request.user).filter(valid_to=None)}
    cycles = Cycle.objects.visible_to(request.user).filter(state__in=SIGNED).select_related("template").order_by("-opened_on", "-pk")
    page = paginate(request, cycles)
    context = {
        "rules": [(template, rules.get((template.area_id, template.code))) for template in templates],
        "page": page,
        "may_set": permissions.may_set_pay(request.user),
    }
    return render(request, "appraisal/pay.html", context)


@access(permissions.may_set_pay)
@submit_once
def set_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the rule of a template, or its next version."""
    template = get_object_or_404(Template.objects.visible_to(request.user).exclude(scheme=""), pk=pk)
    require(permissions.may_set_pay, request.user, template)
    rule = PayRule.objects.visible_to(request.user).filter(area_id=template.area_id, template_code=template.code, valid_to=None).first()
    form = PayForm(request.POST or None, grades=list_grades(template), rule=rule)
    return take_step(
        request,
        form,
        lambda values: set_pay_rule(
            template, bands=form.read_bands(), unit_share=values["unit_share"], basis=values["basis"], reason=values["reason"], by=request.user,
            rule=rule, version=read_version(request) if rule else None,
        ),
        done=_("规则已保存。"),
        back=reverse("appraisal:pay"),
        heading=_("绩效系数规则:%(name)s") % {"name": template.name},
        note=_("系数 = 等次系数 ×((100% − 单位所占)+ 单位所占 × 单位结果 ÷ 赛道平均);单位一项限在 0.8 到 1.2 之间。只对带班站的人挂钩。"),
        version=rule.version if rule else "",
    )  # fmt: skip


def read_pool(request: HttpRequest) -> Decimal | None:
    """Return the pool of the address, a plain amount; None for none."""
    try:
        value = Decimal(request.GET.get("pool", "").strip() or "x")
    except InvalidOperation:
        return None
    return value.quantize(Decimal("0.01")) if value.is_finite() and 0 <= value < 10**10 else None


def load(request: HttpRequest, pk: int) -> tuple[Cycle, PayRule | None]:
    cycle = get_cycle(request, pk)
    require(permissions.may_read_results, request.user, cycle)
    rules = PayRule.objects.visible_to(request.user).filter(area_id=cycle.area_id, template_code=cycle.template.code, valid_to=None)
    return cycle, rules.first() if cycle.state in SIGNED else None


@access(permissions.may_read_results)
def try_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the rule makes of a signed round: coefficients, and amounts where a pool is typed (it is kept nowhere)."""
    cycle, rule = load(request, pk)
    if rule is None:
        messages.info(request, _("这一轮还没有签发,或这个模板还没有绩效系数规则。"))
        return redirect("appraisal:pay")
    pool = read_pool(request)
    lines = list_pay(cycle, rule, pool)
    amounts = [line.amount for line in lines if line.amount is not None]
    context = {
        "cycle": cycle,
        "rule": rule,
        "form": PoolForm(request.GET if "pool" in request.GET else None),
        "lines": lines,
        "pool": pool,
        "total": sum(amounts, Decimal(0)) if pool is not None else None,
        "left_out": [line.name for line in lines if line.coefficient is None],
    }
    return render(request, "appraisal/pay_try.html", context)


@access(permissions.may_read_results)
def export(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Hand the sheet out for the payroll system: number, coefficient, and the amount where a pool is given."""
    cycle, rule = load(request, pk)
    if rule is None:
        messages.info(request, _("这一轮还没有签发,或这个模板还没有绩效系数规则。"))
        return redirect("appraisal:pay")
    lines = list_pay(cycle, rule, read_pool(request))
    heads = (_("工号"), _("姓名"), _("单位"), _("等次"), _("系数"), _("怎样算的"), _("金额"))
    rows: list[list[Any]] = [[one.number, one.name, one.unit, one.grade, one.coefficient, one.because, one.amount] for one in lines]
    basis = Sheet(_("依据"), (_("规则"), _("依据")), [[str(rule), rule.basis]])
    return hand_out(
        request.user, what=_("绩效系数"), sheets=[Sheet(_("绩效系数"), heads, rows), basis], name=f"{cycle.title}绩效系数-{today():%Y%m%d}",
        area_id=cycle.area_id,
    )  # fmt: skip
