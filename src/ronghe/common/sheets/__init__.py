"""Spreadsheets and CSV as people send them: read to plain cells in a bounded child process, written back with problems marked.

Plain data in, plain data out; no Django. What the cells mean is the caller's matter (`figures/reading`, `org/roster.py`).
"""
