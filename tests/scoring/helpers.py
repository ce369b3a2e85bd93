"""Short ways for tests: score texts with the kernel, read the CSV back."""

from __future__ import annotations

import csv
import io

from ronghe.scoring.engine import score
from ronghe.scoring.figures import parse_figures_csv
from ronghe.scoring.results import Results
from ronghe.scoring.scheme import parse_scheme
from ronghe.scoring.tables import RESULT_NAMES

COLUMNS = ["unit", "track", "period", "indicator", "actual", "target", "base", "exempt", "target_note"]


def csv_of(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def run(scheme_text: str, rows: list[dict[str, str]]) -> Results:
    scheme = parse_scheme(scheme_text)
    return score(scheme, parse_figures_csv(csv_of(rows), scheme))


def read_back(results: Results) -> dict[str, list[dict[str, str]]]:
    return {name: list(csv.DictReader(io.StringIO(results.csv_bytes(name).decode(), newline=""))) for name in RESULT_NAMES}


def without_because(results: Results) -> dict[str, list[list[str]]]:
    return {name: [[cell for key, cell in row.items() if key != "because"] for row in rows] for name, rows in read_back(results).items()}
