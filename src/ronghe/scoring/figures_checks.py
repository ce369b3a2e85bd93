"""Checking figures column by column in Arrow; only rows that are wrong are looked at one by one (SCORING.md, Figures)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.coding import number
from ronghe.scoring.figures_numbers import explain_number, read_numbers
from ronghe.scoring.figures_raw import NO_COLUMN, RawFigures, row_problem
from ronghe.scoring.numbers import MICRO, plain
from ronghe.scoring.periods import KIND_NAMES, PERIOD_PATTERNS, kind_of
from ronghe.scoring.problems import Problem
from ronghe.scoring.scheme_model import Events, Scheme, Veto
from ronghe.scoring.tables import FIGURES, NO_TRACK, low_words

REQUIRED = ("unit", "period", "indicator", "actual")
NUMBERS = ("actual", "target", "base")
TEXTS = ("unit", "track", "period", "indicator", "exempt", "target_note")
_KEY = ("unit", "period", "indicator")


class Checker:
    """One pass over one file's rows."""

    def __init__(self, raw: RawFigures, scheme: Scheme | None) -> None:
        self._raw = raw
        self._scheme = scheme
        self._found: list[tuple[int, str, str]] = []
        self._columns: dict[str, pa.Array] = {}

    def check(self) -> tuple[pa.Table, list[Problem]]:
        """Return the checked table, and every problem in the order of the rows; with problems the table is not to be used."""
        header = [str(name).strip() for name in self._raw.table.column_names]
        problems = self._raw.problems + self._check_header(header)
        if self._raw.table.num_rows == 0 and not self._raw.problems:
            problems.append(row_problem(self._raw.file, 1, header[0] if header else NO_COLUMN, "没有任何数据行"))
        if self._raw.table.num_rows:
            self._read_columns(header)
            self._check_required(header)
            self._check_periods()
            self._check_indicators()
            self._check_counts()
            self._check_duplicates()
            self._check_tracks()
        problems += self._locate()
        return self._table(), sorted(problems, key=self._order(header))

    def _check_header(self, header: list[str]) -> list[Problem]:
        return [] if self._raw.problems and not header else check_header(self._raw.file, header)

    def _read_columns(self, header: list[str]) -> None:
        rows = self._raw.table.num_rows
        for name in FIGURES.names:
            if name not in header:
                self._columns[name] = pa.nulls(rows, FIGURES.field(name).type)
                continue
            column = one_chunk(self._raw.table.column(header.index(name)))
            if name in NUMBERS:
                values, bad = read_numbers(column)
                self._columns[name] = values
                self._note(name, bad, lambda value: explain_number(value), column)
            else:
                self._columns[name] = read_texts(column)

    def _check_required(self, header: list[str]) -> None:
        for name in _KEY:
            if name in header:
                self._note(name, self._columns[name].is_null(), lambda _: "不能为空")

    def _check_periods(self) -> None:
        if self._scheme is None:
            return
        kind = self._scheme.period
        period = self._columns["period"]
        wrong = pc.invert(pc.match_substring_regex(period.dictionary, PERIOD_PATTERNS[kind]))
        self._note("period", wrong.take(period.indices), lambda value: _explain_period(value, self._scheme_kind()))

    def _scheme_kind(self) -> str:
        return KIND_NAMES[self._scheme.period] if self._scheme else ""

    def _check_indicators(self) -> None:
        if self._scheme is None:
            return
        indicator, track = self._columns["indicator"], self._track()
        known = pc.is_in(indicator.dictionary, value_set=pa.array(list(self._scheme.indicator_by_code), pa.string()))
        unknown = pc.invert(known).take(indicator.indices)
        self._note("indicator", unknown, lambda value: f"方案中没有指标 {value}")
        for item in self._scheme.indicators:
            if item.tracks is None:
                continue
            elsewhere = pc.invert(pc.is_in(track.dictionary, value_set=pa.array(list(item.tracks), pa.string()))).take(track.indices)
            here = pc.equal(indicator.dictionary, item.code).take(indicator.indices)
            self._note("indicator", pc.and_(here, elsewhere), lambda value: f"指标 {value} 不适用于该单位的赛道")

    def _check_counts(self) -> None:
        if self._scheme is None:
            return
        codes = {item.code for item in self._scheme.indicators if isinstance(item.rule, Events | Veto)}
        indicator, actual = self._columns["indicator"], self._columns["actual"]
        counted = np.array([code in codes for code in indicator.dictionary.to_pylist()] + [False])
        rows = np.flatnonzero(counted[indicator.indices.fill_null(-1).to_numpy()])
        if not codes or not len(rows) or actual.null_count == len(actual):
            return
        values = low_words(actual)[rows]
        wrong = rows[(values < 0) | (values % MICRO != 0)]
        wrong = wrong[actual.is_valid().take(pa.array(wrong)).to_numpy(zero_copy_only=False)]
        self._note_rows("actual", wrong.tolist(), lambda value: f"次数应为不小于 0 的整数:{plain(Decimal(value))}")

    def _check_duplicates(self) -> None:
        rows, keys = self._keys(_KEY)
        numbers, found = number(keys, self._size(_KEY))
        if len(found) == len(rows):
            return
        first: dict[int, int] = {}
        suspects = np.flatnonzero((np.bincount(numbers) > 1)[numbers])
        for index, key in zip(rows[suspects].tolist(), numbers[suspects].tolist(), strict=True):
            if key not in first:
                first[key] = index
                continue
            file, row = self._raw.locate([first[key]])[0]
            where = f"第 {row} 行" if file == self._raw.file else f"{file} 第 {row} 行"
            self._found.append((index, "indicator", f"与{where}重复:同一单位、期间、指标只能有一行"))

    def _keys(self, names: tuple[str, ...]) -> tuple[Any, Any]:
        """Return the rows that have all of these, and one number for what each says."""
        columns = [self._columns[name] for name in names]
        whole = np.ones(len(columns[0]), dtype=bool)
        for column in columns:
            if column.null_count:
                whole &= column.is_valid().to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(whole)
        keys = np.zeros(len(rows), dtype=np.int64)
        for column in columns:
            codes = column.indices.fill_null(0).to_numpy()
            keys *= len(column.dictionary)
            keys += codes if len(rows) == len(codes) else codes[rows]
        return rows, keys

    def _size(self, names: tuple[str, ...]) -> int:
        size = 1
        for name in names:
            size *= len(self._columns[name].dictionary)
        return size

    def _check_tracks(self) -> None:
        names = ("unit", "period")
        track = self._track()
        rows, keys = self._keys(names)
        numbers, found = number(keys, self._size(names))
        mine = track.indices.to_numpy()[rows]
        last = np.zeros(len(found), dtype=np.int32)
        last[numbers] = mine
        mixed = np.zeros(len(found), dtype=bool)
        mixed[numbers[last[numbers] != mine]] = True
        first: dict[int, str] = {}
        suspects = np.flatnonzero(mixed[numbers])
        for index, key in zip(rows[suspects].tolist(), numbers[suspects].tolist(), strict=True):
            name = track[index].as_py()
            if name != first.setdefault(key, name):
                self._found.append((index, "track", f"同一单位在同一期间属于两个赛道:{first[key]} 和 {name}"))

    def _track(self) -> pa.DictionaryArray:
        track = self._columns["track"]
        if not track.null_count:
            return track
        names = [*track.dictionary.to_pylist(), NO_TRACK]
        # where somebody wrote it, it is there already
        return pa.DictionaryArray.from_arrays(track.indices.fill_null(names.index(NO_TRACK)), pa.array(dict.fromkeys(names), pa.string()))

    def _note(self, column: str, wrong: pa.Array, explain: Callable[[str], str], values: pa.Array | None = None) -> None:
        """Note a problem for each row of which `wrong` is true, with a message made from the cell."""
        self._note_rows(column, pc.indices_nonzero(pc.fill_null(wrong, False)).to_pylist(), explain, values)

    def _note_rows(self, column: str, indices: list[int], explain: Callable[[str], str], values: pa.Array | None = None) -> None:
        if not indices:
            return
        cells = (self._columns[column] if values is None else values).take(pa.array(indices, pa.int64()))
        for index, cell in zip(indices, cells.to_pylist(), strict=True):
            self._found.append((index, column, explain("" if cell is None else str(cell).strip())))

    def _locate(self) -> list[Problem]:
        found = [item for item in self._found if (item[0], item[1]) not in self._raw.spoilt]
        places = self._raw.locate([index for index, _, _ in found])
        return [row_problem(file, row, column, message) for (file, row), (_, column, message) in zip(places, found, strict=True)]

    def _order(self, header: list[str]) -> Callable[[Problem], tuple[str, int, int]]:
        position = {name: number for number, name in reversed(list(enumerate(header)))}
        return lambda problem: (problem.file, problem.row or 0, position.get(problem.key, len(header)))

    def _table(self) -> pa.Table:
        if not self._columns:
            return FIGURES.empty_table()
        columns = {**self._columns, "track": self._track()}
        return pa.Table.from_arrays([columns[name] for name in FIGURES.names], schema=FIGURES)


def check_header(file: str, header: list[str]) -> list[Problem]:
    """Return what is wrong with the names of the columns."""
    problems = [row_problem(file, 1, name, "缺少必需的列") for name in REQUIRED if name not in header]
    return problems + [row_problem(file, 1, name, "同名的列出现了两次") for name in FIGURES.names if header.count(name) > 1]


def one_chunk(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece, with one dictionary where it has dictionaries."""
    if column.num_chunks == 1:
        return column.chunk(0)
    return (column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column).combine_chunks()


def read_texts(column: pa.Array) -> pa.DictionaryArray:
    """Return a column as trimmed texts, each once in its dictionary; NULL where nothing is left."""
    if not pa.types.is_dictionary(column.type):
        if pa.types.is_floating(column.type):
            from ronghe.scoring.figures_files import text_of_double

            column = pa.array([None if v is None else text_of_double(v) for v in column.to_pylist()], pa.string())
        column = column.cast(pa.string()).dictionary_encode()
    elif pa.types.is_floating(column.type.value_type):
        return read_texts(column.dictionary_decode())
    texts = pc.utf8_trim_whitespace(column.dictionary.cast(pa.string()))
    clean = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts).dictionary_encode()
    indices = column.indices.cast(pa.int32())
    if clean.null_count or len(clean.dictionary) != len(column.dictionary):
        indices = clean.indices.take(indices)
    return pa.DictionaryArray.from_arrays(indices, clean.dictionary)


def _explain_period(value: str, wanted: str) -> str:
    kind = kind_of(value)
    if kind is None:
        return f"不是有效的期间:{value}(本方案按{wanted}考核)"
    return f"期间种类不符:{value} 是{KIND_NAMES[kind]},本方案按{wanted}考核"
