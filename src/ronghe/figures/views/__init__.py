"""Pages of the monthly figures, by noun."""
