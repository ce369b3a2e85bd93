"""300 people at once: p95 and errors beside the bare view under the same load; then 128 clients that never pause, for 5xx.

The server is the product's (gunicorn 2×4 on the demo world, SQLite, audit on); locust runs in a process of its own on the same
machine, so that both share its cores. Run: python -m bench load
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.web import ROOT, find_port, make_environment, prepare, start_server

PEOPLE, SECONDS, DURATION = 300, 6, int(os.environ.get("RONGHE_LOAD_DURATION", "100"))
CROWD, CROWD_DURATION = 128, 25
PATHS = [
    "/",
    "/",
    "/",
    "/assessment/",
    "/assessment/ours/",
    "/figures/batches/",
    "/worklist/",
    "/rectification/",
    "/org/people/",
    "/goals/",
    "/matters/",
]
SESSIONS = """
import json, sys, django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from ronghe.accounts.models import User
from ronghe.accounts.sessions import SessionStore
from ronghe.common.access import may_open
found = []
for user in User.objects.filter(is_active=True, person__left_on=None).order_by("pk")[:300]:
    session = SessionStore()
    session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend"})
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    found.append({"session": session.session_key, "paths": [path for path in json.loads(sys.argv[1]) if may_open(user, path)]})
print(json.dumps(found))
"""


def open_sessions(environment: dict[str, str], folder: Path) -> Path:
    """Make a session for each of 300 accounts, as a login would, with the pages that its posts may open."""
    command = [sys.executable, "-c", SESSIONS, json.dumps(PATHS)]
    said = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    path = folder / "users.json"
    path.write_text(said.strip().splitlines()[-1], encoding="utf-8")
    return path


def run_locust(port: int, users: Path, *, count: int, seconds: float, duration: int) -> list[dict[str, str]]:
    """Run locust and return its table of requests."""
    out = users.with_name(f"locust-{count}")
    environment = {**os.environ, "RONGHE_LOAD_USERS": str(users), "RONGHE_LOAD_SECONDS": str(seconds)}
    command = [sys.executable, "-m", "locust", "-f", str(ROOT / "bench" / "clicks.py"), "--headless", "--host", f"http://127.0.0.1:{port}"]
    size = ["-u", str(count), "-r", str(max(count // 15, 10)), "-t", f"{duration}s", "--stop-timeout", "30"]
    subprocess.run(
        [*command, *size, "--csv", str(out), "--only-summary", "--exit-code-on-error", "0", "--loglevel", "ERROR"],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with out.with_name(f"{out.name}_stats.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    failures = out.with_name(f"{out.name}_failures.csv").read_text(encoding="utf-8").splitlines()[1:]
    for line in failures[:5]:
        print("failure:", line)
    return rows


def print_rows(title: str, rows: list[dict[str, str]]) -> None:
    print(f"\nload: {title}, load average {os.getloadavg()[0]:.1f}")
    print("| page | requests | requests/s | p50 ms | p95 ms | errors |")
    print("|---|---:|---:|---:|---:|---:|")
    for row in rows:
        rate = float(row["Requests/s"])
        print(f"| {row['Name']} | {row['Request Count']} | {rate:.1f} | {row['50%']} | {row['95%']} | {row['Failure Count']} |")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="ronghe-load-") as fresh:
        folder = Path(os.environ.get("RONGHE_BENCH_DATA") or fresh)
        environment = make_environment(folder)
        prepare(folder, environment)
        users = open_sessions(environment, Path(fresh))
        port = find_port()
        server = start_server(environment, port)
        try:
            rows = run_locust(port, users, count=PEOPLE, seconds=SECONDS, duration=DURATION)
            print_rows(f"{PEOPLE} people, {SECONDS} s between clicks, 10 % writes, {DURATION} s", rows)
            rows = run_locust(port, users, count=CROWD, seconds=0, duration=CROWD_DURATION)
            print_rows(f"{CROWD} clients without a pause, {CROWD_DURATION} s", rows)
        finally:
            server.terminate()
            server.wait(timeout=60)


if __name__ == "__main__":
    main()
