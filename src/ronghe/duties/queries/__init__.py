"""Reads over 分工. Upper contexts need `list_matters_of` only."""

from ronghe.duties.queries.matrix import list_matters_of

__all__ = ["list_matters_of"]
