from typing import Any

from django.apps import AppConfig


def count_unread(user: Any) -> int:
    """Return how many messages the user has not read."""
    from ronghe.common.badges import count_badge  # noqa: PLC0415

    return count_badge(user, "unread")


class NoticesConfig(AppConfig):
    name = "ronghe.notices"
    label = "notices"
    verbose_name = "消息"

    def ready(self) -> None:
        from ronghe.common import registry, shell  # noqa: PLC0415
        from ronghe.notices.queries import build_panel, list_unread  # noqa: PLC0415
        from ronghe.org.permissions import is_system_admin  # noqa: PLC0415

        shell.describe_person.add("unread", count_unread)
        registry.badges.add("unread", list_unread)
        registry.panels.add("notices", registry.Panel("notices/panel.html", build_panel, 40, aside=True))
        registry.menu.add(
            "reminders", registry.MenuItem("系统", "提醒与机器人", "notices:admin", icon="robot", may=is_system_admin, order=94)
        )
