"""Pages of the goals, by noun."""
