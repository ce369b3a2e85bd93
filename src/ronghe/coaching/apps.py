from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def page_of(route: str, pk: int) -> str:
    from django.urls import reverse  # noqa: PLC0415

    return reverse(route, args=[pk])


class CoachingConfig(AppConfig):
    name = "ronghe.coaching"
    label = "coaching"
    verbose_name = "措施"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from ronghe.assessment.permissions import may_read_ranking  # noqa: PLC0415
        from ronghe.coaching.actions.proposals import propose_all  # noqa: PLC0415
        from ronghe.coaching.facts import list_facts  # noqa: PLC0415
        from ronghe.coaching.holdings import LABELS, hand_over, list_held  # noqa: PLC0415
        from ronghe.coaching.matters import count_matters  # noqa: PLC0415
        from ronghe.coaching.permissions import is_in_area  # noqa: PLC0415
        from ronghe.coaching.queries.lists import list_mine, search_measures  # noqa: PLC0415
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.badges import count_badge  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415

        item, add = registry.MenuItem, registry.menu.add
        count = lambda user: count_badge(user, "coaching")  # noqa: E731
        add("coaching", item("考核", "措施", "coaching:list", icon="heart-handshake", may=is_in_area, order=69, count=count))
        add("pairs", item("考核", "结对", "coaching:pairs", icon="users", may=is_in_area, order=70))
        add("effects", item("考核", "措施效果", "coaching:effects", icon="chart-line", may=is_in_area, order=71))
        add("poster", item("考核", "晾晒", "coaching:displays", icon="presentation", may=may_read_ranking, order=61))
        registry.badges.add("coaching", list_mine)
        registry.searches.add("coaching", search_measures)
        for name in ("measure", "proposal", "kind", "pair"):
            registry.links.add(f"coaching.{name}", partial(page_of, f"coaching:{name}"))
        registry.links.add("coaching.display", lambda _pk: reverse("coaching:displays"))
        registry.matters.add("coaching", count_matters)
        registry.holdings.add("coaching", registry.Holder(list_held, hand_over, LABELS))
        registry.facts.add("coaching", list_facts)
        ticks.add("coaching", Tick("措施建议", propose_all, hour=6))
        registry.lists.add("coaching:list", registry.ListPage(_("措施")))
