"""Paging of lists: 50 rows, one count and one read, whatever the size."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page of rows. `query` is the rest of the address, to keep filters while paging."""

    items: list[Any]
    number: int
    pages: int
    count: int
    first: int
    last: int
    query: str

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def paginate(request: HttpRequest, rows: Any, size: int = PAGE_SIZE) -> Page:
    """Return the page that the address asks for (?page=); out of range gives the nearest."""
    found = Paginator(rows, size).get_page(request.GET.get("page"))
    rest = request.GET.copy()
    rest.pop("page", None)
    return Page(
        items=list(found.object_list),
        number=found.number,
        pages=found.paginator.num_pages,
        count=found.paginator.count,
        first=found.start_index(),
        last=found.end_index(),
        query=rest.urlencode(),
    )
