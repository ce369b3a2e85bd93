"""账号: who may log in."""
