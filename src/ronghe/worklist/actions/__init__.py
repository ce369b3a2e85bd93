"""Writes of the worklist: what is due for other contexts, the month's tasks, the guides, the calendar's keys."""

from ronghe.worklist.actions.due import open_tasks, settle_tasks

__all__ = ["open_tasks", "settle_tasks"]
