from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ronghe.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        from ronghe.audit.actions import record_export  # noqa: PLC0415
        from ronghe.audit.permissions import is_audit_admin  # noqa: PLC0415
        from ronghe.common import registry  # noqa: PLC0415

        registry.menu.add("audit", registry.MenuItem("系统", "审计记录", "audit:list", icon="history", may=is_audit_admin, order=92))
        registry.menu.add(
            "audit-state", registry.MenuItem("系统", "核验与检查点", "audit:state", icon="shield-check", may=is_audit_admin, order=93)
        )
        registry.export_watchers.add("audit", record_export)
