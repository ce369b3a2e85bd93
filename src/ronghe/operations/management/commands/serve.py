"""`ronghe serve`: the pages and the worker together, for one machine; a real installation runs them as two services (docs/deploy.md)."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ronghe.operations.supervise import name_web, name_worker, run_together


class Command(BaseCommand):
    help = "同时运行网页服务和工作进程,Ctrl+C 一起停止"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", help="在哪里打开,如 127.0.0.1:8000")

    def handle(self, *args: Any, bind: str, **options: Any) -> None:
        self.stdout.write(f"http://{bind}/(网页和工作进程,Ctrl+C 一起停止)")
        self.stdout.flush()
        sys.exit(run_together([name_web(bind, workers=2), name_worker()]))
