"""The four result tables, and the bytes that are written of them (SCORING.md, Result tables; The command)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import RESULT_NAMES

Format = Literal["csv", "parquet"]
_PLAIN = {"marks": ("actual", "target"), "gaps": ("to_target", "needed_actual")}
"""Columns that are figures: printed without trailing zeros."""
_DIFFERENT = ("x", "because")
"""Columns that hardly say the same twice."""
_CHUNK = 100_000


@dataclass(frozen=True)
class Results:
    """marks, totals, places and gaps as PyArrow tables, typed and sorted as the contract says."""

    scheme: Scheme
    marks: pa.Table
    totals: pa.Table
    places: pa.Table
    gaps: pa.Table

    def table(self, name: str) -> pa.Table:
        """Return a result table by its name. Raises KeyError for another name."""
        if name not in RESULT_NAMES:
            raise KeyError(name)
        table: pa.Table = getattr(self, name)
        return table

    def csv_bytes(self, name: str) -> bytes:
        """Return a table as CSV: UTF-8 without BOM, line feeds, a header, quotes where needed."""
        return b"".join(self.csv_chunks(name))

    def csv_chunks(self, name: str) -> Iterator[bytes]:
        """Yield a table's CSV piece by piece, for files and streams."""
        yield self.csv_header(name)
        yield from self.csv_rows(name)

    def csv_header(self, name: str) -> bytes:
        """Return the first line of a table's CSV."""
        return (",".join(self.table(name).column_names) + "\n").encode()

    def csv_rows(self, name: str) -> Iterator[bytes]:
        """Yield a table's CSV without the header, piece by piece."""
        table = self.table(name)
        for batch in table.to_batches(max_chunksize=_CHUNK):
            yield _write_rows(batch, _PLAIN.get(name, ()))

    def write(self, folder: str | Path, *, format: Format = "csv") -> list[Path]:
        """Write the four tables into a folder, all or nothing: files appear only once all of them are complete."""
        return write_parts([self], folder, format=format)


def join_results(parts: Sequence[Results]) -> Results:
    """Put results of one scheme, which follow each other in their order, into one."""
    if len(parts) == 1:
        return parts[0]
    tables = {name: pa.concat_tables([part.table(name) for part in parts]).unify_dictionaries() for name in RESULT_NAMES}
    return Results(scheme=parts[0].scheme, **tables)


def write_parts(parts: Iterable[Results], folder: str | Path, *, format: Format = "csv") -> list[Path]:
    """Write results that follow each other as one, while they are computed; all or nothing (see `Results.write`)."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".ronghe-", dir=folder))
    names = [f"{name}.{format}" for name in RESULT_NAMES]
    try:
        with ExitStack() as stack:
            writers: dict[str, Callable[[Results], None]] = {}
            for part in parts:
                for name, file_name in zip(RESULT_NAMES, names, strict=True):
                    if name not in writers:
                        writers[name] = _open_writer(stack, part, name, scratch / file_name, format)
                    writers[name](part)
        for file_name in names:
            os.replace(scratch / file_name, folder / file_name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return [folder / file_name for file_name in names]


def _open_writer(stack: ExitStack, first: Results, name: str, path: Path, format: Format) -> Callable[[Results], None]:
    if format == "parquet":
        import pyarrow.parquet as pq

        schema = first.table(name).schema
        # Texts that recur are dictionaries in memory; in the file they are texts, and no reader need know of Arrow.
        texts = [field.name for field in schema if pa.types.is_dictionary(field.type)]
        # Marks recur too. Readers skip by names and periods, not by numbers: to keep the least and greatest of these costs a fifth of the time.
        recurring = [field.name for field in schema if field.name not in _DIFFERENT]
        writer = stack.enter_context(pq.ParquetWriter(path, schema, use_dictionary=recurring, write_statistics=texts, store_schema=False))
        return lambda part: writer.write_table(part.table(name))
    file = stack.enter_context(path.open("wb"))
    file.write(first.csv_header(name))
    return lambda part: file.writelines(part.csv_rows(name))


def _write_rows(batch: pa.RecordBatch, plain: tuple[str, ...]) -> bytes:
    """Write rows column by column in Arrow: PyArrow's own CSV writer quotes every text, which the contract does not."""
    if batch.num_rows == 0:
        return b""
    cells = [_cells(column, strip=field.name in plain) for field, column in zip(batch.schema, batch.columns, strict=True)]
    lines = pc.binary_join_element_wise(*cells, ",", null_handling="replace", null_replacement="")
    text = pc.binary_join_element_wise(lines, "", "\n")
    _, offsets, data = text.buffers()
    first = text.offset
    width = 8 if pa.types.is_large_string(text.type) else 4
    start = int.from_bytes(offsets[first * width : (first + 1) * width], "little")
    last = first + len(text)
    stop = int.from_bytes(offsets[last * width : (last + 1) * width], "little")
    return bytes(data[start:stop])


def _cells(column: pa.Array, *, strip: bool) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        return _cells(column.dictionary, strip=strip).take(column.indices)
    if not pa.types.is_string(column.type):
        column = column.cast(pa.string())
        return pc.replace_substring_regex(column, r"\.?0+$", "") if strip else column
    needs = pc.match_substring_regex(column, '[",\\r\\n]')
    if not pc.any(needs).as_py():
        return column
    doubled = pc.replace_substring(column, '"', '""')
    quoted = pc.binary_join_element_wise('"', doubled, '"', "")
    return pc.if_else(needs, quoted, column)
