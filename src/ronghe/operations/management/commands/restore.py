"""`ronghe restore FILE`: verified first, then put in place. `--check` only verifies."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ronghe.operations.backup import NotRestored, restore_backup
from ronghe.operations.passphrase import add_passphrase_argument, read_passphrase
from ronghe.operations.sealedfile import CannotOpen
from ronghe.operations.snapshots import CannotSnapshot


class Command(BaseCommand):
    help = "核验备份并恢复(行数、审计链、附件摘要全部相符才替换)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="替换现有数据(现有数据另存一份)")
        parser.add_argument("--check", action="store_true", help="只核验,不恢复")
        add_passphrase_argument(parser)

    def handle(self, *args: Any, file: Path, force: bool, check: bool, **options: Any) -> None:
        try:
            manifest = restore_backup(file, read_passphrase(options["passphrase_file"]), force=force, check_only=check)
        except (NotRestored, CannotOpen, CannotSnapshot) as problem:
            raise CommandError(str(problem)) from problem
        done = "核验完好" if check else "已恢复"
        self.stdout.write(f"{done}:{manifest.made_at[:16]} 的备份,{manifest.total_rows} 行,{len(manifest.files)} 个文件。")
