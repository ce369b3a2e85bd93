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
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.operations.actions import watch_export  # noqa: PLC0415
        from ronghe.operations.retained import register  # noqa: PLC0415
        from ronghe.operations.watch import build_panel  # noqa: PLC0415
        from ronghe.org.permissions import is_security_admin, is_system_admin  # noqa: PLC0415

        ticks.add("audit-verify", Tick("审计链核验", verify_daily, hour=2))
        register()
        registry.export_watchers.add("volume", watch_export)
        registry.panels.add("operations", registry.Panel("operations/panel.html", build_panel, 5))
        add, item = registry.menu.add, registry.MenuItem
        add("workdays", item("系统", "工作日表", "operations:workdays", icon="calendar", may=is_system_admin, order=93))
        add("status", item("系统", "运行状态", "operations:status", icon="activity", may=is_system_admin, order=95))
        add("security", item("安全", "登录安全", "operations:security", icon="shield-lock", may=is_security_admin, order=90))
        add("sessions", item("安全", "在线会话", "operations:sessions", icon="devices", may=is_security_admin, order=91))
        add("exports", item("安全", "导出记录", "operations:exports", icon="file-export", may=is_security_admin, order=92))
        add("tokens", item("安全", "接口令牌", "operations:tokens-all", icon="key", may=is_security_admin, order=93))
