"""Every write of 能力."""

from ronghe.capability.actions.people import (
    check_certificate,
    drop_step,
    finish_step,
    import_training,
    judge_person,
    plan_step,
    record_certificate,
    set_aim,
    tend_certificates,
)
from ronghe.capability.actions.quizzes import add_practice, check_practice, hand_in, import_questions, open_quiz, start_attempt
from ronghe.capability.actions.standards import adopt_pack, end_requirement, end_successor, name_successor, set_requirement

__all__ = [
    "add_practice",
    "adopt_pack",
    "check_certificate",
    "check_practice",
    "drop_step",
    "end_requirement",
    "end_successor",
    "finish_step",
    "hand_in",
    "import_questions",
    "import_training",
    "judge_person",
    "name_successor",
    "open_quiz",
    "plan_step",
    "record_certificate",
    "set_aim",
    "set_requirement",
    "start_attempt",
    "tend_certificates",
]
