"""进度与预测 (M2): year to date against target and time, what the year will come to, and how sure that is."""
