"""The default terms of 创效; a 管理区 sets its own (models.Terms)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# who may be named to verify benefits: posts that answer for the area's numbers
VERIFIER_KINDS = {"deputy_business": _("经营管理副职"), "area_manager": _("管理区经理"), "reviewer": _("审核人")}
# where the named post is vacant or its holder gains from the idea, the next in this order
STAND_INS = ("deputy_business", "area_manager", "branch_secretary", "reviewer")


@dataclass(frozen=True)
class TermRule:
    """Working days for each step, and who verifies."""

    decide_days: int = 10
    raise_days: int = 5
    verify_days: int = 10
    share_days: int = 10
    verifier_kind: str = "deputy_business"
    basis: str = "系统默认值,请按本管理区全员创效办法修改:建议限期答复,逾期逐级上报,效益由经营部门核实"


DEFAULT_TERMS = TermRule()
