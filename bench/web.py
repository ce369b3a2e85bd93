"""Requests a second and latency of the main pages beside a bare view with a session, on the same server, in turns.

The server is the product's: gunicorn with 2 workers of 4 threads on the demo world. The client is one process with a few
connections that stay open; it shares the machine with the server, so that the ratios say more than the numbers.
"""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "Ronghe-2026"
ROUNDS = 3
SECONDS = 2.0
CONNECTIONS = 8
READER = "sunhaibo"  # 管理区经理: reads everything of the area
CHIEF = "wanghailin"  # 采油一站站长
BARE = "bare view"
PAGES = [
    (BARE, READER, "/bench/bare/"),
    ("25 plain rows", READER, "/bench/rows/"),
    ("工作台(经理)", READER, "/"),
    ("工作台(站长)", CHIEF, "/"),
    ("晾晒排名", READER, "/assessment/"),
    ("本站成绩", CHIEF, "/assessment/ours/"),
    ("批次列表", READER, "/figures/batches/"),
    ("通讯录", READER, "/org/people/"),
]


@dataclass
class Measured:
    name: str
    times: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    failed: int = 0

    @property
    def rate(self) -> float:
        return len(self.times) / self.elapsed if self.elapsed else 0.0

    def quantile(self, share: float) -> float:
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * share))] * 1000


def make_environment(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("RONGHE_", "DATABASE_URL", "DJANGO_"))}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "RONGHE_DATA": str(folder),
        "RONGHE_DEMO": "1",
        "RONGHE_LOG_LEVEL": "ERROR",
    }


def prepare(folder: Path, environment: dict[str, str]) -> None:
    """Make the demo world unless it is there."""
    for command in (["demo"], ["collectstatic", "--noinput", "-v", "0"]):
        subprocess.run([sys.executable, "-m", "ronghe.cli", *command], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def start_server(environment: dict[str, str], port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "gunicorn", "ronghe.site.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, "--workers", "2", "--threads", "4", "--timeout", "60", "--no-control-socket", "--log-level", "error"],
        env=environment,
        cwd=ROOT,
    )
    for _attempt in range(150):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return server
        except OSError:
            time.sleep(0.2)
    server.terminate()
    raise RuntimeError("the server did not start")


def log_in(address: str, name: str) -> str:
    """Log in through the page; return the session's cookie."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{address}/accounts/login/").read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    form = {"csrfmiddlewaretoken": found.group(1) if found else "", "login": name, "password": PASSWORD}
    opener.open(urllib.request.Request(f"{address}/accounts/login/", urllib.parse.urlencode(form).encode(), {"Referer": address}))
    cookies = {cookie.name: cookie.value for cookie in jar}
    if "sessionid" not in cookies:
        raise RuntimeError(f"{name} could not log in")
    return f"sessionid={cookies['sessionid']}"


def find_target(port: int, cookie: str, path: str) -> str:
    """Follow a redirect once, so that only the page itself is measured."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    if answer.status in (301, 302, 303):
        return find_target(port, cookie, answer.headers["Location"])
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return path


def press(port: int, cookie: str, path: str, seconds: float, into: Measured) -> None:
    """Ask for one page from several connections at once for some seconds."""
    lock = threading.Lock()
    end = time.perf_counter() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        times, failed = [], 0
        while (start := time.perf_counter()) < end:
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - start)
            failed += answer.status != 200
        with lock:
            into.times += times
            into.failed += failed

    start = time.perf_counter()
    workers = [threading.Thread(target=ask) for _number in range(CONNECTIONS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    into.elapsed += time.perf_counter() - start


def measure(port: int) -> list[Measured]:
    cookies = {name: log_in(f"http://127.0.0.1:{port}", name) for name in {READER, CHIEF}}
    targets = [(name, cookies[who], find_target(port, cookies[who], path)) for name, who, path in PAGES]
    for _name, cookie, path in targets:
        press(port, cookie, path, 0.3, Measured("warm"))
    found = {name: Measured(name) for name, _cookie, _path in targets}
    for _round in range(ROUNDS):
        for name, cookie, path in targets:
            press(port, cookie, path, SECONDS, found[name])
    return list(found.values())


def print_table(rows: list[Measured]) -> None:
    bare = next(row for row in rows if row.name == BARE)
    print(f"\nweb: gunicorn 2×4, {CONNECTIONS} connections, {ROUNDS}×{SECONDS:.0f} s each in turns, load {os.getloadavg()[0]:.1f}")
    print("| page | requests/s | p50 ms | p95 ms | of the bare view | errors |")
    print("|---|---:|---:|---:|---:|---:|")
    for row in rows:
        share = row.rate / bare.rate
        print(
            f"| {row.name} | {row.rate:.0f} | {statistics.median(row.times) * 1000:.0f} | {row.quantile(0.95):.0f} | {share:.2f} | {row.failed} |"
        )


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Measure on a demo world of its own, or on the one in RONGHE_BENCH_DATA."""
    with tempfile.TemporaryDirectory(prefix="ronghe-bench-") as fresh:
        folder = Path(os.environ.get("RONGHE_BENCH_DATA") or fresh)
        environment = make_environment(folder)
        prepare(folder, environment)
        port = find_port()
        server = start_server(environment, port)
        try:
            print_table(measure(port))
        finally:
            server.terminate()
            server.wait(timeout=30)


if __name__ == "__main__":
    main()
