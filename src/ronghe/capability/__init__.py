"""能力: what a post asks, what a person brings, the gap and its plan, certificates before they expire, 大练兵 (M19, P8)."""
