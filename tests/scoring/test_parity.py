"""The kernel and the plain-Python scorer agree on every byte but the words (SCORING.md as a whole)."""

from __future__ import annotations

import csv
import io
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ronghe.scoring import engine, run_duckdb
from ronghe.scoring.engine import score
from ronghe.scoring.figures import parse_figures_csv
from ronghe.scoring.problems import SchemeError
from ronghe.scoring.results import Results
from ronghe.scoring.scheme import parse_scheme
from ronghe.scoring.tables import RESULT_NAMES
from tests.scoring import cases, oracle
from tests.scoring.helpers import csv_of, run, without_because

_WIDE_SESSIONS: dict[Any, Any] = {}
EXAMPLES = int(os.environ.get("RONGHE_PARITY_EXAMPLES", "40"))


@st.composite
def scheme_and_figures(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, str]]]:
    scheme = draw(cases.schemes())
    return scheme, draw(cases.figures(scheme))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=EXAMPLES <= 40)
@given(scheme_and_figures())
def test_kernel_equals_exact_fractions(case: tuple[dict[str, Any], list[dict[str, str]]]) -> None:
    scheme, rows = case
    text = cases.to_toml(scheme)

    results = run(text, rows)
    again = on_every_path(text, rows)

    expected = oracle.score(text, rows)
    actual = without_because(results)
    for name in RESULT_NAMES:
        assert actual[name] == expected[name], name
        assert results.csv_bytes(name) == rewritten(results.csv_bytes(name))
        assert [other.csv_bytes(name) for other in again] == [results.csv_bytes(name)] * len(again), name
    assert all(results.marks["because"].to_pylist())


@settings(max_examples=max(EXAMPLES // 5, 8), deadline=None, suppress_health_check=list(HealthCheck), derandomize=EXAMPLES <= 40)
@given(st.data())
def test_long_numbers_are_refused_or_scored_exactly(data: st.DataObject) -> None:
    text = cases.to_toml(data.draw(cases.long_schemes()))
    rows = data.draw(cases.extreme_figures())
    refused = problems_of(text)
    if refused:
        assert all("数字过长" in line for line in refused)
        return

    assert without_because(run(text, rows)) == oracle.score(text, rows)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(cases.schemes())
def test_scheme_survives_writing_and_reading(scheme: dict[str, Any]) -> None:
    first = parse_scheme(cases.to_toml(scheme))

    again = parse_scheme(first.to_toml())

    assert again == first
    assert again.digest == first.digest


def on_every_path(text: str, rows: list[dict[str, str]]) -> list[Results]:
    """Score with all digits where 64 bits are enough too, and as a large file, cut by tracks."""
    scheme = parse_scheme(text)
    figures = parse_figures_csv(csv_of(rows), scheme)
    results = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_duckdb, "narrow_sql", lambda sql: sql.replace("DECIMAL(38, 0)", "TINYINT"))
        patch.setattr(run_duckdb, "_KEPT", _WIDE_SESSIONS)
        results.append(score(scheme, figures))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "PART", 12)
        patch.setattr(run_duckdb, "FEW", 12)
        results.append(score(scheme, figures))
    return results


def problems_of(scheme: str) -> list[str]:
    try:
        parse_scheme(scheme)
    except SchemeError as error:
        return [str(problem) for problem in error.problems]
    return []


def rewritten(data: bytes) -> bytes:
    """Return CSV as Python's own writer quotes it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(csv.reader(io.StringIO(data.decode(), newline="")))
    return text.getvalue().encode()
