"""Many files through the product's child in one process: `python -m tests.figures.reading.forkserver FILE` for the long drill.

FILE is a pickled (job, [data, …]). Each file gets a fork of its own with the child's own limits, set in the fork, so that CPU time and
memory are counted and bounded for each as in the product; only the interpreter's start is shared. Prints one JSON line a file:
status, CPU seconds, peak memory in KB, and whether an answer with cells, blanks or problems came.
"""

import json
import os
import pickle
import signal
import sys
from pathlib import Path

from ronghe.common.sheets import child, limits
from ronghe.figures.reading.child import answer_reading


def read_one(job, data):
    """Fork, read under limits, and return (exit status as subprocess gives it, CPU seconds, peak KB, the answer's line)."""
    receiver, sender = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(receiver)
        os.dup2(sender, 1)
        status = 3
        try:
            signal.alarm(limits.CHILD_WALL_SECONDS)
            child.set_limits()
            try:
                child.write_line(answer_reading(job, data))
                status = 0
            except MemoryError:
                status = 4
            except BaseException as trouble:
                os.write(2, f"{type(trouble).__name__}: {trouble}\n".encode()[:300])
        finally:
            os._exit(status)
    os.close(sender)
    with os.fdopen(receiver, "rb") as pipe:
        lines = pipe.read().splitlines()
    _pid, status, used = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss, lines[-1] if lines else b""


def main(path):
    job, files = pickle.loads(Path(path).read_bytes())
    out = os.fdopen(os.dup(1), "w")
    for data in files:
        status, seconds, memory, line = read_one(job, data)
        reading = json.loads(line).get("reading") if status == 0 and line else None
        answered = reading is not None and bool(reading["problems"] or reading["cells"] or reading["blanks"])
        print(json.dumps([status, seconds, memory, answered]), file=out, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
