"""Reading figures from Excel and Parquet files (SCORING.md, The command: --figures)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa

from ronghe.scoring.figures_csv import read_csv
from ronghe.scoring.figures_raw import (
    RawFigures,
    broken_file,
    consecutive,
    join_raw,
    table_of_texts,
)
from ronghe.scoring.numbers import plain


def read_raw(path: Path, file: str) -> RawFigures:
    """Read a .csv, a .parquet, a folder of .parquet files or an .xlsx, unchecked."""
    if path.is_dir():
        return _read_folder(path, file)
    if not path.exists():
        return broken_file(file, "找不到文件")
    readers = {".csv": read_csv, ".parquet": _read_parquet, ".xlsx": _read_xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        return broken_file(file, "不认识的文件类型,应为 .csv、.parquet、.xlsx 或装有 .parquet 的文件夹")
    try:
        return reader(path, file)
    except OSError as error:
        return broken_file(file, f"文件读不出来:{error.strerror or error}")


def text_of_double(value: float) -> str:
    """Write a double at 15 significant digits: what a person typed, not what binary made of it."""
    text = f"{value:.15g}"
    return plain(Decimal(text)) if "n" not in text else text


def _read_folder(path: Path, file: str) -> RawFigures:
    # What begins with . or _ belongs to whoever writes the folder, not to its readers.
    parts = sorted(part for part in path.rglob("*.parquet") if not any(name[0] in "._" for name in part.relative_to(path).parts))
    if not parts:
        return broken_file(file, "文件夹里没有 .parquet 文件")
    return join_raw(file, [_read_part(path, part, file) for part in parts])


def _read_part(root: Path, part: Path, file: str) -> RawFigures:
    inside = part.relative_to(root)
    raw = _read_parquet(part, str(Path(file) / inside))
    for folder in (*folders_of_columns(root), *inside.parts[:-1]):
        # Partitioned by period, a folder's name holds the column: period=2026-10.
        key, equals, value = folder.partition("=")
        if equals and raw.table.num_columns and key not in raw.table.column_names:
            raw.table = raw.table.append_column(key, _repeat(unquote(value), raw.table.num_rows))
    return raw


def folders_of_columns(root: Path) -> tuple[str, ...]:
    """Return the last parts of a path that name a column each: of figures/period=2026-10 the last one."""
    parts = root.absolute().parts
    return parts[next((number + 1 for number in reversed(range(len(parts))) if "=" not in parts[number]), 0) :]


def _repeat(value: str, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), rows), pa.array([value]))


def _read_parquet(path: Path, file: str) -> RawFigures:
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file_of:
            texts = [field.name for field in file_of.schema_arrow if pa.types.is_string(field.type)]
        # A text that recurs is held once.
        with pq.ParquetFile(path, read_dictionary=texts) as file_of:
            table = file_of.read()
    except (pa.ArrowException, OSError) as error:
        return broken_file(file, f"不是有效的 Parquet 文件:{str(error).splitlines()[0]}")
    return RawFigures(file, table, consecutive(file))


def _read_xlsx(path: Path, file: str) -> RawFigures:
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        sheet = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError) as error:
        return broken_file(file, f"不是有效的 xlsx 文件:{error}")
    cells = [[_text_of_cell(cell) for cell in row] for row in sheet]
    header = cells[0] if cells else []
    while header and not header[-1].strip():
        header = header[:-1]
    # A sheet keeps rows that somebody emptied; they say nothing.
    kept = [number for number, row in enumerate(cells) if number and any(cell.strip() for cell in row)]
    rows = [(cells[number] + [""] * len(header))[: len(header)] for number in kept]
    return RawFigures(file, table_of_texts(header, rows), lambda indices: [(file, kept[index] + 1) for index in indices])


def _text_of_cell(cell: object) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return text_of_double(cell)
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)
