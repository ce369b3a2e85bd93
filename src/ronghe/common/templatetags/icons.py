"""`{% icon "bell" %}`: what `<c-icon>` shows, cheap enough for loops and for the frame around every page."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """One icon of the sprite; made once in a process, since the frame shows about thirty on every page."""
    sprite = static("ronghe/dist/icons.svg")
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>', css, sprite, name)
