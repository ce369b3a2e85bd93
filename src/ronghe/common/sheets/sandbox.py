"""Runs the parser in a child process with limits, so that no file can hurt the server."""

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from ronghe.common.sheets import limits
from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.grid import Grid, SheetTooLargeError, load_grid
from ronghe.common.sheets.load import check_bytes

Progress = Callable[[str, int, int], None]
GRIDS: Final = "ronghe.common.sheets.child"
SOURCE: Final = Path(__file__).resolve().parents[3]
BROKEN: Final = "文件无法读取(内容已损坏或不正常)。请用 WPS 或 Excel 打开后另存为 .xlsx 再传"
TOO_LONG: Final = "文件太复杂,在规定时间内读不完。请另存一份只含要上报内容的 .xlsx 再传"
TOO_LARGE: Final = f"文件太大,读取所需内存超过 {limits.CHILD_MEMORY // 1024 // 1024} MB。请另存一份只含要上报内容的 .xlsx 再传"
READ_CHUNK: Final = 256 * 1024


class ChildFailedError(Exception):
    """The child gave no answer; the text is a Chinese message for the file's sender."""


def read_grids(data: bytes, *, progress: Progress | None = None) -> list[Grid]:
    """Give the sheets of a file as plain cells. ChildFailedError, NotASheetError or SheetTooLargeError with a message for its sender."""
    check_bytes(data)
    try:
        answer = run_child(GRIDS, {}, data, progress)
        if "refused" in answer:
            raise NotASheetError(answer["refused"])
        return [load_grid(values) for values in answer["grids"]]
    except (KeyError, TypeError, ValueError, ArithmeticError):
        raise ChildFailedError(BROKEN) from None


def read_grids_apart(data: bytes) -> list[Grid]:
    """Give the sheets of a file as plain cells, for a marked copy; none where it cannot be read."""
    try:
        return read_grids(data)
    except (NotASheetError, ChildFailedError, SheetTooLargeError):
        return []


def run_child(module: str, job: dict[str, Any], data: bytes, progress: Progress | None) -> dict[str, Any]:
    """Run one job in a child, `python -m module`, and give its answer. ChildFailedError with a message where there is none."""
    with tempfile.TemporaryFile() as entry:
        entry.write(json.dumps(job).encode() + b"\n")
        entry.write(data)
        entry.seek(0)
        # A file as input cannot block, and nothing of the server's environment (secrets) reaches the child.
        child = subprocess.Popen(  # noqa: S603  (a module of our own)
            [sys.executable, "-m", module],
            stdin=entry,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(SOURCE), "PATH": os.defpath, "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"},
            cwd="/",
        )
        try:
            return follow_child(child, progress)
        finally:
            child.kill()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()


def follow_child(child: subprocess.Popen[bytes], progress: Progress | None) -> dict[str, Any]:
    """Pass progress on until the answer comes. ChildFailedError where it does not."""
    if child.stdout is None:
        raise ChildFailedError(BROKEN)
    deadline = time.monotonic() + limits.CHILD_WALL_SECONDS
    pending: list[bytes] = []
    received = 0
    answer: dict[str, Any] | None = None
    for chunk in read_until(child.stdout, deadline):
        received += len(chunk)
        if received > limits.CHILD_ANSWER_BYTES:
            raise ChildFailedError(TOO_LARGE)
        if b"\n" not in chunk:
            pending.append(chunk)
            continue
        *lines, rest = (b"".join(pending) + chunk).split(b"\n")
        pending = [rest]
        for line in lines:
            values = json.loads(line)
            if "progress" not in values:
                answer = values
            elif progress is not None:
                progress(*values["progress"])
    if answer is None:
        raise ChildFailedError(explain_exit(child.wait()))
    return answer


def read_until(pipe: IO[bytes], deadline: float) -> Iterator[bytes]:
    """Give what comes through the pipe until its end. ChildFailedError at the deadline."""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise ChildFailedError(TOO_LONG)
            chunk = os.read(pipe.fileno(), READ_CHUNK)
            if not chunk:
                return
            yield chunk


def explain_exit(status: int) -> str:
    """Say why a child ended without an answer: 4 and an abort mean memory, SIGXCPU and SIGKILL time."""
    if status in (4, -6, -11):
        return TOO_LARGE
    if status in (-24, -9):
        return TOO_LONG
    return BROKEN
