"""Keeping the handbook: entering an indicator, changing one with its reason."""

from typing import Any

from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.goals.models import Indicator
from ronghe.goals.permissions import may_keep_indicators
from ronghe.goals.rules import is_code, is_month
from ronghe.org.models import Unit


@action
def add_indicator(area: Unit, *, code: str, by: Any, **values: Any) -> Indicator:
    """Enter an indicator in the area's handbook. Its code is what schemes and sheets know it by, and never changes."""
    require(may_keep_indicators, by, area)
    if not is_code(code):
        raise Refused({"code": _("编码用小写字母开头,只含小写字母、数字、- 和 _。")})
    if Indicator.objects.filter(area=area, code=code).exists():
        raise Refused({"code": _("编码 %(code)s 已有指标使用。") % {"code": code}})
    check_values(area.pk, values, code)
    row = Indicator(area=area, code=code, **values)
    row.save()
    record(by=by, verb="登记指标", obj=row, area_id=area.pk, changes={name: [None, value] for name, value in values.items() if value})
    return row


@action
def change_indicator(row: Indicator, *, reason: str, by: Any, version: int | None = None, **values: Any) -> Indicator:
    """Change an indicator's definition. The reason and both versions stay in its history."""
    row = lock_row(row, version=version)
    require(may_keep_indicators, by, row)
    check_values(row.area_id, values, row.code)
    changes = diff(row, values)
    if not changes:
        return row
    if not reason.strip():
        raise Refused({"reason": _("请写明修改原因。")})
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(by=by, verb="修改指标", obj=row, area_id=row.area_id, note=reason.strip(), changes=changes)
    return row


def check_values(area_id: int, values: dict[str, Any], code: str) -> None:
    """Raise Refused where the parts of a definition do not fit each other, or its names are taken."""
    low, high = values.get("plausible_low"), values.get("plausible_high")
    if low is not None and high is not None and low > high:
        raise Refused({"plausible_high": _("合理上限不能小于下限。")})
    months = [values.get("valid_from") or "2000-01", values.get("valid_to") or "9999-12"]
    if not all(is_month(month) for month in months) or months[0] > months[1]:
        raise Refused({"valid_to": _("起止月应写作 2026-10,止月不早于起月。")})
    office = values.get("reported_by")
    if office is not None and office.area_id != area_id:
        raise Refused({"reported_by": _("填报单位须属于本管理区。")})
    names = {values.get("name", ""), *values.get("aliases", [])}
    for other in Indicator.objects.filter(area_id=area_id).exclude(code=code):
        taken = names & {other.name, other.code, *other.aliases}
        if taken:
            raise Refused(
                {"name": _("“%(name)s”已是指标“%(other)s”的名称或别名,表格里会分不清。") % {"name": min(taken), "other": other.name}}
            )
