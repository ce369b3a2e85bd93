"""Every write of 议事决策."""

from ronghe.decisions.actions.exceptions import ask_exception, decide_exception, decide_urgently
from ronghe.decisions.actions.follow import assign, finish_assignment
from ronghe.decisions.actions.gate import complete_step, reassign_step, save_draft, take_result
from ronghe.decisions.actions.lists import adopt_list, publish_list, revise_list, save_form, save_head, save_rule
from ronghe.decisions.actions.register import Registration, judge_split, preview_matter, register_matter, withdraw_matter
from ronghe.decisions.actions.stops import reconsider, report_cure, resume_matter, stop_matter

__all__ = [
    "Registration",
    "adopt_list",
    "ask_exception",
    "assign",
    "complete_step",
    "decide_exception",
    "decide_urgently",
    "finish_assignment",
    "judge_split",
    "preview_matter",
    "publish_list",
    "reassign_step",
    "reconsider",
    "register_matter",
    "report_cure",
    "resume_matter",
    "revise_list",
    "save_draft",
    "save_form",
    "save_head",
    "save_rule",
    "stop_matter",
    "take_result",
    "withdraw_matter",
]
