"""Reads of 驻站带班."""
