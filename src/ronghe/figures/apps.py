from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "ronghe.figures"
    label = "figures"
    verbose_name = "月度填报"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.figures import permissions as may  # noqa: PLC0415
        from ronghe.figures.events import EVENTS  # noqa: PLC0415
        from ronghe.figures.load import list_demanded  # noqa: PLC0415
        from ronghe.figures.matters import count_matters  # noqa: PLC0415
        from ronghe.figures.queries.batches import count_waiting, list_waiting, search_batches  # noqa: PLC0415
        from ronghe.figures.queries.panel import build_panel  # noqa: PLC0415
        from ronghe.figures.queries.series import load_actuals, trace_indicator  # noqa: PLC0415
        from ronghe.figures.ticks import open_due  # noqa: PLC0415
        from ronghe.org.permissions import is_reviewer  # noqa: PLC0415
        from ronghe.worklist.sources import demands  # noqa: PLC0415

        item = registry.MenuItem
        menu = registry.menu
        menu.add("figures", item("填报", "月度填报", "figures:home", icon="table", may=may.fills_or_leads, order=20, tab="填报"))
        menu.add(
            "figures-review",
            item("填报", "待审核", "figures:queue", icon="checkbox", may=is_reviewer, order=21, tab="审核", count=count_waiting),
        )
        menu.add("figures-board", item("填报", "填报进度", "figures:periods", icon="list-check", may=may.reads_area, order=22))
        menu.add("figures-batches", item("填报", "批次", "figures:batches", icon="files", may=may.reads_figures, order=23))
        menu.add(
            "figures-adjustments",
            item("填报", "豁免与调整", "figures:adjustments", icon="adjustments", may=may.may_see_adjustments, order=24),
        )
        menu.add("figures-history", item("填报", "历史数据", "figures:history", icon="history", may=may.may_see_history, order=25))
        registry.links.add("figures.historyfile", lambda pk: f"/figures/history/{pk}/")
        registry.badges.add("review", list_waiting)
        registry.series.add("figures", trace_indicator)
        registry.actuals.add("figures", load_actuals)
        registry.searches.add("batches", search_batches)
        registry.panels.add("figures", registry.Panel("figures/panel.html", build_panel, 15))
        registry.links.add("figures.reportingperiod", lambda pk: f"/figures/periods/{pk}/")
        registry.links.add("figures.demand", lambda pk: f"/figures/demands/{pk}/")
        registry.links.add("figures.batch", lambda pk: f"/figures/batches/{pk}/")
        registry.links.add("figures.adjustment", lambda pk: f"/figures/adjustments/{pk}/")
        registry.matters.add("figures", count_matters)
        demands.add("figures", list_demanded)
        ticks.add("open-periods", Tick("开放填报期", open_due, hour=1, each_day=True))
        for code, kind in EVENTS.items():
            registry.events.add(code, kind)
        registry.lists.add(
            "figures:batches",
            registry.ListPage(
                _("批次"),
                (
                    registry.Column("period", _("月份"), 2),
                    registry.Column("unit", _("填报单位"), 3),
                    registry.Column("figures", _("数值"), 4),
                    registry.Column("source", _("来源"), 5),
                    registry.Column("author", _("填报人"), 6),
                    registry.Column("at", _("提交时间"), 7),
                    registry.Column("state", _("状态"), 8),
                ),
            ),
        )
