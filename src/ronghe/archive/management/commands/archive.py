"""`ronghe archive check`: whether the folders of a year still are what was filed; `--file` checks a zip that was carried out."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ronghe.archive.actions.bundles import check_folder
from ronghe.archive.models import Bundle, Folder
from ronghe.archive.zips import check_zip
from ronghe.common.crypto.current import parse_public_keys


class Command(BaseCommand):
    help = "核对年度档案:逐件比对摘要,核对清单的签名"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        check = parts.add_parser("check", help="逐件核对,有不符时退出码为 1")
        check.add_argument("--year", type=int, default=None, help="哪一年,不写就是全部")
        check.add_argument("--file", type=Path, default=None, help="核对一个已导出的压缩包,不查数据库")
        check.add_argument("--public-key", default="", help="以另处保存的公钥(ronghe audit key 所显示的)核对签名")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            try:
                keys = parse_public_keys(options["public_key"]) if options["public_key"] else None
            except ValueError as problem:
                raise CommandError("公钥应为 ronghe audit key 所显示的那一行") from problem
            self.say(options["file"].name, check_zip(options["file"], keys=keys))
            return
        rows = Folder.objects.filter(state=Bundle.State.READY).select_related("area").order_by("area_id", "year", "edition")
        if options["year"]:
            rows = rows.filter(year=options["year"])
        found = [(f"{row.area.name}{row}", check_folder(row, by=None)) for row in rows]
        if not found:
            self.stdout.write("没有可核对的档案。")
        for name, faults in found:
            self.say(name, faults, stop=False)
        if any(faults for _name, faults in found):
            sys.exit(1)

    def say(self, name: str, faults: list[str], *, stop: bool = True) -> None:
        self.stdout.write(f"{name}:{f'发现 {len(faults)} 处不符' if faults else '全部相符'}")
        for fault in faults:
            self.stdout.write(self.style.ERROR(f"  {fault}"))
        if faults and stop:
            sys.exit(1)
