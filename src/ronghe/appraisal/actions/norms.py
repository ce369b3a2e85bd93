"""The margin of 两张皮: a head sets a new version with its basis."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.appraisal.models import SplitNorm
from ronghe.appraisal.permissions import may_set_margin
from ronghe.appraisal.queries.quadrant import find_margin
from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import action, lock_row
from ronghe.org.models import Unit


@action
def set_margin(area: Unit, *, margin: Decimal, basis: str, by: Any) -> SplitNorm:
    """Set by how much both sides must drift apart; the version before stays readable in the history."""
    area = lock_row(area)
    require(may_set_margin, by, area)
    if not Decimal("0.5") <= margin <= 50:
        raise ValidationError({"margin": _("请写 0.5 到 50 之间的数。")})
    if not basis.strip():
        raise ValidationError({"basis": _("请写明依据。")})
    before, _basis = find_margin(area.pk)
    if margin == before:
        raise ValidationError({"margin": _("与现行口径相同。")})
    number = SplitNorm.objects.filter(area=area).count() + 1
    norm = SplitNorm.objects.create(area=area, number=number, margin=margin, basis=basis.strip())
    record(by=by, verb="修订两张皮口径", obj=norm, area_id=area.pk, note=norm.basis, changes={"margin": [before, margin]})
    return norm
