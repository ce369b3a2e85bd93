"""责任书: the pages, by noun."""
