"""The rules of meetings, pure: quorum and votes, who speaks when, the agenda, the norms of 组织生活."""
