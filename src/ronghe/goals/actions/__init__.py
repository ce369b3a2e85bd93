"""Every write of the goals, by noun: indicators, targets."""
