"""What a context keeps in files beside the database, so that a restore can be compared with what its rows say."""

from collections.abc import Callable, Iterable

from ronghe.common.registry.base import Registry

# kept files: name → function(database alias) → (path in a backup, SHA-256) of every file that a row there names
kept_files: Registry[Callable[[str], Iterable[tuple[str, str]]]] = Registry()
