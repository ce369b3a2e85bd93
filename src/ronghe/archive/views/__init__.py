"""Pages of 档案."""
