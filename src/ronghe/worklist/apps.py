from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "ronghe.worklist"
    label = "worklist"
    verbose_name = "工作清单与待办"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.org.permissions import is_in_area  # noqa: PLC0415
        from ronghe.worklist.crops import list_crops  # noqa: PLC0415
        from ronghe.worklist.holdings import hand_over, list_held  # noqa: PLC0415
        from ronghe.worklist.matters import count_matters  # noqa: PLC0415
        from ronghe.worklist.queries import build_panel, count_open, list_open  # noqa: PLC0415
        from ronghe.worklist.reminders import send_reminders  # noqa: PLC0415

        registry.badges.add("worklist", list_open)
        registry.menu.add(
            "worklist",
            registry.MenuItem("工作", "待办", "worklist:list", icon="checklist", may=is_in_area, order=11, tab="待办", count=count_open),
        )
        registry.panels.add("worklist", registry.Panel("worklist/panel.html", build_panel, 10))
        registry.matters.add("worklist", count_matters)
        registry.crops.add("worklist", list_crops)
        registry.holdings.add("worklist", registry.Holder(list_held, hand_over))
        ticks.add("reminders", Tick("待办提醒", send_reminders, hour=6))
