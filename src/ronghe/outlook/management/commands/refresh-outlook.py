"""`ronghe refresh-outlook`: compute 进度与预测 of every area now, as the daily tick does."""  # noqa: N999

from typing import Any

from django.core.management.base import BaseCommand

from ronghe.common.calendar import today
from ronghe.outlook.actions import refresh_all


class Command(BaseCommand):
    help = "重算各管理区的进度与预测"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"更新 {refresh_all(today())} 行")
