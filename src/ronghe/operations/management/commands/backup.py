"""`ronghe backup FILE`: everything in one encrypted file, while the product runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ronghe.operations.backup import make_backup
from ronghe.operations.passphrase import add_passphrase_argument, read_passphrase
from ronghe.operations.snapshots import CannotSnapshot


class Command(BaseCommand):
    help = "把数据库、附件、检查点和密钥备份成一个加密文件(不用停机)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="覆盖已有的文件")
        add_passphrase_argument(parser)

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        if file.exists() and not force:
            raise CommandError(f"{file} 已存在;换一个名字,或加 --force。")
        try:
            manifest = make_backup(file, read_passphrase(options["passphrase_file"]))
        except (CannotSnapshot, OSError) as problem:
            raise CommandError(str(problem)) from problem
        size = file.stat().st_size / 2**20
        self.stdout.write(f"已备份到 {file}:{manifest.total_rows} 行,{len(manifest.files)} 个文件,{size:.1f} MB。")
