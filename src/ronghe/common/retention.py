"""保存期限: what runs out. Each context registers its kinds of record; `ronghe.retention` applies the rules and keeps the report.

No kind reaches audit entries, checkpoints, or anything signed or published: what those say stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone

from ronghe.common.registry import Registry

WAYS = ("remove", "empty", "anonymise", "archive")


@dataclass(frozen=True)
class Cut:
    """Rows whose moment lies before `before` are over their term; those of the `spared` areas stay, under a legal hold."""

    before: datetime
    spared: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Span:
    """What lies before a cut: how many rows, from which day to which."""

    count: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of record. `look(cut)` says what is over its term, `take(cut, limit)` deals with at most `limit` rows in the caller's
    transaction and returns how many.

    `by_area`: rows know their area, so that a hold on one spares only its rows; for the others any hold stops the kind.
    `least_days`: a law wants it kept so long. `own_term` says where the term is set, for a kind that no rule here decides on.
    """

    title: Any
    what: Any
    way: str
    look: Callable[[Cut], Span]
    take: Callable[[Cut, int], int]
    by_area: bool = False
    least_days: int = 0
    own_term: Any = ""


kinds: Registry[Kind] = Registry()


def rows_kind(title: Any, what: Any, rows: Callable[[Cut], QuerySet[Any]], field: str, **extra: Any) -> Kind:
    """Return a kind whose rows are simply deleted, the oldest first by `field`."""

    def take(cut: Cut, limit: int) -> int:
        over = rows(cut).order_by(field, "pk")
        pks = list(over.values_list("pk", flat=True)[:limit])
        over.model._default_manager.filter(pk__in=pks).delete()
        return len(pks)

    return Kind(title, what, "remove", lambda cut: span_of(rows(cut), field), take, **extra)


def span_of(rows: QuerySet[Any], field: str) -> Span:
    """Return count, first and last day of rows by a field that holds a day or a moment. One query."""
    found = rows.order_by().aggregate(count=Count("pk"), first=Min(field), last=Max(field))
    return Span(found["count"], day_of(found["first"]), day_of(found["last"]))


def day_of(moment: Any) -> date | None:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
