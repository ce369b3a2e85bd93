"""Reads of the worklist, by noun."""

from ronghe.worklist.queries.due import (
    TaskLine,
    build_panel,
    count_lights,
    count_open,
    describe_task,
    list_open,
    list_own,
)

__all__ = ["TaskLine", "build_panel", "count_lights", "count_open", "describe_task", "list_open", "list_own"]
