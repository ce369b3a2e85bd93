"""纳入绩效 by the API: the payroll system takes coefficients pool by pool, and the parts of amounts that it names itself. Nothing is stored."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import StringConstraints

from ronghe.appraisal.models import Cycle
from ronghe.appraisal.permissions import may_read_results
from ronghe.appraisal.queries.pay import PoolPay, list_pay, list_rounds
from ronghe.common.access import require
from ronghe.common.api import REFUSALS, Code, Number, needs, write_number
from ronghe.common.exports import mark_export

router = Router(tags=["绩效"])
# pool:amount, several with commas
Amounts = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]{2,20}:[0-9]{1,9}(\.[0-9]{1,2})?(,|$)){0,12}$", max_length=400)]


class RoundOut(Schema):
    round: int
    title: str
    period: str
    template: str
    state: str
    signed_on: date | None


class PayLineOut(Schema):
    number: str
    name: str
    unit: str
    grade: str
    coefficient: str | None
    because: str
    amount: str | None


class PoolOut(Schema):
    pool: str
    name: str
    rule: str
    basis: str
    amount: str | None
    total: str | None
    lines: list[PayLineOut]


class PayOut(Schema):
    round: RoundOut
    pools: list[PoolOut]


def write_round(cycle: Cycle) -> dict[str, Any]:
    return {
        "round": cycle.pk, "title": cycle.title, "period": cycle.period, "template": cycle.template.code, "state": cycle.get_state_display(),
        "signed_on": localdate(cycle.signed_at) if cycle.signed_at else None,
    }  # fmt: skip


def write_pool(block: PoolPay) -> dict[str, Any]:
    return {
        "pool": block.code, "name": block.name, "rule": block.rule_told, "basis": block.rule.basis if block.rule else "",
        "amount": write_number(block.amount), "total": write_number(block.total),
        "lines": [
            {
                "number": line.number, "name": line.name, "unit": line.unit, "grade": line.grade, "because": line.because,
                "coefficient": write_number(line.coefficient), "amount": write_number(line.amount),
            }
            for line in block.lines
        ],
    }  # fmt: skip


def read_amounts(text: str) -> dict[str, Decimal]:
    """Return pool → amount. Raises ValidationError for a pool named twice."""
    found: dict[str, Decimal] = {}
    for part in text.split(","):
        code, _colon, amount = part.partition(":")
        if code in found:
            raise ValidationError({"amounts": _("「%(code)s」写了两次。") % {"code": code}})
        if code:
            found[code] = Decimal(amount).quantize(Decimal("0.01"))
    return found


@router.get("/{area}", response={200: list[RoundOut], **REFUSALS}, summary="已签发、有系数规则的轮次")
@needs("pay:read")
def list_signed(request: HttpRequest, area: Code) -> Any:
    """The signed rounds whose pay the owner may read, the newest first; 60 at most."""
    return [write_round(cycle) for cycle in list_rounds(request.user).filter(area__code=area).order_by("-opened_on", "-pk")[:60]]


@router.get("/{area}/{round}", response={200: PayOut, **REFUSALS}, summary="一轮的系数,分池;给了总额就分到分")
@needs("pay:read")
def show_pay(request: HttpRequest, area: Code, round: Number, amounts: Amounts = "") -> Any:
    """Coefficients of everybody, pool by pool, with the sentence that explains each.

    `amounts` (`first-line:120000.00,office:80000`) splits what a pool has to share: its parts add up to it to the cent. Amounts are neither
    stored nor logged here. Logged as what leaves, like an export.
    """
    cycle = get_object_or_404(list_rounds(request.user), area__code=area, pk=round)
    require(may_read_results, request.user, cycle)
    wanted = read_amounts(amounts)
    blocks = list_pay(cycle, lambda code, _key: wanted.get(code))
    unknown = sorted(set(wanted) - {block.code for block in blocks if block.rule})
    if unknown:
        raise ValidationError({"amounts": _("没有这一池,或它还没有规则:%(codes)s") % {"codes": "、".join(unknown)}})
    mark_export(request.user, what=f"接口:{cycle.title} 绩效系数", rows=sum(len(block.lines) for block in blocks), area_id=cycle.area_id)
    return {"round": write_round(cycle), "pools": [write_pool(block) for block in blocks]}
