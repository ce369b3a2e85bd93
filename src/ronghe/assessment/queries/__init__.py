"""Reads of the assessment, by page; each starts from what the user may see."""
