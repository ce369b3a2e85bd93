"""责任书: the writes, by noun."""
