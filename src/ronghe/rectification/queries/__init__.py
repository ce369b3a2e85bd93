"""Reads over 整改. Other contexts need `count_open`, `count_by_area` and the registries `cures` and `destinations` only."""

from ronghe.rectification.queries.counts import AreaTally, Tally, build_panel, count_by_area, count_mine, count_open, list_mine
from ronghe.rectification.queries.items import ItemLine, describe_item, filter_items, list_cures, list_items_for, search_items
from ronghe.rectification.queries.sources import find_source, list_sources
from ronghe.rectification.queries.takers import list_takers

__all__ = [
    "AreaTally",
    "ItemLine",
    "Tally",
    "build_panel",
    "count_by_area",
    "count_mine",
    "count_open",
    "describe_item",
    "filter_items",
    "find_source",
    "list_cures",
    "list_items_for",
    "list_mine",
    "list_sources",
    "list_takers",
    "search_items",
]
