"""The seam to the scoring kernel: rows in, results out, everything as bytes that `ronghe score` would read and write.

PyArrow, DuckDB and Ibis are loaded only when a month is run; reading a scheme needs none of them.
"""

import csv
import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError

from ronghe.assessment.models import SchemeVersion
from ronghe.scoring.problems import FiguresError, SchemeError
from ronghe.scoring.scheme import parse_scheme
from ronghe.scoring.scheme_model import Scheme

COLUMNS = ("unit", "track", "period", "indicator", "actual", "target", "base", "exempt", "target_note")
RESULT_NAMES = ("marks", "totals", "places", "gaps")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the files of a zip carry no time of their own: equal results are equal bytes


@dataclass(frozen=True)
class Computed:
    """What came out: rows of the four tables, their CSV files, one digest over all, SQL to keep (or {}), how firm the places are."""

    marks: list[dict[str, Any]]
    totals: list[dict[str, Any]]
    places: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    files: dict[str, bytes]
    digest: str
    compiled: dict[str, str]
    stability: list[dict[str, Any]]


def read_scheme(text: str) -> Scheme:
    """Turn TOML text into a scheme. Raises ValidationError with the same lines as the command."""
    try:
        return parse_scheme(text)
    except SchemeError as error:
        raise ValidationError([str(problem) for problem in error.problems]) from error


_SCHEMES: dict[str, Scheme] = {}


def scheme_of(version: SchemeVersion) -> Scheme:
    """Return the parsed scheme of a saved version; its text is read once a process.

    Raises SchemeError for a version that is being written and breaks the contract still.
    """
    if not version.digest:
        return parse_scheme(version.text)
    if version.digest not in _SCHEMES:
        _SCHEMES[version.digest] = parse_scheme(version.text)
    return _SCHEMES[version.digest]


def plain(value: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros."""
    if value == 0:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fixed(value: Decimal | None, digits: int) -> str:
    """Write a mark with exactly `digits` decimals; '' where there is none."""
    if value is None:
        return ""
    return f"{value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP):f}"


def write_inputs(rows: Iterable[dict[str, Any]]) -> bytes:
    """Write a run's inputs as the figures file of the scoring contract, in the order of unit and indicator given."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([write_cell(row.get(name)) for name in COLUMNS])
    return stream.getvalue().encode()


def write_cell(value: Any) -> str:
    """Write one cell: a decimal plainly, an absent value as nothing."""
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


def compile_scheme(version: SchemeVersion) -> dict[str, str]:
    """Return the SQL to keep with a version: that which does not come with the program (a scheme with many ties)."""
    from ronghe.scoring.compile import compile_sql  # noqa: PLC0415

    kept = dict(version.compiled)
    compile_sql(scheme_of(version), cache=kept)
    return kept


def compute(version: SchemeVersion, inputs: bytes) -> Computed:
    """Score a figures file by a scheme version, with its kept SQL. Raises ValidationError for figures that break the contract."""
    from ronghe.scoring.engine import score  # noqa: PLC0415
    from ronghe.scoring.figures import parse_figures_csv  # noqa: PLC0415
    from ronghe.scoring.stability import measure_stability, seed_of  # noqa: PLC0415

    scheme, kept = scheme_of(version), dict(version.compiled)
    try:
        figures = parse_figures_csv(inputs, scheme)
    except FiguresError as error:
        raise ValidationError([str(problem) for problem in error.problems]) from error
    results = score(scheme, figures, cache=kept)
    files = {f"{name}.csv": results.csv_bytes(name) for name in RESULT_NAMES}
    whole = digest_files(files)
    totals = results.totals.to_pylist()
    for row in totals:
        row["dimensions"] = {name[4:]: write_cell(row.pop(name)) for name in list(row) if name.startswith("dim_")}
    return Computed(
        marks=results.marks.to_pylist(),
        totals=totals,
        places=results.places.to_pylist(),
        gaps=results.gaps.to_pylist(),
        files=files,
        digest=whole,
        compiled=kept if kept != version.compiled else {},
        stability=[track.as_data() for track in measure_stability(results, seed=seed_of(whole))],
    )


@dataclass(frozen=True)
class Scored:
    """What a scheme makes of figures, without a run: nothing is kept, no digest, no stability."""

    marks: list[dict[str, Any]]
    totals: list[dict[str, Any]]
    places: list[dict[str, Any]]


def score_rows(scheme: Scheme, rows: Iterable[dict[str, Any]]) -> Scored:
    """Score rows by a scheme that need not be saved: for try-outs and curves. Raises ValidationError for wrong figures."""
    from ronghe.scoring.engine import score  # noqa: PLC0415
    from ronghe.scoring.figures import parse_figures_csv  # noqa: PLC0415

    try:
        results = score(scheme, parse_figures_csv(write_inputs(rows), scheme))
    except FiguresError as error:
        raise ValidationError([str(problem) for problem in error.problems]) from error
    return Scored(results.marks.to_pylist(), results.totals.to_pylist(), results.places.to_pylist())


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def digest_files(files: dict[str, bytes]) -> str:
    """Return one SHA-256 over the four result files in their order."""
    whole = hashlib.sha256()
    for name in RESULT_NAMES:
        whole.update(hashlib.sha256(files[f"{name}.csv"]).digest())
    return whole.hexdigest()


def pack(data: bytes) -> bytes:
    """Compress what a run was computed from."""
    return gzip.compress(data, mtime=0)


def unpack(data: bytes | memoryview) -> bytes:
    """Return what `pack` took."""
    return gzip.decompress(bytes(data))


def pack_files(files: dict[str, bytes]) -> bytes:
    """Put the result files into one zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def unpack_file(data: bytes | memoryview, name: str) -> bytes:
    """Return one result file of a run. Raises KeyError for another name."""
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        return archive.read(name)
