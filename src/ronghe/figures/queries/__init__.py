"""Reads over the figures: what is asked of whom, who has not reported, what a run takes as its inputs."""

from ronghe.figures.queries.asked import list_asked, list_indicators
from ronghe.figures.queries.inputs import adjust_target, collect_inputs
from ronghe.figures.rules import last_day

__all__ = ["adjust_target", "collect_inputs", "last_day", "list_asked", "list_indicators"]
