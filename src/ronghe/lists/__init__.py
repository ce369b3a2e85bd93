"""列表视图: filters and columns of a list kept under a name, for oneself or one's unit."""
