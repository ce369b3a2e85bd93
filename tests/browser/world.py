"""The demo world of one run: made once in a process of its own, laid anew for each test module, served by gunicorn."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.migrated import copy_database

ROOT = Path(__file__).resolve().parents[2]
# the day by which October's figures are due, in the morning
MOMENT = datetime(2026, 11, 6, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
START_SECONDS = 180

MAKE = """
import django
django.setup()
from django.core.management import call_command
from ronghe.common.calendar import at_time
from ronghe.portal.demo.load import load_demo
from tests.browser.world import MOMENT
from tests.migrated import lay_file
from django.conf import settings
lay_file(settings.DATABASES["default"]["NAME"])
call_command("migrate", verbosity=0)
with at_time(MOMENT):
    load_demo(MOMENT.date())
call_command("collectstatic", interactive=False, verbosity=0)
"""


def make_environment(folder: Path) -> dict[str, str]:
    """The environment of a product that lives in `folder`: its own settings, not those of the other tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("RONGHE_", "DATABASE_URL", "DJANGO_"))}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "RONGHE_DATA": str(folder),
        "RONGHE_DEMO": "1",
        "RONGHE_SECRET_KEY": "a key for tests only",
    }


def make_world(shared: Path) -> Path:
    """Return the folder of the demo world; the first worker that asks makes it, the others wait.

    RONGHE_BROWSER_WORLD names a folder that outlives the run: for whoever works on these tests.
    """
    folder = Path(os.environ.get("RONGHE_BROWSER_WORLD") or shared / "demo-world")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            subprocess.run([sys.executable, "-c", MAKE], cwd=ROOT, env=make_environment(folder), check=True)
            (folder / "made").touch()
    return folder


def restore(made: Path, folder: Path) -> None:
    """Put the data in `folder` back as they were made, under a server that runs: it opens the database anew for each request."""
    for path in folder.iterdir():
        if path.name.startswith("ronghe.sqlite3"):
            path.unlink()
        elif path.is_dir() and path.name != "static":
            shutil.rmtree(path)
    for path in made.iterdir():
        if path.is_dir() and path.name != "static":
            shutil.copytree(path, folder / path.name)
    copy_database(made / "ronghe.sqlite3", folder / "ronghe.sqlite3")


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve the world in `folder` as `make run` does; yield its address."""
    port = find_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "tests.browser.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--workers", "1", "--threads", "4", "--timeout", "120", "--no-control-socket"],
            cwd=ROOT,
            env=make_environment(folder),
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(address, server, folder / "server.log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")
