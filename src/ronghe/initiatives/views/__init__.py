"""Pages of 创效 and 项目组."""
