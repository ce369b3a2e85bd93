from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def page_of(route: str, pk: int) -> str:
    from django.urls import reverse  # noqa: PLC0415

    return reverse(route, args=[pk])


class StationingConfig(AppConfig):
    name = "ronghe.stationing"
    label = "stationing"
    verbose_name = "驻站带班"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.stationing import agenda  # noqa: PLC0415
        from ronghe.stationing.actions import follow_points, note_arrival, note_ending  # noqa: PLC0415
        from ronghe.stationing.facts import list_facts  # noqa: PLC0415
        from ronghe.stationing.holdings import LABELS, hand_over, list_held  # noqa: PLC0415
        from ronghe.stationing.matters import count_matters  # noqa: PLC0415
        from ronghe.stationing.permissions import is_in_area, may_visit  # noqa: PLC0415
        from ronghe.stationing.photos import list_places, put_photo  # noqa: PLC0415
        from ronghe.stationing.queries.visits import count_open, list_open, search_points  # noqa: PLC0415

        add, item = registry.menu.add, registry.MenuItem
        add("stationing", item("驻站", "驻站带班", "stationing:week", icon="calendar-pin", may=is_in_area, order=60))
        add("stationing-field", item("驻站", "写带班记录", "stationing:field", icon="pencil-plus", may=may_visit, order=61))
        add(
            "stationing-points",
            item("驻站", "驻站问题", "stationing:points", icon="message-report", may=is_in_area, order=62, count=count_open),
        )
        add("stationing-themes", item("驻站", "共性问题", "stationing:themes", icon="versions", may=is_in_area, order=63))
        add("stationing-results", item("驻站", "发现与解决", "stationing:results", icon="chart-dots", may=is_in_area, order=64))
        registry.badges.add("stationing", list_open)
        registry.searches.add("stationing", search_points)
        registry.links.add("stationing.point", partial(page_of, "stationing:point"))
        registry.links.add("stationing.visit", partial(page_of, "stationing:visit"))
        registry.links.add("stationing.theme", partial(page_of, "stationing:theme"))
        registry.links.add("stationing.planday", lambda pk: reverse("stationing:week"))
        registry.agenda.add(agenda.LABEL, registry.AgendaSource(agenda.list_offers, agenda.find_bar, agenda.take))
        registry.arrivals.add("stationing", note_arrival)
        registry.endings.add("stationing", note_ending)
        registry.facts.add("stationing", list_facts)
        registry.matters.add("stationing", count_matters)
        registry.holdings.add("stationing", registry.Holder(list_held, hand_over, LABELS))
        registry.proof_places.add("stationing", registry.ProofKeeper(list_places, put_photo))
        ticks.add("stationing", Tick("驻站问题", follow_points, hour=3))
        registry.lists.add("stationing:points", registry.ListPage(_("驻站问题")))
