"""Pages of 能力."""
