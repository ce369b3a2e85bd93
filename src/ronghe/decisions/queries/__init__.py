"""Reads over 议事决策, always from `visible_to`."""

from ronghe.decisions.queries.matters import count_mine, describe_matter, filter_matters, list_mine, list_stopped, search_matters

__all__ = ["count_mine", "describe_matter", "filter_matters", "list_mine", "list_stopped", "search_matters"]
