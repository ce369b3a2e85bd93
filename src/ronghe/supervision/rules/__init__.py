"""The rules of supervision, pure: no Django, no database."""
