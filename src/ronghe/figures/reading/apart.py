"""Reads a month's sheet in a child process with limits, so that no file can hurt the server."""

from typing import Final

from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.load import check_bytes
from ronghe.common.sheets.sandbox import BROKEN, ChildFailedError, Progress, run_child
from ronghe.figures.reading.request import Request, dump_request
from ronghe.figures.reading.result import Reading, load_reading, refuse_file

READER: Final = "ronghe.figures.reading.child"


def read_sheet(data: bytes, filename: str, request: Request, *, progress: Progress | None = None) -> Reading:
    """Read a month-figure sheet.

    Gives a Reading always; whatever is wrong with the file is a problem in it. `progress` is called with (stage in
    Chinese, done, total) while the child works.
    """
    try:
        check_bytes(data)
        job = {"filename": filename, "request": dump_request(request)}
        return load_reading(run_child(READER, job, data, progress)["reading"])
    except (NotASheetError, ChildFailedError) as trouble:
        return refuse_file(filename, str(trouble))
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return refuse_file(filename, BROKEN)
