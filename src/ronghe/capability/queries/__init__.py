"""Reads of 能力."""
