"""The child process that reads a month's sheet: {filename, request} in, {"reading": …} out (common/sheets/child.py)."""

import sys
from typing import Any

from ronghe.common.sheets.child import report_progress, run_job
from ronghe.figures.reading.parse import parse_sheet
from ronghe.figures.reading.request import load_request
from ronghe.figures.reading.result import dump_reading


def answer_reading(job: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Read the sheet and give the answer's values."""
    return {"reading": dump_reading(parse_sheet(data, job["filename"], load_request(job["request"]), report_progress))}


if __name__ == "__main__":
    sys.exit(run_job(answer_reading))
