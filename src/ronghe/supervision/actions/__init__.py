"""Every write of 监督."""
