"""The stages of a cycle and the days of each, pure."""

from datetime import date

LIVE = ("reporting", "balloting", "counted", "shown")
ENDED = ("signed", "published", "ended", "dropped")
STAGES = ("reporting", "balloting", "counted", "shown", "signed", "published")


def days_late(due: date, presented: date | None, day: date) -> int:
    """Return by how many days a report is or was late; 0 in time."""
    return max(0, ((presented or day) - due).days)
