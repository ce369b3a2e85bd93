"""措施: graded measures from 表扬 to 岗位调整建议, talks with their follow-ups, pairs of a weak and a strong unit, and whether each worked."""
