"""The rules of 措施, pure: no Django."""
