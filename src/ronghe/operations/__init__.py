"""运行: the daily tick, backup and restore, and what the three administrators watch."""
