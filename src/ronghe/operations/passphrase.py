"""The passphrase of a backup: from a file or the environment, never from the command line, which others on the machine can read."""

import os
from pathlib import Path

from django.core.management.base import CommandError, CommandParser

VARIABLE = "RONGHE_BACKUP_PASSPHRASE"
SHORTEST = 12


def add_passphrase_argument(parser: CommandParser) -> None:
    parser.add_argument("--passphrase-file", type=Path, default=None, help=f"口令所在的文件(也可用环境变量 {VARIABLE})")


def read_passphrase(path: Path | None) -> str:
    """Return the passphrase. Raises CommandError where there is none, or too short a one."""
    try:
        text = path.read_text(encoding="utf-8").strip() if path else os.environ.get(VARIABLE, "").strip()
    except OSError as problem:
        raise CommandError(f"读不到口令文件 {path}。") from problem
    if len(text) < SHORTEST:
        raise CommandError(f"请用 --passphrase-file 或环境变量 {VARIABLE} 给出口令,至少 {SHORTEST} 个字符。")
    return text
