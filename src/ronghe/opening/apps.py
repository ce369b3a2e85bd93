from django.apps import AppConfig


class OpeningConfig(AppConfig):
    name = "ronghe.opening"
    label = "opening"
    verbose_name = "开张与上手"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.opening.panel import build_panel  # noqa: PLC0415
        from ronghe.opening.permissions import may_see_opening  # noqa: PLC0415

        registry.panels.add("opening", registry.Panel("opening/panel.html", build_panel, 4))
        registry.menu.add("opening", registry.MenuItem("基础", "新单位开张", "opening:steps", icon="rocket", may=may_see_opening, order=87))
