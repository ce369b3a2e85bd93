"""What stands around every page: menu, panels, searches, links, lists with their views, who stands where."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ronghe.common.registry.base import Registry


@dataclass(frozen=True)
class MenuItem:
    """One line of the side menu. `may` decides who sees it; `tab` puts it on the phone's bar as well.

    `holds(user, path)` tells of a page elsewhere that it belongs to this line (our own station's, among all stations').
    """

    section: str
    label: str
    url_name: str
    icon: str
    may: Callable[..., bool]
    order: int
    tab: str = ""
    count: Callable[[Any], int] | None = None
    holds: Callable[[Any, str], bool] | None = None


@dataclass(frozen=True)
class Hit:
    """One search result. `kind` is the Chinese word for what it is."""

    kind: str
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Panel:
    """A part of the workbench: `build(user)` returns its context or None; `order` places it (do now, how we stand, what is new); `aside` puts it in the narrow column."""

    template: str
    build: Callable[[Any], dict[str, Any] | None]
    order: int
    aside: bool = False


# what org tells the contexts below it: 'standing' → function(user) → Standing
people: Registry[Callable[[Any], Any]] = Registry()
menu: Registry[MenuItem] = Registry()
# badges: name → function(user) → the rows that are counted, or None for somebody without any (common.badges)
badges: Registry[Callable[[Any], Any]] = Registry()
# search: name → function(user, query, limit) → list[Hit]
searches: Registry[Callable[[Any, str, int], list[Hit]]] = Registry()
panels: Registry[Panel] = Registry()
# links: model label ('figures.batch') → function(pk) → address of its page; what audit, tasks and notices open
links: Registry[Callable[[int], str]] = Registry()


@dataclass(frozen=True)
class Column:
    """A column of a list that its reader may leave out. `place`: the how-manieth it is, from the end where it is negative (a box to tick may
    stand before the first). `heads`: what it is called in the list's sheet."""

    key: str
    label: Any
    place: int
    heads: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListPage:
    """A list whose filters and columns can be saved as a view; known by the name of its address."""

    title: Any
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Shelves:
    """What the lists ask of who keeps views: `load(request)` → what stands above the list, or None; `hidden(request, list)` → keys of columns."""

    load: Callable[..., Any]
    hidden: Callable[[Any, str], list[str]]


# lists: name of an address → the list there, with the columns that may be left out
lists: Registry[ListPage] = Registry()
# shelves: who keeps the views of lists
shelves: Registry[Shelves] = Registry()


def find_link(label: str, pk: int | None) -> str:
    """Return the address of an object's page, or '' where it has none."""
    build = links.get(label)
    return build(pk) if build and pk is not None else ""
