"""What the reporting wants done once a day."""

from datetime import date


def open_due(day: date) -> str:
    """Open the months that are due to be asked; says which."""
    from ronghe.figures.actions.periods import open_due_periods  # noqa: PLC0415  (the worker loads it, not each page)

    opened = open_due_periods(day)
    return f"开放 {len(opened)} 个填报期"
