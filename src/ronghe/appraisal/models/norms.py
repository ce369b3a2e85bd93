"""两张皮口径: by how much a unit's two sides must drift apart to be named; as data, in versions, each with its basis."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record
from ronghe.org.models import AreaQuerySet, Unit


class SplitNorm(Record):
    """One version of an area's margin; the newest applies. Without one the usual margin does (rules/quadrant.py)."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("版次"))
    margin = models.DecimalField(
        _("一侧高、另一侧低各多少个百分点"), max_digits=4, decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(50))],
    )  # fmt: skip
    basis = models.CharField(_("依据"), max_length=300)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("两张皮口径")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["area", "number"], name="appraisal_split_norm_once")]

    def __str__(self) -> str:
        return f"两张皮口径 第{self.number}版"
