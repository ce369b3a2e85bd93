"""An empty database with every migration run, made once and copied: to run them is the slowest thing that a test process does.

Its name holds a digest of all migrations and of the locked packages, so that what is stale is never used. Nothing is taken from
it but the schema and what the migrations themselves write.
"""

import fcntl
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@cache
def name_template() -> str:
    digest = hashlib.sha256((ROOT / "requirements" / "dev.txt").read_bytes())
    for path in sorted((ROOT / "src" / "ronghe").glob("*/migrations/*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return f"ronghe_migrated_{digest.hexdigest()[:16]}"


def template_file() -> Path:
    return Path(tempfile.gettempdir()) / f"{name_template()}-{os.getuid()}.sqlite3"


@contextmanager
def one_at_a_time(vendor: str) -> Iterator[None]:
    """The first process makes the template, the others wait for it."""
    with Path(tempfile.gettempdir(), f"{name_template()}-{os.getuid()}.{vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def lay_file(target: Path | str) -> bool:
    """Copy the template to where an SQLite database is to be; tells whether there was one."""
    if not template_file().exists():
        return False
    copy_database(template_file(), Path(target))
    return True


def keep_file(source: Path | str) -> None:
    draft = template_file().with_suffix(f".{os.getpid()}")
    copy_database(Path(source), draft)
    draft.replace(template_file())


def copy_database(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def make_test_database(setup: Any) -> Any:
    """Return what `setup()` returns, with the test database laid before it, or kept after it for the next process."""
    from django.db import connection

    sqlite = connection.vendor == "sqlite"
    name = connection.settings_dict["TEST"]["NAME"]
    with one_at_a_time(connection.vendor):
        laid = lay_file(name) if sqlite else lay_on_server(connection, name)
        made = setup()
        if not laid and sqlite:
            keep_file(name)
        elif not laid:
            keep_on_server(connection, name)
    return made


def lay_on_server(connection: Any, name: str) -> bool:
    """Drop what an earlier run left under this name, and make it from the template where there is one."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'drop database if exists "{name}" with (force)')
        cursor.execute("select count(*) from pg_database where datname = %s", [name_template()])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(f'create database "{name}" template "{name_template()}"')
    return True


def keep_on_server(connection: Any, name: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'create database "{name_template()}" template "{name}"')
