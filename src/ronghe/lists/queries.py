"""What stands above a list: the views of its reader, and which columns are left out now. One query a request."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from ronghe.common import registry
from ronghe.lists.models import SavedView
from ronghe.lists.rules import write_classes
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


@dataclass(frozen=True)
class Chip:
    """One view above the list."""

    name: str
    url: str
    active: bool
    default: bool = False
    owner: str = ""


class Shelf:
    """The views of one list for one reader."""

    def __init__(self, request: HttpRequest, page: str) -> None:
        self.request, self.page = request, page
        self.listed = registry.lists.get(page) or registry.ListPage("")
        self.rows = list(SavedView.objects.visible_to(request.user).filter(page=page).select_related("owner"))
        me = standing_of(request.user).person_id
        self.own = [row for row in self.rows if row.owner_id == me and row.name]
        self.choice = next((row for row in self.rows if row.owner_id == me and not row.name), None)
        self.shared = [row for row in self.rows if row.owner_id != me and row.name]
        asked = request.GET.get("view", "")
        self.active = next((row for row in (*self.own, *self.shared) if str(row.pk) == asked), None)
        self.default = next((row for row in self.own if row.is_default), None)

    @property
    def hidden(self) -> list[str]:
        row = self.active or self.choice
        return row.hidden if row is not None else []

    @property
    def classes(self) -> str:
        return write_classes([(column.key, column.place) for column in self.listed.columns], self.hidden)

    @property
    def chips(self) -> list[Chip]:
        if not self.own and not self.shared:
            return []
        mine = [Chip(row.name, address_of(row), row == self.active, row.is_default) for row in self.own]
        others = [Chip(row.name, address_of(row), row == self.active, owner=row.owner.name) for row in self.shared]
        return [Chip("", "?view=0", self.active is None and not query_of(self.request)), *mine, *others]

    @property
    def columns(self) -> list[tuple[str, Any, bool]]:
        return [(column.key, column.label, column.key not in self.hidden) for column in self.listed.columns]


def address_of(row: SavedView) -> str:
    return f"?{row.query}{'&' if row.query else ''}{urlencode({'view': row.pk})}"


def query_of(request: HttpRequest) -> str:
    return "&".join(f"{name}" for name, value in request.GET.items() if value and name not in ("page", "view"))


def load_shelf(request: HttpRequest, page: str = "") -> Shelf | None:
    """Return the shelf of the list that is being asked for (or of the one named), or None: one query the first time."""
    match = request.resolver_match
    page = page or (match.view_name if match is not None else "")
    if registry.lists.get(page) is None or not request.user.is_authenticated or standing_of(request.user).person_id is None:
        return None
    kept: dict[str, Shelf] = request.__dict__.setdefault("_shelves", {})
    if page not in kept:
        kept[page] = Shelf(request, page)
    return kept[page]


def list_hidden(request: HttpRequest, page: str) -> list[str]:
    """Return the columns of a list that its export leaves out, as the list does now."""
    shelf = load_shelf(request, page)
    return shelf.hidden if shelf is not None else []


def list_units(user: Any) -> Any:
    """Return the units with which the user may share."""
    standing = standing_of(user)
    places = {post.unit_id for post in standing.posts} | {standing.unit_id or 0} | standing.readable_areas
    return Unit.objects.filter(pk__in=places).order_by("order", "pk")
