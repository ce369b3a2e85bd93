"""What stands above a list: saved views and the choice of columns; the classes that hide columns of its table."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.loader import get_template
from django.urls import reverse

from ronghe.common import registry
from ronghe.common.links import find_fixed

register = template.Library()


def load(context: Any) -> Any:
    request = context.get("request")
    return next((one.load(request) for one in registry.shelves.values()), None) if request is not None else None


@register.simple_tag(takes_context=True)
def list_bar(context: Any) -> str:
    """Return the views of the list that is shown, '' where it has none."""
    shelf = load(context)
    if shelf is None:
        return ""
    query = context["request"].GET.copy()
    for name in ("page", "view"):
        query.pop(name, None)
    kept = urlencode([(name, value) for name, values in query.lists() for value in values if value])
    more = {
        "shelf": shelf,
        "query": kept,
        "new_url": f"{find_fixed('lists:new')}?{urlencode({'page': shelf.page, 'query': kept})}",
        "own_url": reverse("lists:views"),
        "columns_url": reverse("lists:columns"),
        "csrf_token": context.get("csrf_token"),
    }
    return str(get_template("lists/bar.html").render(more))


@register.simple_tag(takes_context=True)
def column_classes(context: Any) -> str:
    """Return the classes that hide the columns left out of the list that is shown."""
    shelf = load(context)
    return shelf.classes if shelf is not None else ""


@register.simple_tag(takes_context=True)
def default_view(context: Any) -> str:
    """Return what must stand in the address of a list that opens with a view, to see all of it."""
    shelf = load(context)
    return "view=0" if shelf is not None and shelf.default is not None else ""
