from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "ronghe.webhooks"
    label = "webhooks"
    verbose_name = "事件推送"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.webhooks.actions import note_act, register  # noqa: PLC0415
        from ronghe.webhooks.permissions import is_system_admin  # noqa: PLC0415

        registry.witnesses.add("webhooks", note_act)
        registry.menu.add(
            "webhooks", registry.MenuItem("系统", "事件推送", "webhooks:list", icon="broadcast", may=is_system_admin, order=96)
        )
        register()
