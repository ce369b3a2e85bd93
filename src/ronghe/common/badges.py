"""The numbers beside menu lines and the bell: each context says what is counted, one query counts all of it."""

from typing import Any

from django.db.models import CharField, Count, Value

from ronghe.common.registry import badges


def count_badges(user: Any) -> dict[str, int]:
    """Return name → number of rows for every registered badge; one query a request, shared through the user object."""
    cached: dict[str, int] | None = getattr(user, "_badges", None)
    if cached is None:
        found = {name: build(user) for name, build in badges.items()}
        counted = [
            rows.order_by().annotate(badge=Value(name, CharField())).values("badge").annotate(rows=Count("pk")).values_list("badge", "rows")
            for name, rows in found.items()
            if rows is not None
        ]
        cached = user._badges = dict(counted[0].union(*counted[1:], all=True)) if counted else {}
    return cached


def count_badge(user: Any, name: str) -> int:
    """Return one of the numbers."""
    return count_badges(user).get(name, 0)
