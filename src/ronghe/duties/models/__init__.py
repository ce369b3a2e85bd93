"""分工: the matrix with its times, what the detector found, handing over, duty lists. No row here is ever deleted."""

from ronghe.duties.models.findings import Finding, Norm, Term
from ronghe.duties.models.handovers import Handover, HandoverLine, StandingDeputy
from ronghe.duties.models.lists import Category, DutyItem, DutyList, DutyVersion, Receipt
from ronghe.duties.models.matrix import Holding, Matter, MatterText

__all__ = [
    "Category",
    "DutyItem",
    "DutyList",
    "DutyVersion",
    "Finding",
    "Handover",
    "HandoverLine",
    "Holding",
    "Matter",
    "MatterText",
    "Norm",
    "Receipt",
    "StandingDeputy",
    "Term",
]
