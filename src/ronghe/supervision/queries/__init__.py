"""Reads over 监督, each from what its reader may see."""
