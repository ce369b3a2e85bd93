"""`ronghe finalise-runs`: the daily tick of publications. Run as often as one likes."""  # noqa: N999

from typing import Any

from django.core.management.base import BaseCommand

from ronghe.assessment.actions import finalise_due_runs
from ronghe.common.calendar import today


class Command(BaseCommand):
    help = "公示期满的考核结果生效;可以重复运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"已生效 {finalise_due_runs(today())} 次计分")
