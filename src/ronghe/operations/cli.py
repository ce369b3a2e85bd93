"""`ronghe serve`: the web server and the worker together, for one machine; a real installation runs them as two services (docs/deploy.md).

Django is not loaded here: this process only waits for the two.
"""

import argparse
import sys
from collections.abc import Sequence

from ronghe.operations.supervise import run_together


def main(arguments: Sequence[str]) -> int:
    """Run both, say where, and return the status."""
    parser = argparse.ArgumentParser(prog="ronghe serve", description="同时运行网页服务和工作进程,Ctrl+C 一起停止")
    parser.add_argument("--bind", default="127.0.0.1:8000", help="在哪里打开,如 127.0.0.1:8000")
    parser.add_argument("--workers", type=int, default=2, help="网页服务的进程数")
    chosen = parser.parse_args(arguments)
    how = ["--bind", chosen.bind, "--workers", str(chosen.workers), "--threads", "4", "--timeout", "60", "--no-control-socket"]
    sys.stdout.write(f"http://{chosen.bind}/(网页和工作进程,Ctrl+C 一起停止)\n")
    sys.stdout.flush()
    web = [sys.executable, "-m", "gunicorn", "ronghe.site.wsgi:application", *how]
    return run_together([web, [sys.executable, "-m", "ronghe.cli", "worker"]])
