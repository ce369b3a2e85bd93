from functools import partial

from django.apps import AppConfig


def page_of(route: str, pk: int) -> str:
    from django.urls import reverse  # noqa: PLC0415

    return reverse(route, args=[pk])


class ArchiveConfig(AppConfig):
    name = "ronghe.archive"
    label = "archive"
    verbose_name = "档案"

    def ready(self) -> None:
        from ronghe.archive.holdings import LABELS, hand_over, list_held  # noqa: PLC0415
        from ronghe.archive.permissions import is_in_area, may_archive, may_pack  # noqa: PLC0415
        from ronghe.archive.queries.dispatches import find_papers, list_waiting, read_papers, search_dispatches  # noqa: PLC0415
        from ronghe.archive.retained import register  # noqa: PLC0415
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.badges import count_badge  # noqa: PLC0415
        from ronghe.common.papers import Source, sources  # noqa: PLC0415

        add, item = registry.menu.add, registry.MenuItem
        count = lambda user: count_badge(user, "archive")  # noqa: E731
        add("dispatches", item("档案", "收发文", "archive:dispatches", icon="mail", may=is_in_area, order=76, count=count))
        add("folders", item("档案", "年度档案", "archive:folders", icon="archive", may=may_archive, order=77))
        add("packs", item("档案", "迎检包", "archive:packs", icon="briefcase", may=may_pack, order=78))
        registry.badges.add("archive", list_waiting)
        registry.searches.add("dispatches", search_dispatches)
        for name in ("dispatch", "folder", "pack"):
            registry.links.add(f"archive.{name}", partial(page_of, f"archive:{name}"))
        registry.holdings.add("archive", registry.Holder(list_held, hand_over, LABELS))
        sources.add("dispatches", Source("收发文登记", find_papers, read_papers))
        register()
