"""One scheme of every method and seeded figures for the scoring benchmark: whole months of groups, written as Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

INDICATORS = 30
GROUPS_A_TRACK = 6_000
SIZES = {"360": (12, 1), "4320": (12, 12), "43200": (1_440, 1), "company": (20_000, 2), "7.2M": (240_000, 1), "86.4M": (240_000, 12)}
"""Name of a size: units that are scored, months. `company`: 20,000 units; 240,000: as many with 12 groups each."""

_HEAD = """
[scheme]
code = "bench"
name = "测速方案"
version = 1
basis = "bench"
period = "month"
missing = "zero"
[ranking]
tie_break = ["i00"]
min_peers = 3
[[grade]]
name = "优秀"
min = 85
[[grade]]
name = "合格"
min = 60
"""
_RULES = {
    "curve": 'method = "curve"\non = "attainment"\npoints = [[0.8, 0.0], [1.0, 1.0], [1.2, 1.1]]',
    "step": 'method = "step"\non = "attainment"\nper = 0.01\ndown = 0.2',
    "bands": 'method = "bands"\non = "growth"\nbands = [[-0.1, 0.5], [0, 0.8], [0.1, 1]]\nmissing = "exempt"',
    "events": 'method = "events"\neach = -0.5',
    "direct": 'method = "direct"\nmissing = "exempt"',
}
METHODS = ("curve", "curve", "step", "bands", "events", "direct")
FULLS = (3, 5, 2, 4)


def method_of(number: int) -> str:
    """Return the method of the indicator with this number."""
    return "veto" if number == INDICATORS - 1 else METHODS[number % len(METHODS)]


def scheme_text() -> str:
    """Return the scheme: 29 indicators of five methods in four dimensions, and a veto that caps the total."""
    parts = [_HEAD]
    parts += [f'[[dimension]]\ncode = "d{number}"\nname = "维度{number}"\n' for number in range(4)]
    for number in range(INDICATORS):
        head = f'[[indicator]]\ncode = "i{number:02d}"\nname = "指标{number}"\nunit = "t"\n'
        if method_of(number) == "veto":
            parts.append(f'{head}method = "veto"\neffect = "cap_total"\nlimit = 60\n')
        else:
            parts.append(f'{head}dimension = "d{number % 4}"\nfull = {FULLS[number % 4]}\n{_RULES[method_of(number)]}\n')
    return "".join(parts)


def write_months(folder: Path, size: str) -> None:
    """Write a folder of period=YYYY-MM/figures.parquet, unless it is there already."""
    groups, months = SIZES[size]
    for month in range(1, months + 1):
        path = folder / f"period=2026-{month:02d}" / "figures.parquet"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch = path.with_suffix(".part")
            table = _month(groups, month)
            with pq.ParquetWriter(scratch, _plain(table.slice(0, 0)).schema) as writer:
                # Texts, not Arrow's dictionaries: each track's rows hold their own names, as any other program writes them.
                for start in range(0, table.num_rows, GROUPS_A_TRACK * INDICATORS):
                    writer.write_table(_plain(table.slice(start, GROUPS_A_TRACK * INDICATORS)))
            scratch.rename(path)


def _plain(table: pa.Table) -> pa.Table:
    return pa.table(
        {name: table[name].cast(pa.string()) if pa.types.is_dictionary(table[name].type) else table[name] for name in table.column_names}
    )


def _month(groups: int, month: int) -> pa.Table:
    draw = np.random.default_rng(20260000 + month)
    rows = groups * INDICATORS
    number = np.tile(np.arange(INDICATORS), groups)
    kind = np.array([["curve", "step", "bands", "events", "direct", "veto"].index(method_of(n)) for n in range(INDICATORS)])[number]
    actual = draw.integers(8_000, 12_500, rows) * 10_000
    actual = np.where(kind == 3, draw.poisson(0.3, rows) * 1_000_000, actual)
    actual = np.where(kind == 4, draw.integers(0, 400, rows) * 10_000, actual)
    actual = np.where(kind == 5, (draw.random(rows) < 0.01) * 1_000_000, actual)
    target = draw.integers(90, 110, rows) * 1_000_000
    names = pa.array([f"g{group:06d}" for group in range(groups)])
    tracks = pa.array([f"t{track:02d}" for track in range((groups - 1) // GROUPS_A_TRACK + 1)])
    codes = pa.array([f"i{item:02d}" for item in range(INDICATORS)])
    group = np.repeat(np.arange(groups, dtype=np.int32), INDICATORS)
    return pa.table(
        {
            "unit": pa.DictionaryArray.from_arrays(pa.array(group), names),
            "track": pa.DictionaryArray.from_arrays(pa.array(group // np.int32(GROUPS_A_TRACK)), tracks),
            "indicator": pa.DictionaryArray.from_arrays(pa.array(number.astype(np.int32)), codes),
            "actual": _decimals(actual, draw.random(rows) < 0.01),
            "target": _decimals(target, kind > 1),
            "base": _decimals(target + 3_000_000, kind != 2),
        }
    )


def _decimals(micro: np.ndarray[Any, Any], absent: np.ndarray[Any, Any]) -> pa.Array:
    """Return millionths as decimal(18, 6), NULL where absent."""
    words = np.empty((len(micro), 2), dtype="<i8")
    words[:, 0], words[:, 1] = micro, micro >> 63
    mask = pa.array(~absent).buffers()[1]
    return pa.Array.from_buffers(pa.decimal128(18, 6), len(micro), [mask, pa.py_buffer(words)])
