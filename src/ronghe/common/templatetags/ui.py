"""Template helpers of the shared components."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django import template
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def elided(paginator: Paginator, number: int) -> Iterator[int | None]:
    """Page numbers around `number`; None stands for the ones left out."""
    for item in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1):
        yield item if isinstance(item, int) else None


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """One icon of the sprite. The frame has about thirty on every page, so each is made once in a process."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>', css, static("ronghe/dist/icons.svg"), name
    )
