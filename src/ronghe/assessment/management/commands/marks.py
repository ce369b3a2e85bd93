"""`ronghe marks store|check|recall`: the marks of long past months as Parquet files by period (docs/adr/0012)."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ronghe.assessment.actions.marks import FEWEST_MONTHS, list_due_runs, recall_marks, store_marks
from ronghe.assessment.models import Run
from ronghe.assessment.parquet import MarksLost, folder, read_content


class Command(BaseCommand):
    help = "早年月份的逐项得分:转存为按期间的 Parquet 文件、核对、取回数据库"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        store = parts.add_parser("store", help="转存;总分、名次、等级一直在数据库里")
        store.add_argument(
            "--months", type=int, default=settings.RONGHE_MARKS_MONTHS or None, help=f"数据库里留最近几个月,至少 {FEWEST_MONTHS}"
        )
        store.add_argument("--dry-run", action="store_true", help="只说会转存哪些,不动数据")
        parts.add_parser("check", help="逐个核对文件的摘要,有不符时退出码为 1")
        recall = parts.add_parser("recall", help="把一个期间的得分取回数据库")
        recall.add_argument("--period", required=True, help="月份,如 2024-03")

    def handle(self, *args: Any, part: str, **options: Any) -> None:
        try:
            {"store": self.store, "check": self.check_files, "recall": self.recall}[part](options)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem

    def store(self, options: dict[str, Any]) -> None:
        months = options["months"]
        if months is None or months < FEWEST_MONTHS:
            raise CommandError(f"请写明 --months(或设 RONGHE_MARKS_MONTHS),至少 {FEWEST_MONTHS} 个月。")
        count = 0
        for run in list_due_runs(months):
            if options["dry_run"]:
                self.stdout.write(f"{run.area_id} {run}")
            else:
                count += store_marks(run)
        if not options["dry_run"]:
            self.stdout.write(f"已转存 {count} 条得分:{folder()}")

    def check_files(self, options: dict[str, Any]) -> None:
        faults, count = [], 0
        for run in Run.objects.light().exclude(marks_file="").order_by("period", "pk"):
            count += 1
            try:
                read_content(run)
            except MarksLost as problem:
                faults.append(" ".join(problem.messages))
        for fault in faults:
            self.stdout.write(self.style.ERROR(fault))
        self.stdout.write(f"共 {count} 个文件:{f'{len(faults)} 个缺失或已损坏' if faults else '全部相符'}")
        if faults:
            sys.exit(1)

    def recall(self, options: dict[str, Any]) -> None:
        count = sum(recall_marks(run) for run in Run.objects.light().filter(period=options["period"]).exclude(marks_file=""))
        self.stdout.write(f"已取回 {count} 条得分")
