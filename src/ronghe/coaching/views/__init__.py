"""Pages of 措施."""
