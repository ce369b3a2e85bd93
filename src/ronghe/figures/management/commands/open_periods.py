"""`ronghe open_periods`: the daily tick of the reporting months. Run as often as one likes."""

from typing import Any

from django.core.management.base import BaseCommand

from ronghe.figures.actions.periods import open_due_periods


class Command(BaseCommand):
    help = "到日子的月份开放填报,并给新设的填报人补发待办(每天运行一次,可重复运行)"

    def handle(self, *args: Any, **options: Any) -> None:
        for period in open_due_periods():
            self.stdout.write(f"{period.area}: {period} 已开放填报")
