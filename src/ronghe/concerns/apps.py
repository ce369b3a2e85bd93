from functools import partial

from django.apps import AppConfig


def page_of(route: str, pk: int) -> str:
    from django.urls import reverse  # noqa: PLC0415

    return reverse(route, args=[pk])


class ConcernsConfig(AppConfig):
    """Registers no search, no export, no facts, no matters, no gauges: what is said here leaves by no other door."""

    name = "ronghe.concerns"
    label = "concerns"
    verbose_name = "关切"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.concerns.actions import tend_concerns  # noqa: PLC0415
        from ronghe.concerns.holdings import LABELS, hand_over, list_held  # noqa: PLC0415
        from ronghe.concerns.permissions import is_in_area, is_leader  # noqa: PLC0415
        from ronghe.concerns.queries import count_held  # noqa: PLC0415
        from ronghe.concerns.queries import list_held as list_waiting  # noqa: PLC0415
        from ronghe.concerns.retained import register  # noqa: PLC0415

        add, item = registry.menu.add, registry.MenuItem
        add("concerns", item("关切", "反映和答复", "concerns:list", icon="message-heart", may=is_in_area, order=65, count=count_held))
        add("concerns-talks", item("关切", "谈心谈话", "concerns:talks", icon="heart-handshake", may=is_in_area, order=66))
        add("concerns-report", item("关切", "季度汇总", "concerns:report", icon="chart-bar", may=is_leader, order=67))
        register()
        registry.badges.add("concerns", list_waiting)
        registry.links.add("concerns.concern", partial(page_of, "concerns:concern"))
        registry.links.add("concerns.promise", partial(page_of, "concerns:promise"))
        registry.holdings.add("concerns", registry.Holder(list_held, hand_over, LABELS))
        ticks.add("concerns", Tick("关切", tend_concerns, hour=2))
