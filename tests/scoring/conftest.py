"""The kernel's tests need no Django and no database."""
