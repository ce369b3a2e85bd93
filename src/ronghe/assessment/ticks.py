"""What the assessment wants done once a day."""

from datetime import date


def finalise_due(day: date) -> str:
    """Let the runs take effect whose term of publication is over; says how many."""
    from ronghe.assessment.actions.publication import finalise_due_runs  # noqa: PLC0415  (the worker loads it, not each page)

    return f"{finalise_due_runs(day)} 次计分公示期满生效"


def store_due(day: date) -> str:
    """Move the marks of long past months to Parquet, where the deployment wants that; says how many."""
    from ronghe.assessment.actions.marks import store_due_marks  # noqa: PLC0415

    runs, marks = store_due_marks()
    return f"{runs} 次计分的 {marks} 条得分转存"


def escalate_late(day: date) -> str:
    """Put objections that nobody has answered in time before the superior; says how many."""
    from ronghe.assessment.actions.objection_steps import escalate_late as escalate  # noqa: PLC0415

    return f"{escalate(day)} 个异议超期上报"
