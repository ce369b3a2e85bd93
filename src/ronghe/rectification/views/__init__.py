"""Pages of 整改: lists, one item, its steps, the terms of its sources."""
