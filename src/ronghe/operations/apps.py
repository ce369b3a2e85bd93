from datetime import date

from django.apps import AppConfig


def verify_daily(day: date) -> str:
    """Read all chains once a day, and tell the 审计管理员 when something is wrong."""
    from ronghe.operations.actions import verify_audit  # noqa: PLC0415

    row = verify_audit(by=None)
    return f"{row.entries} 条记录,发现 {len(row.faults)} 处问题"


class OperationsConfig(AppConfig):
    name = "ronghe.operations"
    label = "operations"
    verbose_name = "运行"

    def ready(self) -> None:
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415

        ticks.add("audit-verify", Tick("审计链核验", verify_daily, hour=2))
