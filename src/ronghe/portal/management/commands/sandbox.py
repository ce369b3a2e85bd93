"""`ronghe sandbox`: open the practice installation, a world of its own with demo data (docs/adr/0011)."""

import os
import shutil
import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from ronghe.common.calendar import now
from ronghe.portal.demo.load import has_data, load_demo

STALE = timedelta(days=7)  # its data is made relative to the day: older than this, a month's list would be last month's
MADE = "made"
KEPT = ("secret_key",)


class Command(BaseCommand):
    help = "打开练习环境:数据、账号、密钥都是它自己的,和正式环境没有任何连接"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8090", help="在哪里打开,如 127.0.0.1:8090")
        parser.add_argument("--fresh", action="store_true", help="清空重来")
        parser.add_argument("--no-serve", action="store_true", help="只准备好数据,不打开")

    def handle(self, *args: Any, bind: str, fresh: bool, no_serve: bool, **options: Any) -> None:
        if not settings.SANDBOX or settings.DATA_DIR.name != "sandbox":
            raise CommandError("练习环境只由命令 `ronghe sandbox` 打开。")
        made = settings.DATA_DIR / MADE
        if fresh or (made.exists() and now().timestamp() - made.stat().st_mtime > STALE.total_seconds()):
            self.clear()
        call_command("migrate", verbosity=0)
        if not has_data():
            self.stdout.write("正在准备练习的数据……")
            load_demo()
            made.touch()
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"练习环境:http://{bind}/practice/")
        if not no_serve:
            self.stdout.flush()
            os.execv(sys.executable, [sys.executable, "-m", "ronghe.cli", "serve", "--bind", bind, "--workers", "1"])  # noqa: S606

    def clear(self) -> None:
        """Throw the whole practice away, but for its key; only ever inside its own folder."""
        connections.close_all()
        for path in settings.DATA_DIR.iterdir():
            if path.name in KEPT:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        self.stdout.write("练习环境已清空。")
