from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorklistConfig(AppConfig):
    name = "ronghe.worklist"
    label = "worklist"
    verbose_name = "工作清单与待办"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.org.permissions import is_in_area  # noqa: PLC0415
        from ronghe.worklist.actions.months import generate_due  # noqa: PLC0415
        from ronghe.worklist.crops import list_crops  # noqa: PLC0415
        from ronghe.worklist.events import EVENTS  # noqa: PLC0415
        from ronghe.worklist.facts import list_facts  # noqa: PLC0415
        from ronghe.worklist.holdings import hand_over, list_held  # noqa: PLC0415
        from ronghe.worklist.matters import count_matters  # noqa: PLC0415
        from ronghe.worklist.permissions import may_read_load  # noqa: PLC0415
        from ronghe.worklist.photos import list_places, put_photo  # noqa: PLC0415
        from ronghe.worklist.queries import build_panel, count_open, list_open  # noqa: PLC0415
        from ronghe.worklist.queries.guided import list_asked, list_guided  # noqa: PLC0415
        from ronghe.worklist.queries.search import search_guides  # noqa: PLC0415
        from ronghe.worklist.reminders import send_reminders  # noqa: PLC0415
        from ronghe.worklist.sources import demands, sources  # noqa: PLC0415

        registry.badges.add("worklist", list_open)
        registry.menu.add(
            "worklist",
            registry.MenuItem("工作", "待办", "worklist:list", icon="checklist", may=is_in_area, order=11, tab="待办", count=count_open),
        )
        registry.menu.add("month", registry.MenuItem("工作", "月度任务", "worklist:month", icon="list-check", may=is_in_area, order=12))
        registry.menu.add("calendar", registry.MenuItem("工作", "日历", "worklist:calendar", icon="calendar", may=is_in_area, order=13))
        registry.menu.add("guides", registry.MenuItem("分工", "工作指南", "worklist:guides", icon="book", may=is_in_area, order=34))
        registry.menu.add("load", registry.MenuItem("分工", "减负", "worklist:load", icon="scale", may=may_read_load, order=36))
        registry.searches.add("guides", search_guides)
        registry.links.add("worklist.task", lambda pk: reverse("worklist:task", args=[pk]))
        registry.links.add("worklist.guide", lambda pk: reverse("worklist:guide", args=[pk]))
        sources.add("guide", list_guided)
        demands.add("guide", list_asked)
        ticks.add("month-tasks", Tick("月度任务", generate_due, hour=5))
        registry.panels.add("worklist", registry.Panel("worklist/panel.html", build_panel, 10))
        registry.matters.add("worklist", count_matters)
        registry.proof_places.add("worklist", registry.ProofKeeper(list_places, put_photo))
        registry.facts.add("worklist", list_facts)
        registry.crops.add("worklist", list_crops)
        registry.holdings.add("worklist", registry.Holder(list_held, hand_over))
        ticks.add("reminders", Tick("待办提醒", send_reminders, hour=6))
        for code, kind in EVENTS.items():
            registry.events.add(code, kind)
        registry.lists.add("worklist:list", registry.ListPage(_("待办")))
        registry.lists.add("worklist:month", registry.ListPage(_("月度任务")))
