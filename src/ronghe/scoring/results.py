"""The four result tables, and the bytes that are written of them (SCORING.md, Result tables; The command)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
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
        table = self.table(name)
        yield (",".join(table.column_names) + "\n").encode()
        for batch in table.to_batches(max_chunksize=_CHUNK):
            yield _write_rows(batch, _PLAIN.get(name, ()))

    def write(self, folder: str | Path, *, format: Format = "csv") -> list[Path]:
        """Write the four tables into a folder, all or nothing: files appear only once all of them are complete."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".ronghe-", dir=folder))
        try:
            names = [f"{name}.{format}" for name in RESULT_NAMES]
            for name, file_name in zip(RESULT_NAMES, names, strict=True):
                self._write_one(name, scratch / file_name, format)
            for file_name in names:
                os.replace(scratch / file_name, folder / file_name)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return [folder / file_name for file_name in names]

    def _write_one(self, name: str, path: Path, format: Format) -> None:
        if format == "parquet":
            import pyarrow.parquet as pq

            pq.write_table(self.table(name), path)
            return
        with path.open("wb") as file:
            file.writelines(self.csv_chunks(name))


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
    if not pa.types.is_string(column.type):
        column = column.cast(pa.string())
        return pc.replace_substring_regex(column, r"\.?0+$", "") if strip else column
    needs = pc.match_substring_regex(column, '[",\\r\\n]')
    if not pc.any(needs).as_py():
        return column
    doubled = pc.replace_substring(column, '"', '""')
    quoted = pc.binary_join_element_wise('"', doubled, '"', "")
    return pc.if_else(needs, quoted, column)
