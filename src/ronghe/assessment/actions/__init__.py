"""Every write of the assessment, by noun."""

from ronghe.assessment.actions.publication import drop_run, finalise_due_runs, finalise_run, publish_run
from ronghe.assessment.actions.runs import run_month
from ronghe.assessment.actions.schemes import adopt_scheme, drop_scheme, publish_scheme
from ronghe.assessment.actions.stability import add_stability

__all__ = [
    "add_stability",
    "adopt_scheme",
    "drop_run",
    "drop_scheme",
    "finalise_due_runs",
    "finalise_run",
    "publish_run",
    "publish_scheme",
    "run_month",
]
