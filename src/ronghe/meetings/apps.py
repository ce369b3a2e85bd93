from datetime import date
from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def ask_for_near(day: date) -> str:
    """Put the meetings that are near among what is due, and destroy keys that a crash left behind."""
    from ronghe.common.urns import sweep_keys  # noqa: PLC0415
    from ronghe.meetings.actions.plan import expect_planned  # noqa: PLC0415

    return f"近期会议 {expect_planned(day)} 次,清理票箱密钥 {sweep_keys()} 把"


def page_of(route: str, pk: int) -> str:
    from django.urls import reverse  # noqa: PLC0415

    return reverse(route, args=[pk])


class MeetingsConfig(AppConfig):
    name = "ronghe.meetings"
    label = "meetings"
    verbose_name = "会议与组织生活"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.common.urns import holders  # noqa: PLC0415
        from ronghe.meetings import holdings, plans  # noqa: PLC0415
        from ronghe.meetings.actions.ballots import name_open_keys  # noqa: PLC0415
        from ronghe.meetings.actions.follow import take_resolution  # noqa: PLC0415
        from ronghe.meetings.facts import list_facts  # noqa: PLC0415
        from ronghe.meetings.gauges import GAUGES  # noqa: PLC0415
        from ronghe.meetings.matters import count_matters  # noqa: PLC0415
        from ronghe.meetings.papers import register as register_papers  # noqa: PLC0415
        from ronghe.meetings.permissions import is_in_area, may_propose, may_read_norms, may_read_urgents  # noqa: PLC0415
        from ronghe.meetings.queries.home import build_panel, count_ballots, list_ballots  # noqa: PLC0415
        from ronghe.meetings.queries.lists import find_meeting, search_meetings  # noqa: PLC0415
        from ronghe.meetings.queries.norms import prefill_org_life  # noqa: PLC0415

        item, add = registry.MenuItem, registry.menu.add
        add("meetings", item("会议", "会议", "meetings:list", icon="calendar-event", may=is_in_area, order=40, count=count_ballots))
        add("agenda", item("会议", "议题库", "meetings:backlog", icon="list-details", may=may_propose, order=41))
        add("resolutions", item("会议", "决议落实", "meetings:assignments", icon="checklist", may=is_in_area, order=42))
        add("norms", item("会议", "组织生活", "meetings:norms", icon="calendar-check", may=may_read_norms, order=43))
        add("urgent", item("会议", "紧急决定", "meetings:urgents", icon="alert-triangle", may=may_read_urgents, order=44))
        add("meeting-kinds", item("会议", "会议制度", "meetings:kinds", icon="settings", may=is_in_area, order=45))
        registry.badges.add("meetings", list_ballots)
        registry.panels.add("meetings", registry.Panel("meetings/panel.html", build_panel, 25))
        registry.searches.add("meetings", search_meetings)
        for name in ("meeting", "item", "urgent", "assignment"):
            registry.links.add(f"meetings.{name}", partial(page_of, f"meetings:{name}"))
        registry.facts.add("meetings", list_facts)
        registry.holdings.add("meetings", registry.Holder(holdings.list_held, holdings.hand_over, holdings.LABELS))
        registry.matters.add("meetings", count_matters)
        registry.prefills.add("meetings", prefill_org_life)
        registry.meetings.add("meetings", find_meeting)
        for name, gauge in GAUGES.items():
            registry.gauges.add(name, gauge)
        # what an urgent decision brings is already an item of the backlog; it only wants to be told
        registry.agenda.add("meetings.urgent", registry.AgendaSource(lambda area_id, kind: [], resolved=take_resolution))
        holders.add("meetings", name_open_keys)
        registry.agenda.add(plans.LABEL, registry.AgendaSource(plans.offer_plans, plans.find_bar, plans.take_resolution))
        ticks.add("meetings", Tick("近期会议与票箱", ask_for_near, hour=1))
        registry.lists.add("meetings:list", registry.ListPage(_("会议")))
        registry.lists.add("meetings:assignments", registry.ListPage(_("决议落实")))
        register_papers()
