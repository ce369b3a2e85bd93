"""Inserting very many rows of one table: by COPY on PostgreSQL, by executemany elsewhere, with no Python object for each row.

Only for tables whose `save()` adds nothing that a prototype can't say, and whose rows nobody needs back.
"""

# ruff: noqa: S608  (names come from the models, values are bound)

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connections, router, transaction
from django.db.models import AutoField, BigAutoField, Model

CHUNK = 5000
ESCAPES = {ord(one): f"\\{name}" for one, name in zip("\\\t\n\r", "\\tnr", strict=True)}
T = TypeVar("T")


def insert_rows(prototype: Model, names: Sequence[str], rows: Iterable[Sequence[str | int | bool | None]]) -> None:
    """Insert rows that differ from a prototype in the columns `names` (attnames), leaving out those that a unique constraint refuses.

    Values are as columns hold them: text, whole numbers, truth values, None; a date as '2026-11-27'. Call it inside an action.
    """
    using = router.db_for_write(type(prototype))
    fields = [field for field in prototype._meta.local_concrete_fields if not isinstance(field, AutoField | BigAutoField)]
    varying = [next(field for field in fields if field.attname == name) for name in names]
    fixed = [
        (field, field.get_db_prep_save(field.pre_save(prototype, add=True), connections[using])) for field in fields if field not in varying
    ]
    with transaction.atomic(using=using):
        if connections[using].vendor == "postgresql":
            copy_rows(using, prototype._meta.db_table, varying, fixed, rows)
        else:
            write_rows(using, prototype._meta.db_table, varying, fixed, rows)


def copy_rows(using: str, table: str, varying: list[Any], fixed: list[tuple[Any, Any]], rows: Iterable[Sequence[Any]]) -> None:
    """COPY what varies into a table of this transaction, then move it with what is fixed: COPY alone would stop at the first conflict."""
    quote = connections[using].ops.quote_name
    target, heap = quote(table), quote(f"bulk_{table}"[:60])
    columns = ", ".join(quote(field.column) for field in varying)
    others = ", ".join(quote(field.column) for field, _value in fixed)
    with connections[using].cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {heap} ON COMMIT DROP AS SELECT {columns} FROM {target} WITH NO DATA")
        # a COPY for each chunk: between them the rows' own generator may read from the same connection
        for chunk in cut(rows, CHUNK):
            with cursor.copy(f"COPY {heap} ({columns}) FROM STDIN") as copy:
                copy.write("".join([line_of(row) for row in chunk]))
        marks = ", ".join(["%s"] * len(fixed))
        cursor.execute(
            f"INSERT INTO {target} ({columns}, {others}) SELECT {columns}, {marks} FROM {heap} ON CONFLICT DO NOTHING",
            [value for _field, value in fixed],
        )
        cursor.execute(f"DROP TABLE {heap}")


def line_of(row: Sequence[Any]) -> str:
    """Return a row in COPY's text format."""
    return "\t".join(["\\N" if one is None else one.translate(ESCAPES) if type(one) is str else str(one) for one in row]) + "\n"


def write_rows(using: str, table: str, varying: list[Any], fixed: list[tuple[Any, Any]], rows: Iterable[Sequence[Any]]) -> None:
    """Insert chunk by chunk, one prepared statement for all."""
    quote = connections[using].ops.quote_name
    columns = ", ".join(quote(field.column) for field in [*varying, *(field for field, _value in fixed)])
    marks = ", ".join(["%s"] * (len(varying) + len(fixed)))
    ending = tuple(value for _field, value in fixed)
    with connections[using].cursor() as cursor:
        for chunk in cut(rows, CHUNK):
            cursor.executemany(f"INSERT OR IGNORE INTO {quote(table)} ({columns}) VALUES ({marks})", [(*row, *ending) for row in chunk])


def cut(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut an iterable into lists of at most `size`."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk
