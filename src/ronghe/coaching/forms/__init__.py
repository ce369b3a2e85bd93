"""Forms of 措施."""
