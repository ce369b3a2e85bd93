"""`ronghe audit verify`, `ronghe audit key`, `ronghe audit checkpoint`."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ronghe.audit.actions import write_checkpoint
from ronghe.audit.checkpoints import folder, public_key_hex
from ronghe.audit.models import Chain
from ronghe.audit.verification import verify_all
from ronghe.common.crypto.current import parse_public_keys


class Command(BaseCommand):
    help = "核验审计链、显示检查点公钥、立即写检查点"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        verify = parts.add_parser("verify", help="逐条核验所有审计链,有问题时退出码为 1")
        verify.add_argument("--public-key", default="", help="以另处保存的公钥(ronghe audit key 所显示的)核对检查点")
        parts.add_parser("key", help="显示检查点公钥,请另处保存")
        parts.add_parser("checkpoint", help="立即为每条链写检查点")

    def handle(self, *args: Any, part: str, **options: Any) -> None:
        if part == "key":
            self.stdout.write(public_key_hex())
        elif part == "checkpoint":
            chains = list(Chain.objects.filter(length__gt=0))
            for chain in chains:
                write_checkpoint(chain)
            self.stdout.write(f"已为 {len(chains)} 条链写检查点:{folder()}")
        else:
            self.verify(options["public_key"])

    def verify(self, public_key: str) -> None:
        try:
            key = parse_public_keys(public_key) if public_key else None
        except ValueError as problem:
            raise CommandError("公钥应为 ronghe audit key 所显示的那一行") from problem
        begun = time.perf_counter()
        report = verify_all(key)
        for chain in report.chains.values():
            self.stdout.write(f"链 {chain.code}:{chain.entries} 条,检查点保证到第 {chain.assured} 条")
        for fault in report.faults:
            self.stdout.write(self.style.ERROR(fault))
        verdict = "完好" if report.is_sound else f"发现 {len(report.faults)} 处问题"
        self.stdout.write(f"共 {report.entries} 条,用时 {time.perf_counter() - begun:.1f} 秒:{verdict}")
        if not report.is_sound:
            sys.exit(1)
