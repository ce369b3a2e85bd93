"""Marks of past months as Parquet, one file a run: `period=2024-03/run-12.parquet` below the folder of marks (docs/adr/0012).

A file holds every mark of its run with its gap, beside the codes of area, period and unit, so that DuckDB and Spark read the
folder without the database. PyArrow is loaded only where a file is written or read.
"""

import hashlib
import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from ronghe.assessment.models import Mark, Run
from ronghe.common.actions import Refused

if TYPE_CHECKING:
    import pyarrow as pa

# what a reader outside the database needs to make sense of a row
LABELS = ("area", "period", "unit_code")
FIELDS = Mark._meta.concrete_fields
NAMES = tuple(field.attname for field in FIELDS)


class MarksLost(Refused):
    """The file of a run is gone or is not the one that was written: nothing is shown rather than something wrong."""


def folder() -> Path:
    """Return the folder of all files."""
    return Path(settings.RONGHE_ARCHIVE) / "marks"


def name_file(run: Run) -> str:
    """Return the file of a run, below the folder."""
    return f"period={run.period}/run-{run.pk}.parquet"


def list_kept(using: str) -> list[tuple[str, str]]:
    """Return (path in a backup, digest) of every file that a run names."""
    rows = Run.objects.using(using).order_by().exclude(marks_file="").values_list("marks_file", "marks_digest")
    return [(f"marks/{name}", digest) for name, digest in rows]


def build_schema() -> "pa.Schema":
    """Return the columns: those of the table with their exact types, after the codes that name the row."""
    import pyarrow as pa  # noqa: PLC0415  (only where a file is written)

    def type_of(field: models.Field[Any, Any]) -> pa.DataType:
        if isinstance(field, models.DecimalField):
            return pa.decimal128(field.max_digits, field.decimal_places)
        return pa.string() if isinstance(field, models.CharField | models.TextField) else pa.int64()

    labels = [pa.field(name, pa.string()) for name in LABELS]
    return pa.schema([*labels, *(pa.field(field.attname, type_of(field)) for field in FIELDS)])


def pack_marks(run: Run, marks: Iterable[Mark]) -> bytes:
    """Return the file of a run's marks, which bring their units, sorted by unit: a unit's rows lie together."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema, rows = build_schema(), sorted(marks, key=lambda mark: (mark.unit.code, mark.order, mark.pk))
    columns: dict[str, list[Any]] = {name: [getattr(row, name) for row in rows] for name in NAMES}
    columns |= {"area": [run.area.code] * len(rows), "period": [run.period] * len(rows), "unit_code": [row.unit.code for row in rows]}
    target = BytesIO()
    pq.write_table(
        pa.table({name: columns[name] for name in schema.names}, schema=schema), target, compression="zstd", row_group_size=50_000
    )
    return target.getvalue()


def write_file(name: str, content: bytes) -> str:
    """Put a file in its place, whole or not at all, and return its digest."""
    target = folder() / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    partial.replace(target)
    place = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(place)  # the rows leave the database after this: the name must outlive a power cut as well
    finally:
        os.close(place)
    return hashlib.sha256(content).hexdigest()


def read_content(run: Run) -> bytes:
    """Return the bytes of a run's file. Raises MarksLost where they are not those that were written."""
    try:
        content = (folder() / run.marks_file).read_bytes()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != run.marks_digest:
        raise MarksLost(
            _("%(month)s的得分存在文件 %(file)s 里,它缺失或已损坏,不能显示。请系统管理员从备份恢复这个文件。")
            % {"month": run.period, "file": run.marks_file}
        )
    return content


def read_marks(
    run: Run,
    *,
    units: Iterable[int] | None = None,
    indicators: Iterable[str] | None = None,
    track: str | None = None,
    pk: int | None = None,
) -> list[Mark]:
    """Return the marks of a run from its file, as they were in the database; only what is asked for."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    wanted = [
        ("unit_id", units),
        ("indicator", indicators),
        ("track", None if track is None else [track]),
        ("id", None if pk is None else [pk]),
    ]
    table = pq.ParquetFile(pa.BufferReader(read_content(run))).read(columns=list(NAMES))
    for name, values in wanted:
        if values is not None:
            table = table.filter(pc.is_in(table[name], value_set=pa.array(list(values), type=table.schema.field(name).type)))
    columns = [table[name].to_pylist() for name in NAMES]
    return [Mark.from_db("default", NAMES, row) for row in zip(*columns, strict=True)]
