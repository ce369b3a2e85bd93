"""Reads of 措施."""
