from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def page_of(route: str, pk: int) -> str:
    from django.urls import reverse  # noqa: PLC0415

    return reverse(route, args=[pk])


class SupervisionConfig(AppConfig):
    name = "ronghe.supervision"
    label = "supervision"
    verbose_name = "监督"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.supervision.actions.alerts import evaluate_all  # noqa: PLC0415
        from ronghe.supervision.actions.boards import tend_boards  # noqa: PLC0415
        from ronghe.supervision.actions.checks import plan_all  # noqa: PLC0415
        from ronghe.supervision.actions.openness import tend_openness  # noqa: PLC0415
        from ronghe.supervision.asked import list_asked, list_crops  # noqa: PLC0415
        from ronghe.supervision.events import EVENTS  # noqa: PLC0415
        from ronghe.supervision.facts import list_facts  # noqa: PLC0415
        from ronghe.supervision.gauges import GAUGES  # noqa: PLC0415
        from ronghe.supervision.holdings import LABELS, hand_over, list_held  # noqa: PLC0415
        from ronghe.supervision.matters import count_matters  # noqa: PLC0415
        from ronghe.supervision.papers import register as register_papers  # noqa: PLC0415
        from ronghe.supervision.permissions import is_in_area, may_open_board, may_read_daily, oversees  # noqa: PLC0415
        from ronghe.supervision.queries.alerts import search_alerts  # noqa: PLC0415
        from ronghe.supervision.queries.boards import count_mine, list_followed, list_mine, search_items  # noqa: PLC0415
        from ronghe.supervision.queries.checks import list_amended, prefill_discipline, search_findings, search_lines  # noqa: PLC0415
        from ronghe.supervision.queries.openness import find_opinion_page  # noqa: PLC0415
        from ronghe.supervision.queries.works import find_form_page, search_works  # noqa: PLC0415
        from ronghe.supervision.retained import register  # noqa: PLC0415
        from ronghe.worklist.sources import demands  # noqa: PLC0415

        register()
        item, add = registry.MenuItem, registry.menu.add
        add("board", item("监督", "周督办", "supervision:board", icon="flag-check", may=is_in_area, order=51, count=count_mine))
        add("supervision-lists", item("监督", "监督清单", "supervision:lists", icon="eye-check", may=is_in_area, order=52))
        add("supervision-checks", item("监督", "监督检查", "supervision:checks", icon="zoom-check", may=is_in_area, order=53))
        add("supervision-daily", item("监督", "纪检日常", "supervision:daily", icon="notebook", may=may_read_daily, order=54))
        add("supervision-works", item("监督", "重点工程", "supervision:works", icon="crane", may=is_in_area, order=55))
        add("supervision-alerts", item("监督", "预警", "supervision:alerts", icon="alarm", may=is_in_area, order=56))
        add("supervision-open", item("监督", "三务公开", "supervision:open", icon="speakerphone", may=is_in_area, order=57))
        add("supervision-terms", item("监督", "任期与换届", "supervision:terms", icon="calendar-user", may=oversees, order=58))
        registry.badges.add("supervision", list_mine)
        registry.searches.add("supervision", search_items)
        registry.links.add("supervision.boarditem", partial(page_of, "supervision:board-item"))
        registry.links.add("supervision.checkline", partial(page_of, "supervision:line"))
        registry.links.add("supervision.check", partial(page_of, "supervision:check"))
        registry.links.add("supervision.finding", partial(page_of, "supervision:finding"))
        registry.links.add("supervision.logentry", partial(page_of, "supervision:daily-entry"))
        registry.searches.add("supervision-findings", search_findings)
        registry.searches.add("supervision-lines", search_lines)
        registry.prefills.add("supervision", prefill_discipline)
        ticks.add("checks", Tick("监督检查", plan_all, hour=4))
        registry.links.add("supervision.work", partial(page_of, "supervision:work"))
        registry.links.add("supervision.workversion", partial(page_of, "supervision:version"))
        registry.links.add("supervision.workform", find_form_page)
        registry.searches.add("supervision-works", search_works)
        registry.links.add("supervision.alert", partial(page_of, "supervision:alert"))
        registry.links.add("supervision.alertrule", partial(page_of, "supervision:rule"))
        registry.searches.add("supervision-alerts", search_alerts)
        registry.facts.add("supervision", list_facts)
        for name, gauge in GAUGES.items():
            registry.gauges.add(name, gauge)
        ticks.add("alerts", Tick("预警", evaluate_all, hour=5))
        registry.links.add("supervision.disclosure", partial(page_of, "supervision:open-row"))
        registry.links.add("supervision.opinion", find_opinion_page)
        registry.links.add("supervision.election", partial(page_of, "supervision:election"))
        ticks.add("openness", Tick("三务公开与换届", tend_openness, hour=4))
        registry.links.add("supervision.boardweek", lambda pk: reverse("supervision:board"))
        registry.boards.add(
            "supervision", registry.Destination("转督办", lambda: reverse("supervision:board-new"), may_open_board, icon="flag-check")
        )
        registry.followed.add("supervision", list_followed)
        registry.crops.add("supervision", list_crops)
        demands.add("supervision", list_asked)
        registry.matters.add("supervision", count_matters)
        registry.amended.add("supervision", list_amended)
        registry.holdings.add("supervision", registry.Holder(list_held, hand_over, LABELS))
        ticks.add("boards", Tick("周督办", tend_boards, hour=4))
        register_papers()
        for code, kind in EVENTS.items():
            registry.events.add(code, kind)
        registry.lists.add("supervision:board", registry.ListPage(_("周督办")))
        registry.lists.add("supervision:alerts", registry.ListPage(_("预警")))
        registry.lists.add("supervision:checks", registry.ListPage(_("监督检查")))
        registry.lists.add("supervision:works", registry.ListPage(_("重点工程")))
