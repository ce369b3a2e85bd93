"""Paging of lists: 50 rows, one count and one read, whatever the size."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_SIZE = 50


def paginate(request: HttpRequest, rows: Any, size: int = PAGE_SIZE) -> Page:
    """Return the page that the address asks for (?page=); out of range gives the nearest. Its rows are read once, as a list."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page
