from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def page_of(route: str, pk: int) -> str:
    from django.urls import reverse  # noqa: PLC0415

    return reverse(route, args=[pk])


class AppraisalConfig(AppConfig):
    name = "ronghe.appraisal"
    label = "appraisal"
    verbose_name = "述职评议"

    def ready(self) -> None:
        from ronghe.appraisal.actions.ballots import name_open_keys  # noqa: PLC0415
        from ronghe.appraisal.holdings import LABELS, hand_over, list_held  # noqa: PLC0415
        from ronghe.appraisal.matters import count_matters  # noqa: PLC0415
        from ronghe.appraisal.papers import register as register_papers  # noqa: PLC0415
        from ronghe.appraisal.permissions import is_in_area, may_read, may_read_results  # noqa: PLC0415
        from ronghe.appraisal.queries.lists import count_mine, list_mine, search_cycles  # noqa: PLC0415
        from ronghe.appraisal.queries.onsite import find_line_page, prefill_onsite  # noqa: PLC0415
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.urns import holders  # noqa: PLC0415

        item, add = registry.MenuItem, registry.menu.add
        add("appraisal", item("考核", "述职评议", "appraisal:list", icon="clipboard-text", may=may_read, order=66, count=count_mine))
        add("quadrant", item("考核", "双挂钩", "appraisal:quadrant", icon="chart-scatter", may=is_in_area, order=68))
        add("pay", item("考核", "纳入绩效", "appraisal:pay", icon="coins", may=may_read_results, order=67))
        add("onsite", item("考核", "季度检查", "appraisal:check-rounds", icon="map-search", may=is_in_area, order=65))
        registry.badges.add("appraisal", list_mine)
        registry.searches.add("appraisal", search_cycles)
        for name, route in (("cycle", "cycle"), ("report", "report"), ("outcome", "outcome"), ("template", "template")):
            registry.links.add(f"appraisal.{name}", partial(page_of, f"appraisal:{route}"))
        registry.links.add("appraisal.checkround", partial(page_of, "appraisal:check-round"))
        registry.links.add("appraisal.checksheet", partial(page_of, "appraisal:sheet"))
        registry.links.add("appraisal.sheetline", find_line_page)
        registry.prefills.add("appraisal", prefill_onsite)
        registry.holdings.add("appraisal", registry.Holder(list_held, hand_over, LABELS))
        registry.matters.add("appraisal", count_matters)
        holders.add("appraisal", name_open_keys)
        registry.lists.add("appraisal:list", registry.ListPage(_("述职评议")))
        register_papers()
