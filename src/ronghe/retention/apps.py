from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "ronghe.retention"
    label = "retention"
    verbose_name = "保存期限"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.retention.actions import run_rules  # noqa: PLC0415
        from ronghe.retention.permissions import may_read  # noqa: PLC0415

        ticks.add("tidy", Tick("按保存期限清理", run_rules, hour=3))
        add, item = registry.menu.add, registry.MenuItem
        add("retention", item("安全", "保存期限", "retention:kinds", icon="clock-check", may=may_read, order=94))
        add("retention-report", item("安全", "清除报告", "retention:report", icon="report", may=may_read, order=95))
        add("retention-holds", item("安全", "暂停清除", "retention:holds", icon="lock", may=may_read, order=96))
