from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "ronghe.decisions"
    label = "decisions"
    verbose_name = "议事决策"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.decisions import agenda, holdings, offers  # noqa: PLC0415
        from ronghe.decisions.events import EVENTS  # noqa: PLC0415
        from ronghe.decisions.gauges import GAUGES  # noqa: PLC0415
        from ronghe.decisions.papers import register as register_papers  # noqa: PLC0415
        from ronghe.decisions.permissions import may_register  # noqa: PLC0415
        from ronghe.decisions.queries import count_mine, list_mine, list_stopped, search_matters  # noqa: PLC0415
        from ronghe.decisions.queries.matters import build_panel  # noqa: PLC0415
        from ronghe.decisions.queries.watch import count_matters  # noqa: PLC0415
        from ronghe.org.permissions import is_in_area  # noqa: PLC0415

        registry.menu.add(
            "decisions", registry.MenuItem("监督", "议事决策", "decisions:list", icon="gavel", may=is_in_area, order=46, count=count_mine)
        )
        registry.badges.add("decisions", list_mine)
        registry.badges.add("decisions-red", list_stopped)
        registry.panels.add("decisions", registry.Panel("decisions/panel.html", build_panel, 28))
        registry.searches.add("decisions", search_matters)
        registry.links.add("decisions.matter", lambda pk: reverse("decisions:matter", args=[pk]))
        registry.links.add(agenda.LABEL, agenda.find_page)
        registry.destinations.add(
            "decisions", registry.Destination("提请决策", lambda: reverse("decisions:new"), may_register, icon="gavel")
        )  # fmt: skip
        registry.holdings.add("decisions", registry.Holder(holdings.list_held, holdings.hand_over, holdings.LABELS))
        registry.cures.add("decisions", offers.list_cures)
        registry.crops.add("decisions", offers.list_crops)
        registry.facts.add("decisions", offers.list_facts)
        registry.matters.add("decisions", count_matters)
        for name, gauge in GAUGES.items():
            registry.gauges.add(name, gauge)
        registry.agenda.add(
            agenda.LABEL,
            registry.AgendaSource(agenda.list_offers, agenda.find_bar, agenda.take, agenda.find_follow_bar, agenda.look),
        )
        register_papers()
        for code, kind in EVENTS.items():
            registry.events.add(code, kind)
        registry.lists.add(
            "decisions:list",
            registry.ListPage(
                _("议事决策"),
                (
                    registry.Column("light", _("灯"), -6),
                    registry.Column("state", _("状态"), -5),
                    registry.Column("step", _("到哪一步"), -4),
                    registry.Column("holder", _("现由"), -3),
                    registry.Column("category", _("分类"), -2),
                    registry.Column("amount", _("金额(万元)"), -1),
                ),
            ),
        )
