"""The rows of 述职评议."""

from ronghe.appraisal.models.ballots import Code, Judge, NamedBallot, Seat, Tally, Urn
from ronghe.appraisal.models.cycles import Cycle, Report, Template
from ronghe.appraisal.models.norms import SplitNorm
from ronghe.appraisal.models.onsite import CheckRound, CheckSheet, SheetLine
from ronghe.appraisal.models.outcomes import Doubt, Given, Outcome, Signature
from ronghe.appraisal.models.pay import PayPool, PayRule

__all__ = [
    "CheckRound",
    "CheckSheet",
    "Code",
    "Cycle",
    "Doubt",
    "Given",
    "Judge",
    "NamedBallot",
    "Outcome",
    "PayPool",
    "PayRule",
    "Report",
    "Seat",
    "SheetLine",
    "Signature",
    "SplitNorm",
    "Tally",
    "Template",
    "Urn",
]
