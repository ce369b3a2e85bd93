"""The list that all registries are."""

from collections.abc import Iterable
from typing import Generic, TypeVar

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
