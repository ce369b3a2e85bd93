"""The rule from a result to a pay coefficient: taken from the pack, changed by a new version."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.appraisal.actions.outcomes import list_grades
from ronghe.appraisal.models import PayRule, Template
from ronghe.appraisal.permissions import may_set_pay
from ronghe.appraisal.rules.pay import find_faults
from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import action, lock_row
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
    version: int | None = None,
) -> PayRule:
    """Set the rule for the results of a template: the first version, or the next one with its reason."""
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
    made = PayRule.objects.create(
        area_id=template.area_id, template_code=template.code, number=number, reason=reason.strip(), valid_from=today(), **values
    )
    record(by=by, verb="设定绩效系数规则", obj=made, area_id=made.area_id, name=template.name, changes=changes)
    return made
