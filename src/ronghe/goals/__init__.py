"""目标: indicators with their definitions, and targets (M1, M2)."""
