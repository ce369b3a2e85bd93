"""Template helpers for paged lists."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Paginator

register = template.Library()


@register.filter
def elided(paginator: Paginator, number: int) -> Iterator[int | None]:
    """Page numbers around `number`; None stands for the ones left out."""
    for item in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1):
        yield item if isinstance(item, int) else None
