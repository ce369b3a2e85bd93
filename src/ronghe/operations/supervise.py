"""Several processes that belong together, run until one of them ends or we are told to stop; none is left behind."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

GRACE_SECONDS = 30.0
LOOK_SECONDS = 0.5
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1


def run_together(commands: Sequence[Sequence[str]]) -> int:
    """Start the commands; when one ends, or a stop signal comes (Ctrl-C, a closed terminal), end the others and wait for them.

    Returns 0 where we were told to stop, else the status of the one that ended by itself.
    """
    told: list[int] = []
    before = {number: signal.signal(number, lambda got, _frame: told.append(got)) for number in STOPS}
    running: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            running.append(subprocess.Popen(command, preexec_fn=end_with_parent))  # noqa: S603
        return wait_for_one(running, told)
    finally:
        end_all(running)
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_for_one(running: Sequence["subprocess.Popen[bytes]"], told: Sequence[int]) -> int:
    while not told:
        for process in running:
            status = process.poll()
            if status is not None and not told:
                return status or 1
        try:
            running[0].wait(LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    return 0


def end_all(running: Sequence["subprocess.Popen[bytes]"]) -> None:
    """Ask all to end, and kill what has not within the grace."""
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def end_with_parent() -> None:
    """Let the kernel end this child should we be killed without a chance to do it (Linux; elsewhere nothing happens)."""
    if sys.platform == "linux":
        libc: Any = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
