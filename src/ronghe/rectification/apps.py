from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RectificationConfig(AppConfig):
    name = "ronghe.rectification"
    label = "rectification"
    verbose_name = "整改"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.org.permissions import is_in_area  # noqa: PLC0415
        from ronghe.rectification.events import EVENTS  # noqa: PLC0415
        from ronghe.rectification.facts import list_facts  # noqa: PLC0415
        from ronghe.rectification.holdings import hand_over, list_held  # noqa: PLC0415
        from ronghe.rectification.matters import count_matters  # noqa: PLC0415
        from ronghe.rectification.papers import register as register_papers  # noqa: PLC0415
        from ronghe.rectification.permissions import may_open  # noqa: PLC0415
        from ronghe.rectification.photos import list_places, put_photo  # noqa: PLC0415
        from ronghe.rectification.queries import build_panel, count_mine, list_cures, list_mine, search_items  # noqa: PLC0415

        registry.menu.add(
            "rectification",
            registry.MenuItem("监督", "整改清单", "rectification:list", icon="clipboard-check", may=is_in_area, order=50, count=count_mine),
        )
        registry.badges.add("rectification", list_mine)
        registry.panels.add("rectification", registry.Panel("rectification/panel.html", build_panel, 30))
        registry.searches.add("rectification", search_items)
        registry.links.add("rectification.item", lambda pk: reverse("rectification:item", args=[pk]))
        registry.destinations.add(
            "rectification", registry.Destination("转整改", lambda: reverse("rectification:new"), may_open, icon="clipboard-plus")
        )
        registry.proof_places.add("rectification", registry.ProofKeeper(list_places, put_photo))
        registry.cures.add("rectification", list_cures)
        registry.facts.add("rectification", list_facts)
        registry.matters.add("rectification", count_matters)
        labels = ("rectification.item", "rectification.measure", "rectification.request")
        registry.holdings.add("rectification", registry.Holder(list_held, hand_over, labels))
        register_papers()
        for code, kind in EVENTS.items():
            registry.events.add(code, kind)
        registry.lists.add(
            "rectification:list",
            registry.ListPage(
                _("整改清单"),
                (
                    registry.Column("light", _("灯"), -6, ("灯",)),
                    registry.Column("state", _("状态"), -5, ("状态",)),
                    registry.Column(
                        "holder",
                        _("现由"),
                        -4,
                        (
                            "现由",
                            "本步期限",
                        ),
                    ),
                    registry.Column("owner", _("责任人"), -3, ("责任人",)),
                    registry.Column("due", _("整改期限"), -2, ("整改期限",)),
                    registry.Column("source", _("来源"), -1, ("来源",)),
                ),
            ),
        )
