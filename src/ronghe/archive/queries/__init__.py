"""Reads of 档案."""
