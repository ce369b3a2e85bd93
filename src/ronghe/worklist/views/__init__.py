"""Pages of the worklist, by noun."""
