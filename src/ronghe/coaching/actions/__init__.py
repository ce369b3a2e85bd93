"""Writes of 措施."""
