"""Reads over 分工. Upper contexts need these only."""

from ronghe.duties.queries.matrix import list_indicators_of, list_matters_of

__all__ = ["list_indicators_of", "list_matters_of"]
