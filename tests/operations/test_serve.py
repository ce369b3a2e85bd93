"""`ronghe serve`: server and worker live and die together; nobody is left behind."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ronghe.operations.supervise import run_together

STAYS = "import os, time; os.write(1, str(os.getpid()).encode() + bytes([10])); time.sleep(600)"
RUN = f"""
import sys
from ronghe.operations.supervise import run_together
sys.exit(run_together([[sys.executable, "-c", {STAYS!r}]] * 2))
"""
GONE_SECONDS = 20


def is_there(pid):
    """Whether it runs: what has ended and is not yet reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_whatever_ends_it_ends_both(number):
    process = subprocess.Popen([sys.executable, "-c", RUN], stdout=subprocess.PIPE, text=True)
    children = [int(process.stdout.readline()) for _ in range(2)]
    assert all(map(is_there, children))
    process.send_signal(number)
    assert process.wait(timeout=GONE_SECONDS) == (-signal.SIGKILL if number == signal.SIGKILL else 0)
    end = time.monotonic() + GONE_SECONDS
    while any(map(is_there, children)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_there, children))


def test_the_end_of_one_is_the_end_of_the_other(tmp_path):
    other = tmp_path / "pid"
    stays = [sys.executable, "-c", f"import os, time; open({str(other)!r}, 'w').write(str(os.getpid())); time.sleep(600)"]
    ends = ["sh", "-c", f"while [ ! -s {other} ]; do sleep 0.1; done; exit 3"]
    assert run_together([ends, stays]) == 3
    assert not is_there(int(other.read_text()))
