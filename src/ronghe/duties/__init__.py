"""分工: every matter has one owner, and everyone knows what, how and how far (M7, M12, M16, M21, P6, P7)."""
