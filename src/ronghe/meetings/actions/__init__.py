"""Every write of 会议与组织生活, by what it is about."""
