from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "ronghe.portal"
    label = "portal"
    verbose_name = "工作台"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.access import signed_in  # noqa: PLC0415
        from ronghe.portal.permissions import may_read_matters, may_see_cockpit  # noqa: PLC0415

        registry.menu.add(
            "home", registry.MenuItem("工作", "工作台", "portal:home", icon="layout-dashboard", may=signed_in, order=10, tab="工作台")
        )
        registry.menu.add("matters", registry.MenuItem("监督", "底数", "portal:matters", icon="stack-2", may=may_read_matters, order=60))
        registry.menu.add(
            "cockpit", registry.MenuItem("工作", "驾驶舱", "portal:cockpit", icon="device-desktop-analytics", may=may_see_cockpit, order=19)
        )
