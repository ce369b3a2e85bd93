"""The words of the matrix: flows, fields, sides of a post, kinds of holding; what 'answers for' means."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Flow(models.TextChoices):
    BUSINESS = "business", _("业务流")
    MANAGEMENT = "management", _("管理流")
    SUPERVISION = "supervision", _("监督流")


class Field(models.TextChoices):
    """「抓业务就要抓党建、抓安全、抓质量、抓廉洁、抓稳定、抓意识形态」, and the business itself."""

    BUSINESS = "business", _("抓业务")
    PARTY = "party", _("抓党建")
    SAFETY = "safety", _("抓安全")
    QUALITY = "quality", _("抓质量")
    INTEGRITY = "integrity", _("抓廉洁")
    STABILITY = "stability", _("抓稳定")
    IDEOLOGY = "ideology", _("抓意识形态")


class Side(models.TextChoices):
    """By which side of the post a matter is held: the two are one person's, and still may differ (P6)."""

    ADMINISTRATIVE = "administrative", _("行政岗位")
    COMMITTEE = "committee", _("支委职务")


class Kind(models.TextChoices):
    LEAD = "lead", _("主管")
    CHARGE = "charge", _("分管")
    ASSIST = "assist", _("协办")
    SUPERVISE = "supervise", _("监督")


# party work beside business (P4): which fields stand on the party side of a page
PARTY_FIELDS = (Field.PARTY, Field.INTEGRITY, Field.STABILITY, Field.IDEOLOGY)
