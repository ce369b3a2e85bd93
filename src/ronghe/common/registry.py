"""What must look upward: small lists of named functions, filled at start by each context's AppConfig.ready().

Lower contexts never import upper ones; they ask these lists.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries by name, in the order of their `order`, each registered once."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, name: str, entry: Entry) -> None:
        self._entries[name] = entry

    def get(self, name: str) -> Entry | None:
        return self._entries.get(name)

    def items(self) -> Iterable[tuple[str, Entry]]:
        return self._entries.items()

    def values(self) -> Iterable[Entry]:
        return self._entries.values()


@dataclass(frozen=True)
class MenuItem:
    """One line of the side menu. `may` decides who sees it; `tab` puts it on the phone's bar as well."""

    section: str
    label: str
    url_name: str
    icon: str
    may: Callable[..., bool]
    order: int
    tab: str = ""
    count: Callable[[Any], int] | None = None


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
# search: name → function(user, query, limit) → list[Hit]
searches: Registry[Callable[[Any, str, int], list[Hit]]] = Registry()
panels: Registry[Panel] = Registry()
# links: model label ('figures.batch') → function(pk) → address of its page; what audit, tasks and notices open
links: Registry[Callable[[int], str]] = Registry()

# export watchers: name → function(export, user), called in the transaction that logs an export
export_watchers: Registry[Callable[[Any, Any], None]] = Registry()


@dataclass(frozen=True)
class Series:
    """The last months of one unit's figures for an indicator, oldest first; None where nothing is in force."""

    name: str
    values: tuple[Decimal | None, ...]
    latest: Decimal | None
    month: str


# series: name → function(user, indicator pk) → what the user may read of its figures, one line a unit
series: Registry[Callable[[Any, int], list[Series]]] = Registry()


def find_link(label: str, pk: int | None) -> str:
    """Return the address of an object's page, or '' where it has none."""
    build = links.get(label)
    return build(pk) if build and pk is not None else ""
