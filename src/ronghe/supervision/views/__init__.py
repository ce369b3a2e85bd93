"""Pages of 监督."""
