"""纳入绩效: the pools by name, and the rule from a result to a pay coefficient, changed by a new version."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.appraisal.actions.outcomes import list_grades
from ronghe.appraisal.models import PayPool, PayRule, Template
from ronghe.appraisal.permissions import may_set_pay
from ronghe.appraisal.rules.pay import find_faults
from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today


@action
def set_pay_rule(
    template: Template,
    *,
    bands: Sequence[dict[str, Any]],
    unit_share: Decimal,
    basis: str,
    reason: str,
    by: Any,
    rule: PayRule | None = None,
    pool: PayPool | None = None,
    version: int | None = None,
) -> PayRule:
    """Set the rule for the results of a template, or of one pool: the first version, or the next one with its reason."""
    require(may_set_pay, by, template)
    if not template.scheme:
        raise ValidationError(_("这个模板不出综合评定,没有绩效系数。"))
    if fault := find_faults(bands, unit_share, list_grades(template)):
        raise ValidationError({"g0": fault})
    if not basis.strip():
        raise ValidationError({"basis": _("请写明依据。")})
    values = {"bands": list(bands), "unit_share": unit_share, "basis": basis.strip()}
    number, changes = 1, {}
    if rule is not None:
        rule = lock_row(rule, version=version)
        if not reason.strip():
            raise ValidationError({"reason": _("请写明修订原因。")})
        changes = diff(rule, values)
        if not changes:
            raise ValidationError(_("没有改动。"))
        rule.valid_to, number = max(rule.valid_from, today() - timedelta(days=1)), rule.number + 1
        rule.save()
    elif PayRule.objects.filter(area_id=template.area_id, template_code=template.code, pool=pool, valid_to=None).exists():
        raise Refused(_("规则刚由别人设定,请刷新后再改。"))
    made = PayRule.objects.create(
        area_id=template.area_id, template_code=template.code, pool=pool, number=number, reason=reason.strip(), valid_from=today(), **values
    )
    name = f"{template.name} {pool.name}" if pool else template.name
    record(by=by, verb="设定绩效系数规则", obj=made, area_id=made.area_id, name=name, changes=changes)
    return made


def check_pool(pool: PayPool) -> None:
    """Raise ValidationError unless each person of a template's results belongs to one pool at most."""
    faults = {}
    if not pool.name.strip():
        faults["name"] = _("请写名称。")
    if not pool.basis.strip():
        faults["basis"] = _("请写明依据。")
    if not pool.kinds or set(pool.kinds) - set(PayPool.KINDS):
        faults["kinds"] = _("请选这一池有哪些人。")
    others = PayPool.objects.filter(area_id=pool.area_id, template_code=pool.template_code, valid_to=None).exclude(pk=pool.pk)
    for other in others:
        both = set(other.kinds) & set(pool.kinds)
        if both:
            names = "、".join(str(name) for kind, name in PayPool.KINDS.items() if kind in both)
            faults["kinds"] = _("%(kinds)s已在「%(pool)s」里,一个人只能在一池。") % {"kinds": names, "pool": other.name}
    if PayPool.objects.filter(area_id=pool.area_id, code=pool.code).exclude(pk=pool.pk).exists():
        faults["code"] = _("这个编码已经用过。")
    if faults:
        raise ValidationError(faults)


@action
def add_pool(template: Template, *, code: str, name: str, kinds: Sequence[str], own_rule: bool, basis: str, by: Any) -> PayPool:
    """Add a pool over the results of a template."""
    template = lock_row(template)
    require(may_set_pay, by, template)
    if not template.scheme:
        raise ValidationError(_("这个模板不出综合评定,没有绩效系数。"))
    pool = PayPool(
        area_id=template.area_id, template_code=template.code, code=code, name=name.strip(), kinds=list(kinds), own_rule=own_rule,
        basis=basis.strip(), valid_from=today(),
    )  # fmt: skip
    check_pool(pool)
    pool.save()
    record(by=by, verb="设立绩效池", obj=pool, area_id=pool.area_id, note=pool.kinds_told)
    return pool


@action
def change_pool(pool: PayPool, values: dict[str, Any], *, by: Any, version: int | None = None) -> PayPool:
    """Change a pool's name, people, rule or basis; its code stays, payroll knows it by that."""
    pool = lock_row(pool, version=version)
    require(may_set_pay, by, pool)
    changes = diff(pool, values)
    if not changes:
        raise ValidationError(_("没有改动。"))
    for name, value in values.items():
        setattr(pool, name, value)
    check_pool(pool)
    pool.save()
    record(by=by, verb="修改绩效池", obj=pool, area_id=pool.area_id, changes=changes)
    return pool


@action
def end_pool(pool: PayPool, *, by: Any, version: int | None = None) -> PayPool:
    """End a pool: from now on it takes no part."""
    pool = lock_row(pool, version=version)
    require(may_set_pay, by, pool)
    if pool.valid_to is not None:
        raise Refused(_("这一池已经停用。"))
    pool.valid_to = today()
    pool.save()
    record(by=by, verb="停用绩效池", obj=pool, area_id=pool.area_id)
    return pool
