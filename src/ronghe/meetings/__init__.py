"""会议与组织生活: kinds as data, the year's plan, agenda, attendance, quorum, votes, secret ballots, minutes, norms."""
