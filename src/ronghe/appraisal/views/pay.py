"""纳入绩效: the rules and pools, tried on a signed round or on all of a year, the sheet for the payroll system."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.appraisal import permissions
from ronghe.appraisal.actions.outcomes import list_grades
from ronghe.appraisal.actions.pay import add_pool, change_pool, end_pool, set_pay_rule
from ronghe.appraisal.forms import AmountsForm, PayForm, PoolForm
from ronghe.appraisal.models import Cycle, PayPool, PayRule, Template
from ronghe.appraisal.queries.pay import PoolPay, list_pay, list_rounds, pick_year
from ronghe.appraisal.sheets import list_pay_sheets
from ronghe.appraisal.views.steps import get_cycle, take_step
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.forms import posted_version, read_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate

NOTE = "系数 = 等次系数 ×((100% − 单位所占)+ 单位所占 × 单位结果 ÷ 赛道平均);单位一项限在 0.8 到 1.2 之间。只对带班站的人挂钩。"


@access(permissions.may_read_results)
def list_rules(request: HttpRequest) -> HttpResponse:
    """Show the templates whose results have a coefficient, each with its rule and pools, and the rounds to try them on."""
    user = request.user
    templates = list(Template.objects.visible_to(user).filter(valid_to=None).exclude(scheme="").order_by("pk"))
    rules = {(rule.area_id, rule.template_code, rule.pool_id): rule for rule in PayRule.objects.visible_to(user).filter(valid_to=None)}
    pools: dict[tuple[int, str], list[tuple[PayPool, PayRule | None]]] = {}
    for pool in PayPool.objects.visible_to(user).filter(valid_to=None):
        own = rules.get((pool.area_id, pool.template_code, pool.pk)) if pool.own_rule else None
        pools.setdefault((pool.area_id, pool.template_code), []).append((pool, own))
    page = paginate(request, list_rounds(user).order_by("-opened_on", "-pk"))
    context = {
        "rules": [(one, rules.get((one.area_id, one.code, None)), pools.get((one.area_id, one.code), [])) for one in templates],
        "page": page,
        "years": len(page) > 0,
        "may_set": permissions.may_set_pay(user),
        "once": new_key(),
    }
    return render(request, "appraisal/pay.html", context)


def list_years(user: Any) -> list[str]:
    """Return the years of which something is signed, the newest first. One query."""
    return sorted({period[:4] for period in list_rounds(user).order_by().values_list("period", flat=True)}, reverse=True)


def find_rule(request: HttpRequest, template: Template, pool: PayPool | None) -> PayRule | None:
    rules = PayRule.objects.visible_to(request.user).filter(area_id=template.area_id, template_code=template.code, pool=pool, valid_to=None)
    return rules.first()


def edit_rule(request: HttpRequest, template: Template, pool: PayPool | None) -> HttpResponse:
    rule = find_rule(request, template, pool)
    form = PayForm(request.POST or None, grades=list_grades(template), rule=rule)
    return take_step(
        request,
        form,
        lambda values: set_pay_rule(
            template, bands=form.read_bands(), unit_share=values["unit_share"], basis=values["basis"], reason=values["reason"], by=request.user,
            rule=rule, pool=pool, version=read_version(request) if rule else None,
        ),
        done=_("规则已保存。"),
        back=reverse("appraisal:pay"),
        heading=_("绩效系数规则:%(name)s") % {"name": f"{template.name} {pool.name}" if pool else template.name},
        note=_(NOTE),
        version=rule.version if rule else "",
    )  # fmt: skip


def get_template(request: HttpRequest, pk: int) -> Template:
    template = get_object_or_404(Template.objects.visible_to(request.user).exclude(scheme=""), pk=pk)
    require(permissions.may_set_pay, request.user, template)
    return template


def get_pool(request: HttpRequest, pk: int) -> tuple[PayPool, Template]:
    pool = get_object_or_404(PayPool.objects.visible_to(request.user).filter(valid_to=None), pk=pk)
    require(permissions.may_set_pay, request.user, pool)
    template = get_object_or_404(Template.objects.filter(area_id=pool.area_id, code=pool.template_code, valid_to=None))
    return pool, template


@access(permissions.may_set_pay)
@submit_once
def set_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the rule of a template, or its next version."""
    return edit_rule(request, get_template(request, pk), None)


@access(permissions.may_set_pay)
@submit_once
def set_pool_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the rule of one pool's own."""
    pool, template = get_pool(request, pk)
    return edit_rule(request, template, pool)


@access(permissions.may_set_pay)
@submit_once
def new_pool(request: HttpRequest, pk: int) -> HttpResponse:
    """Set up a pool over the results of a template."""
    template = get_template(request, pk)
    return take_step(
        request, PoolForm(request.POST or None), lambda values: add_pool(template, by=request.user, **values), done=_("绩效池已设立。"),
        back=reverse("appraisal:pay"), heading=_("设立绩效池:%(name)s") % {"name": template.name},
        note=_("同一模板的结果分几池,每池各有总额;一个人只在一池。"),
    )  # fmt: skip


@access(permissions.may_set_pay)
@submit_once
def edit_pool(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a pool."""
    pool, template = get_pool(request, pk)
    initial = {name: getattr(pool, name) for name in ("name", "kinds", "own_rule", "basis")}
    return take_step(
        request, PoolForm(request.POST or None, initial=initial, pool=pool),
        lambda values: change_pool(pool, values, by=request.user, version=posted_version(request)), done=_("绩效池已修改。"),
        back=reverse("appraisal:pay"), heading=_("修改绩效池:%(name)s") % {"name": f"{template.name} {pool.name}"}, version=pool.version,
    )  # fmt: skip


@require_POST
@access(permissions.may_set_pay)
@submit_once
def stop_pool(request: HttpRequest, pk: int) -> HttpResponse:
    """End a pool."""
    pool, _template = get_pool(request, pk)
    end_pool(pool, by=request.user, version=posted_version(request))
    messages.success(request, _("「%(name)s」已停用。") % {"name": pool.name})
    return redirect("appraisal:pay")


def read_amount(text: str) -> Decimal | None:
    """Return a plain amount; None for none."""
    try:
        value = Decimal(text.strip() or "x")
    except InvalidOperation:
        return None
    return value.quantize(Decimal("0.01")) if value.is_finite() and 0 <= value < 10**10 else None


def load_blocks(request: HttpRequest, cycles: list[Cycle]) -> list[PoolPay]:
    """Return the pools of the rounds with the amounts that the address gives."""
    amounts = lambda _code, key: read_amount(request.GET.get(f"amount-{key}", ""))  # noqa: E731
    return [block for cycle in cycles for block in list_pay(cycle, amounts)]


def load_round(request: HttpRequest, pk: int) -> list[PoolPay]:
    cycle = get_cycle(request, pk)
    require(permissions.may_read_results, request.user, cycle)
    signed = list_rounds(request.user).filter(pk=cycle.pk).first()
    return load_blocks(request, [signed]) if signed else []


def load_year(request: HttpRequest, years: list[str]) -> tuple[str, list[PoolPay]]:
    year = request.GET.get("year", "")
    year = year if year in years else (years[0] if years else "")
    return year, load_blocks(request, pick_year(request.user, year)) if year else []


def show(request: HttpRequest, blocks: list[PoolPay], **extra: Any) -> HttpResponse:
    """Show the blocks with a field for each amount; refuse what is no amount, nothing typed is lost."""
    form = AmountsForm(
        request.GET if any(name.startswith("amount-") for name in request.GET) else None, blocks=blocks, years=extra.get("years", []),
        year=extra.get("year", ""),
    )  # fmt: skip
    given = [block.amount for block in blocks if block.amount is not None]
    shared = [block.total for block in blocks if block.total is not None]
    context = {
        "blocks": blocks, "form": form, "given": sum(given, Decimal(0)) if len(given) > 1 else None, "shared": sum(shared, Decimal(0)), **extra,
    }  # fmt: skip
    return render(request, "appraisal/pay_try.html", context)


def refuse(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("这一轮还没有签发,或这个模板还没有绩效系数规则。"))
    return redirect("appraisal:pay")


@access(permissions.may_read_results)
def try_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the rules make of a signed round: coefficients, and amounts where they are typed (they are kept nowhere)."""
    blocks = load_round(request, pk)
    if not any(block.rule for block in blocks):
        return refuse(request)
    return show(request, blocks, heading=blocks[0].cycle.title, export=reverse("appraisal:cycle-pay-export", args=[pk]), clear=request.path)


@access(permissions.may_read_results)
def try_year(request: HttpRequest) -> HttpResponse:
    """Show all pools of a year, each on the newest signed round of its template: last year's to see what a rule would have meant."""
    years = list_years(request.user)
    year, blocks = load_year(request, years)
    if not blocks:
        return refuse(request)
    return show(
        request, blocks, heading=_("%(year)s 年各池") % {"year": year}, export=reverse("appraisal:pay-year-export"), clear=request.path,
        years=years, year=year,
    )  # fmt: skip


@access(permissions.may_read_results)
def export(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Hand the sheet of a round out for the payroll system."""
    blocks = load_round(request, pk)
    if not any(block.rule for block in blocks):
        return refuse(request)
    return hand_over(request, blocks, blocks[0].cycle.title)


@access(permissions.may_read_results)
def export_year(request: HttpRequest) -> HttpResponse | FileResponse:
    """Hand the sheets of all pools of a year out."""
    year, blocks = load_year(request, list_years(request.user))
    if not blocks:
        return refuse(request)
    return hand_over(request, blocks, f"{year}年各池")


def hand_over(request: HttpRequest, blocks: list[PoolPay], title: str) -> FileResponse:
    return hand_out(
        request.user, what=_("绩效系数"), sheets=list_pay_sheets(blocks), name=f"{title}绩效系数-{today():%Y%m%d}",
        area_id=blocks[0].cycle.area_id,
    )  # fmt: skip
