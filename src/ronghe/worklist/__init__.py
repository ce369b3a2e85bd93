"""工作清单与待办: the one table of everything due (M20)."""
