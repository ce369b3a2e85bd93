"""Writes of 档案."""
