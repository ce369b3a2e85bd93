"""Pages of the 系统管理员 and the 安全管理员."""
