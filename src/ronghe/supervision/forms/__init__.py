"""Forms of 监督."""
