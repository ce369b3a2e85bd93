"""Every write of the assessment, by noun."""

from ronghe.assessment.actions.chases import drop_chase, save_chase
from ronghe.assessment.actions.drafts import return_draft, save_draft, start_draft, submit_draft, take_back_draft
from ronghe.assessment.actions.objection_steps import escalate_late
from ronghe.assessment.actions.objections import object_to_mark, reject_objection, uphold_objection, withdraw_objection
from ronghe.assessment.actions.publication import drop_run, finalise_due_runs, finalise_run, publish_run
from ronghe.assessment.actions.runs import run_month
from ronghe.assessment.actions.schemes import adopt_scheme, drop_scheme, publish_scheme
from ronghe.assessment.actions.stability import add_stability

__all__ = [
    "add_stability",
    "adopt_scheme",
    "drop_chase",
    "drop_run",
    "drop_scheme",
    "escalate_late",
    "finalise_due_runs",
    "finalise_run",
    "object_to_mark",
    "publish_run",
    "publish_scheme",
    "reject_objection",
    "return_draft",
    "run_month",
    "save_chase",
    "save_draft",
    "start_draft",
    "submit_draft",
    "take_back_draft",
    "uphold_objection",
    "withdraw_objection",
]
