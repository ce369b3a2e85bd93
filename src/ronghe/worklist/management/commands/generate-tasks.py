"""`ronghe generate-tasks --month 2026-12`: make a month's tasks for all areas, or one. Safe to repeat."""  # noqa: N999

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ronghe.common.calendar import today
from ronghe.org.models import Unit
from ronghe.worklist.actions.months import generate_month
from ronghe.worklist.rules.recurrence import BadRule, name_month, read_month


class Command(BaseCommand):
    help = "生成月度任务(重复运行不会重复生成)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", default="", help="月份,如 2026-12;不写 = 本月")
        parser.add_argument("--area", default="", help="管理区编码;不写 = 全部")

    def handle(self, *args: Any, month: str, area: str, **options: Any) -> None:
        month = month or name_month(today())
        try:
            read_month(month)
        except BadRule as problem:
            raise CommandError(str(problem)) from problem
        areas = Unit.objects.filter(kind=Unit.Kind.AREA, closed_on=None).order_by("pk")
        areas = areas.filter(code=area) if area else areas
        if not areas.exists():
            raise CommandError("没有这个管理区。")
        made = skipped = nobody = 0
        for one in areas:
            run = generate_month(one, month)
            made, skipped, nobody = made + run.made, skipped + run.skipped, nobody + run.nobody
        self.stdout.write(f"{month}:共 {made} 项任务,{skipped} 项已过日期没有补,{nobody} 项没有人可交。")
