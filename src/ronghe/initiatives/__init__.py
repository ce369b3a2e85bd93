"""全员创效 and 项目组: ideas with a benefit that others verify, shared by agreement; cross-post teams with a year's target (M26, M27)."""
