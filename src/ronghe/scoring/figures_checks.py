"""Checking figures column by column in Arrow; only rows that are wrong are looked at one by one (SCORING.md, Figures)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.figures_numbers import explain_number, read_numbers
from ronghe.scoring.figures_raw import NO_COLUMN, RawFigures, row_problem
from ronghe.scoring.numbers import plain
from ronghe.scoring.periods import KIND_NAMES, PERIOD_PATTERNS, kind_of
from ronghe.scoring.problems import Problem
from ronghe.scoring.scheme_model import Events, Scheme, Veto
from ronghe.scoring.tables import FIGURES, NO_TRACK

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
        if self._raw.problems and not header:
            return []
        problems = [row_problem(self._raw.file, 1, name, "缺少必需的列") for name in REQUIRED if name not in header]
        problems += [row_problem(self._raw.file, 1, name, "同名的列出现了两次") for name in FIGURES.names if header.count(name) > 1]
        return problems

    def _read_columns(self, header: list[str]) -> None:
        rows = self._raw.table.num_rows
        for name in FIGURES.names:
            if name not in header:
                self._columns[name] = pa.nulls(rows, FIGURES.field(name).type)
                continue
            column = self._raw.table.column(header.index(name)).combine_chunks()
            if name in NUMBERS:
                values, bad = read_numbers(column)
                self._columns[name] = values
                self._note(name, bad, lambda value: explain_number(value), column)
            else:
                self._columns[name] = read_texts(column)

    def _check_required(self, header: list[str]) -> None:
        for name in _KEY:
            if name in header:
                self._note(name, pc.is_null(self._columns[name]), lambda _: "不能为空")

    def _check_periods(self) -> None:
        if self._scheme is None:
            return
        kind = self._scheme.period
        period = self._columns["period"]
        wrong = pc.invert(pc.match_substring_regex(period, PERIOD_PATTERNS[kind]))
        self._note("period", wrong, lambda value: _explain_period(value, self._scheme_kind()))

    def _scheme_kind(self) -> str:
        return KIND_NAMES[self._scheme.period] if self._scheme else ""

    def _check_indicators(self) -> None:
        if self._scheme is None:
            return
        indicator, track = self._columns["indicator"], self._track()
        known = pc.is_in(indicator, value_set=pa.array(list(self._scheme.indicator_by_code), pa.string()))
        unknown = pc.and_(pc.is_valid(indicator), pc.invert(known))
        self._note("indicator", unknown, lambda value: f"方案中没有指标 {value}")
        for item in self._scheme.indicators:
            if item.tracks is None:
                continue
            elsewhere = pc.invert(pc.is_in(track, value_set=pa.array(list(item.tracks), pa.string())))
            wrong = pc.and_(pc.fill_null(pc.equal(indicator, item.code), False), elsewhere)
            self._note("indicator", wrong, lambda value: f"指标 {value} 不适用于该单位的赛道")

    def _check_counts(self) -> None:
        if self._scheme is None:
            return
        codes = [item.code for item in self._scheme.indicators if isinstance(item.rule, Events | Veto)]
        if not codes:
            return
        actual = self._columns["actual"]
        counted = pc.is_in(self._columns["indicator"], value_set=pa.array(codes, pa.string()))
        negative = pc.less(actual, pa.scalar(0, actual.type))
        # Rounding down −999999999999.5 takes a thirteenth digit.
        wide = actual.cast(pa.decimal128(38, 6))
        fraction = pc.not_equal(pc.floor(wide), wide)
        wrong = pc.fill_null(pc.and_(counted, pc.or_(negative, fraction)), False)
        self._note("actual", wrong, lambda value: f"次数应为不小于 0 的整数:{plain(Decimal(value))}")

    def _check_duplicates(self) -> None:
        keys = pa.table({name: self._columns[name] for name in _KEY})
        counts = keys.group_by(list(_KEY)).aggregate([([], "count_all")])
        twice = counts.filter(pc.greater(counts["count_all"], 1)).drop_null()
        if not twice.num_rows:
            return
        wanted = {tuple(row.values()) for row in twice.select(list(_KEY)).to_pylist()}
        first: dict[tuple[str, ...], int] = {}
        suspects = self._indices(pc.is_in(self._columns["unit"], value_set=pc.unique(twice["unit"].combine_chunks())))
        for index in suspects:
            key = tuple(self._columns[name][index].as_py() for name in _KEY)
            if key not in wanted:
                continue
            if key not in first:
                first[key] = index
                continue
            file, row = self._raw.locate([first[key]])[0]
            where = f"第 {row} 行" if file == self._raw.file else f"{file} 第 {row} 行"
            self._found.append((index, "indicator", f"与{where}重复:同一单位、期间、指标只能有一行"))

    def _check_tracks(self) -> None:
        names = ["unit", "period"]
        track = self._track()
        table = pa.table({"unit": self._columns["unit"], "period": self._columns["period"], "track": track})
        counts = table.group_by(names).aggregate([("track", "count_distinct")])
        mixed = counts.filter(pc.greater(counts["track_count_distinct"], 1)).drop_null()
        if not mixed.num_rows:
            return
        wanted = {tuple(row.values()) for row in mixed.select(names).to_pylist()}
        first: dict[tuple[str, str], str] = {}
        for index in self._indices(pc.is_in(table["unit"].combine_chunks(), value_set=pc.unique(mixed["unit"].combine_chunks()))):
            key = (self._columns["unit"][index].as_py(), self._columns["period"][index].as_py())
            if key not in wanted:
                continue
            mine = track[index].as_py()
            if mine != first.setdefault(key, mine):
                self._found.append((index, "track", f"同一单位在同一期间属于两个赛道:{first[key]} 和 {mine}"))

    def _track(self) -> pa.Array:
        return pc.fill_null(self._columns["track"], NO_TRACK)

    def _note(self, column: str, wrong: pa.Array, explain: Callable[[str], str], values: pa.Array | None = None) -> None:
        """Note a problem for each row of which `wrong` is true, with a message made from the cell."""
        indices = self._indices(wrong)
        if not indices:
            return
        cells = (self._columns[column] if values is None else values).take(pa.array(indices, pa.int64()))
        for index, cell in zip(indices, cells.to_pylist(), strict=True):
            self._found.append((index, column, explain("" if cell is None else str(cell).strip())))

    def _indices(self, mask: pa.Array) -> list[int]:
        return pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()

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


def read_texts(column: pa.Array) -> pa.Array:
    """Return a column as trimmed texts, NULL where nothing is left."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        from ronghe.scoring.figures_files import text_of_double

        column = pa.array([None if v is None else text_of_double(v) for v in column.to_pylist()], pa.string())
    texts = pc.utf8_trim_whitespace(column.cast(pa.string()))
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _explain_period(value: str, wanted: str) -> str:
    kind = kind_of(value)
    if kind is None:
        return f"不是有效的期间:{value}(本方案按{wanted}考核)"
    return f"期间种类不符:{value} 是{KIND_NAMES[kind]},本方案按{wanted}考核"
