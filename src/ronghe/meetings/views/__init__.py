"""The pages of 会议与组织生活."""
