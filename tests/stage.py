"""Scenes that many tests begin with are played once a process; after that their rows are laid into the database as they were.

`@staged` goes on a builder that writes rows and whose arguments are the world and plain values. The first call on a state runs it
and keeps which rows it added, changed and deleted; a later call on the same state writes those rows, and hands out copies of the
objects that it returned. The state is what a test has done to the database so far: nothing but staged builders, in the same order,
with the same arguments, on the same day. After anything else (a step of the test's own, a changed setting) the builder simply runs; so
it does under `monkeypatch`, and as `builder.__wrapped__` wherever a test is about what the builder does.
"""

import functools
import io
import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar

WRITES = re.compile(r"""\s*(?:insert\s+(?:or\s+\w+\s+)?into|update|delete\s+from|truncate)\s+"?(\w+)""", re.IGNORECASE)
READS = re.compile(r"\s*(?:begin|select|with|savepoint|release|pragma|set constraints|explain|show)\b", re.IGNORECASE)
LINES = 400

P = ParamSpec("P")
R = TypeVar("R")
Key = tuple[Any, ...]
Rows = dict[str, str]


@dataclass
class Scene:
    """What a builder did: statements that do it again, what it returned, and the rows of each table it touched as they were after it."""

    statements: list[str]
    result: bytes
    tables: dict[str, Rows]


class Stage:
    """The scenes of this process, and what the running test has done so far (`path`; None: something of its own)."""

    def __init__(self) -> None:
        self.scenes: dict[Key, Scene] = {}
        self.base: dict[str, Rows] | None = None
        self.path: Key | None = None
        self.touched: set[str] = set()

    def begin(self) -> None:
        from django.db import connection

        self.listen(connection)
        self.path = ()
        self.touched = set()

    def forget(self) -> None:
        """Something has been committed: what was kept no longer fits."""
        self.scenes, self.base, self.path = {}, None, None

    def listen(self, connection: Any) -> None:
        # the name `connection` is another object where an event loop runs in this thread, as Playwright's does
        if self.hear not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.hear)

    def hear(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not READS.match(sql):
            found = WRITES.match(sql)
            if found:
                self.touched.add(found[1])
            self.path = None
        return execute(sql, params, many, context)


stage = Stage()


def staged(build: Callable[P, R]) -> Callable[P, R]:
    """Let a builder's rows be laid instead of written anew, wherever that is the same."""

    @functools.wraps(build)
    def play(*args: P.args, **kwargs: P.kwargs) -> R:
        from django.db import connection

        world = args[0] if args else None
        plain = args[1:] if args else ()
        key = make_key(build, world, plain, kwargs)
        before = stage.path
        if before is None or key is None or not connection.in_atomic_block or stage.hear not in connection.execute_wrappers:
            return build(*args, **kwargs)
        place = (*before, key)
        scene = stage.scenes.get(place)
        if scene is None:
            return play_first(connection, place, before, lambda: build(*args, **kwargs), world)
        lay(connection, scene.statements)
        stage.touched |= scene.tables.keys()
        stage.path = place
        kept, result = unpack(scene.result, world)
        if world is not None:
            world.__dict__.update(kept)
        return result

    return play


class Packer(pickle.Pickler):
    """Writes everything but the world itself, which the next test has its own of."""

    world: Any

    def persistent_id(self, obj: Any) -> str | None:
        return "world" if obj is self.world else None


class Unpacker(pickle.Unpickler):
    world: Any

    def persistent_load(self, name: str) -> Any:
        return self.world


def pack(world: Any, result: Any) -> bytes:
    stream = io.BytesIO()
    packer = Packer(stream)
    packer.world = world if world is not None else packer
    packer.dump((getattr(world, "__dict__", None), result))
    return stream.getvalue()


def unpack(data: bytes, world: Any) -> tuple[dict[str, Any], Any]:
    unpacker = Unpacker(io.BytesIO(data))
    unpacker.world = world
    kept, result = unpacker.load()
    return kept, result


def make_key(build: Any, world: Any, plain: tuple[Any, ...], named: dict[str, Any]) -> Key | None:
    """Name a call; None: it depends on more than its name says."""
    from django.conf import UserSettingsHolder, settings

    from ronghe.common.calendar import _clock, today

    if isinstance(settings._wrapped, UserSettingsHolder):
        return None
    if not is_plain([plain, named]):
        return None
    which = (world._meta.label, world.pk) if hasattr(world, "_meta") else type(world).__name__
    return build.__module__, build.__qualname__, which, repr(plain), repr(sorted(named.items())), _clock.get(), today()


def is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(is_plain(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return all(is_plain(part) for part in value)
    return value is None or isinstance(value, str | bytes | int | Decimal | date)


def play_first(connection: Any, place: Key, before: Key, run: Callable[[], Any], world: Any) -> Any:
    if stage.base is None:
        stage.base = {table: read_rows(connection, table) for table in connection.introspection.table_names()}
    earlier, stage.touched = stage.touched, set()
    try:
        result = run()
    finally:
        touched, stage.touched = stage.touched, earlier | stage.touched
    stage.path = None
    tables = {table: read_rows(connection, table) for table in touched}
    was = {table: find_rows(before, table) for table in touched}
    stage.scenes[place] = Scene(list_statements(connection, was, tables), pack(world, result), tables)
    stage.path = place
    return result


def find_rows(place: Key, table: str) -> Rows:
    """The rows of a table on a state: as the last scene that touched it left them."""
    while place:
        scene = stage.scenes[place]
        if table in scene.tables:
            return scene.tables[table]
        place = place[:-1]
    assert stage.base is not None
    return stage.base.get(table, {})


@functools.cache
def describe(table: str) -> tuple[str, list[str]]:
    """Return the primary key and the columns of a table."""
    from django.db import connection

    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        return connection.introspection.get_primary_key_column(cursor, table) or columns[0], columns


def read_rows(connection: Any, table: str) -> Rows:
    """Return the rows as literals of SQL, by their primary key's literal."""
    key, columns = describe(table)
    write = 'quote("{}")' if connection.vendor == "sqlite" else 'quote_nullable("{}"::text)'
    line = " || ',' || ".join(write.format(column) for column in columns)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(f'select {write.format(key)}, {line} from "{table}"')
        return dict(cursor.fetchall())
    finally:
        cursor.close()


def list_statements(connection: Any, was: dict[str, Rows], now: dict[str, Rows]) -> list[str]:
    """Return the statements that make the rows of `was` those of `now`; foreign keys are looked at in the end, so any order will do."""
    gone, come = [], []
    for table, rows in now.items():
        key, columns = describe(table)
        old = [pk for pk, line in was[table].items() if rows.get(pk) != line]
        new = [line for pk, line in rows.items() if was[table].get(pk) != line]
        if old:
            gone.append(f'delete from "{table}" where "{key}" in ({", ".join(old)})')
        names = ", ".join(f'"{column}"' for column in columns)
        come += [
            f'insert into "{table}" ({names}) values ({"), (".join(new[start : start + LINES])})' for start in range(0, len(new), LINES)
        ]
    statements = gone + come
    return statements if connection.vendor == "sqlite" else ["; ".join(statements)]


def lay(connection: Any, statements: list[str]) -> None:
    cursor = connection.connection.cursor()
    try:
        for statement in statements:
            cursor.execute(statement)
    finally:
        cursor.close()
