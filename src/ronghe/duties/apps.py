from datetime import date

from django.apps import AppConfig


def detect_all(day: date) -> str:
    """Enter what the detector finds in every area: posts fall vacant and terms end without anybody touching the matrix."""
    from ronghe.duties.actions.findings import refresh_findings  # noqa: PLC0415
    from ronghe.org.models import Unit  # noqa: PLC0415

    areas = Unit.objects.filter(kind=Unit.Kind.AREA).values_list("pk", flat=True)
    return f"分工问题变化 {sum(refresh_findings(pk, day=day) for pk in areas)} 个"


class DutiesConfig(AppConfig):
    name = "ronghe.duties"
    label = "duties"
    verbose_name = "分工"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.duties.actions.handovers import follow_handovers  # noqa: PLC0415
        from ronghe.duties.facts import list_facts  # noqa: PLC0415
        from ronghe.duties.permissions import may_read_matrix, may_read_plots  # noqa: PLC0415
        from ronghe.duties.queries.findings import build_panel, count_matters, count_mine, list_mine  # noqa: PLC0415
        from ronghe.duties.queries.handovers import list_own_posts, refuse_post  # noqa: PLC0415
        from ronghe.duties.queries.matrix import search_matters  # noqa: PLC0415
        from ronghe.duties.queries.monthly import list_asked, list_duty_tasks  # noqa: PLC0415
        from ronghe.worklist.sources import demands, sources  # noqa: PLC0415

        sources.add("duties", list_duty_tasks)
        demands.add("duties", list_asked)
        item = registry.MenuItem
        registry.menu.add("duties", item("分工", "分工矩阵", "duties:matrix", icon="layout-grid", may=may_read_matrix, order=20))
        registry.menu.add(
            "duty-findings",
            item("分工", "分工问题", "duties:findings", icon="alert-triangle", may=may_read_matrix, order=21, count=count_mine),
        )
        registry.menu.add(
            "handovers", item("分工", "交接与AB岗", "duties:handovers", icon="arrows-exchange", may=may_read_matrix, order=24)
        )
        registry.facts.add("duties", list_facts)
        registry.holdings.add("duties", registry.Holder(list_own_posts, refuse_post))
        registry.links.add("duties.handover", lambda pk: reverse("duties:handover", args=[pk]))
        ticks.add("handovers", Tick("交接与交回", follow_handovers, hour=1))
        registry.menu.add("plots", item("分工", "责任田", "duties:plots", icon="layout-columns", may=may_read_plots, order=22))
        registry.menu.add("duty-lists", item("分工", "责任清单", "duties:lists", icon="clipboard-check", may=may_read_matrix, order=23))
        registry.links.add("duties.dutylist", lambda pk: reverse("duties:list", args=[pk]))
        registry.badges.add("duties", list_mine)
        registry.panels.add("duties", registry.Panel("duties/panel.html", build_panel, 40))
        registry.searches.add("duties", search_matters)
        registry.matters.add("duties", count_matters)
        registry.links.add("duties.matter", lambda pk: reverse("duties:matter", args=[pk]))
        registry.links.add("duties.finding", lambda pk: reverse("duties:finding", args=[pk]))
        ticks.add("duty-findings", Tick("检测分工问题", detect_all, hour=4))
