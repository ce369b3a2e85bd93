"""工作台 and search: the first page of everybody."""
