from typing import Any

from django.apps import AppConfig


def count_unread(user: Any) -> int:
    """Return how many messages the user has not read. One query."""
    from ronghe.notices.models import Notice  # noqa: PLC0415

    return Notice.objects.visible_to(user).filter(read_at=None).count()


class NoticesConfig(AppConfig):
    name = "ronghe.notices"
    label = "notices"
    verbose_name = "消息"

    def ready(self) -> None:
        from ronghe.common import registry, shell  # noqa: PLC0415
        from ronghe.notices.queries import build_panel  # noqa: PLC0415
        from ronghe.org.permissions import is_system_admin  # noqa: PLC0415

        shell.describe_person.add("unread", count_unread)
        registry.panels.add("notices", registry.Panel("notices/panel.html", build_panel, 40, aside=True))
        registry.menu.add(
            "reminders", registry.MenuItem("系统", "提醒与机器人", "notices:admin", icon="robot", may=is_system_admin, order=94)
        )
