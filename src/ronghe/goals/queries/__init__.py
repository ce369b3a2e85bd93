"""Reads over the handbook, the targets and the goal plans."""

from ronghe.goals.queries.handbook import (
    Cell,
    TargetTable,
    list_feeds,
    list_indicators,
    list_offices,
    load_targets,
    match_text,
    name_tracks,
    reading_area,
    search_indicators,
)

__all__ = [
    "Cell",
    "TargetTable",
    "list_feeds",
    "list_indicators",
    "list_offices",
    "load_targets",
    "match_text",
    "name_tracks",
    "reading_area",
    "search_indicators",
]
