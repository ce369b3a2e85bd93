"""考核: schemes, runs, marks, places, gaps, publication (M3, M4, M24)."""
