from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "ronghe.initiatives"
    label = "initiatives"
    verbose_name = "全员创效"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.initiatives.actions import ask_reports, raise_late_ideas  # noqa: PLC0415
        from ronghe.initiatives.facts import list_facts  # noqa: PLC0415
        from ronghe.initiatives.holdings import LABELS, hand_over, list_held  # noqa: PLC0415
        from ronghe.initiatives.matters import count_matters  # noqa: PLC0415
        from ronghe.initiatives.permissions import is_in_area  # noqa: PLC0415
        from ronghe.initiatives.queries.added import load_benefits, load_credits  # noqa: PLC0415
        from ronghe.initiatives.queries.ideas import count_mine, list_mine, search_ideas  # noqa: PLC0415
        from ronghe.initiatives.queries.projects import search_projects  # noqa: PLC0415

        add, item = registry.menu.add, registry.MenuItem
        add("initiatives", item("创效", "创效建议", "initiatives:list", icon="bulb", may=is_in_area, order=55, count=count_mine))
        add("projects", item("创效", "项目组", "initiatives:projects", icon="users-group", may=is_in_area, order=56))
        add("added", item("创效", "每个人的贡献", "initiatives:added", icon="award", may=is_in_area, order=57))
        registry.badges.add("initiatives", list_mine)
        registry.searches.add("ideas", search_ideas)
        registry.searches.add("projects", search_projects)
        registry.links.add("initiatives.idea", lambda pk: reverse("initiatives:idea", args=[pk]))
        registry.links.add("initiatives.project", lambda pk: reverse("initiatives:project", args=[pk]))
        registry.holdings.add("initiatives", registry.Holder(list_held, hand_over, LABELS))
        registry.facts.add("initiatives", list_facts)
        registry.matters.add("initiatives", count_matters)
        registry.benefits.add("initiatives", load_benefits)
        registry.credits.add("initiatives", load_credits)
        ticks.add("late-ideas", Tick("创效建议逾期上报", raise_late_ideas, hour=1))
        ticks.add("project-reports", Tick("项目组月报", ask_reports, hour=2))
        registry.lists.add("initiatives:list", registry.ListPage(_("创效")))
        registry.lists.add("initiatives:projects", registry.ListPage(_("项目组")))
