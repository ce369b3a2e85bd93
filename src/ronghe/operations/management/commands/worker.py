"""`ronghe worker`: run jobs and the daily tick. `--once` runs what is due and ends (for cron)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ronghe.operations.worker import Worker


class Command(BaseCommand):
    help = "运行排队的作业和每日定时任务(提醒、核验、开放填报等)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="把到期的办完就退出(供 cron 使用)")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker()
        worker.listen()
        if once:
            worker.run_once()
            return
        self.stdout.write("工作进程已启动,Ctrl+C 或 SIGTERM 停止。")
        self.stdout.flush()  # into a pipe or a journal it would stay in the buffer for days
        worker.run_forever()
        self.stdout.write("工作进程已停止。")
