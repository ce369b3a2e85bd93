from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "ronghe.goals"
    label = "goals"
    verbose_name = "目标"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.goals.actions.follow import follow_batch, refresh_all  # noqa: PLC0415
        from ronghe.goals.crops import list_crops  # noqa: PLC0415
        from ronghe.goals.facts import list_facts  # noqa: PLC0415
        from ronghe.goals.holdings import LABELS, hand_over, list_held  # noqa: PLC0415
        from ronghe.goals.load import list_tallied  # noqa: PLC0415
        from ronghe.goals.papers import register as register_papers  # noqa: PLC0415
        from ronghe.goals.permissions import (  # noqa: PLC0415
            is_goal_page,
            may_oversee,
            may_read_goals,
            may_read_handbook,
            may_read_plans,
        )
        from ronghe.goals.queries import list_feeds, search_indicators  # noqa: PLC0415
        from ronghe.goals.queries.monthly import list_checks  # noqa: PLC0415
        from ronghe.goals.queries.tree import search_goals  # noqa: PLC0415
        from ronghe.worklist.sources import demands, feeds, sources  # noqa: PLC0415

        feeds.add("indicators", list_feeds)
        sources.add("goals", list_checks)
        demands.add("goals", list_tallied)
        item = registry.MenuItem
        registry.menu.add("my-goals", item("目标", "我的目标", "goals:mine", icon="flag", may=may_read_plans, order=30))
        registry.menu.add(
            "plans", item("目标", "目标计划", "goals:plans", icon="sitemap", may=may_read_plans, order=31, holds=is_goal_page)
        )
        registry.menu.add("leaders", item("目标", "班子目标", "goals:leaders", icon="users-group", may=may_read_plans, order=32))
        registry.menu.add("goals-oversight", item("目标", "所辖目标进展", "goals:oversight", icon="flag", may=may_oversee, order=33))
        registry.searches.add("goals", search_goals)
        registry.links.add("goals.check", lambda pk: f"/goals/checks/{pk}/")
        registry.links.add("goals.goalplan", lambda pk: f"/goals/plans/{pk}/")
        registry.links.add("goals.goal", lambda pk: f"/goals/nodes/{pk}/")
        registry.followers.add("goals", follow_batch)
        registry.facts.add("goals", list_facts)
        registry.crops.add("goals", list_crops)
        registry.holdings.add("goals", registry.Holder(list_held, hand_over, LABELS))
        ticks.add("goal-progress", Tick("目标进度", refresh_all, hour=2))

        registry.menu.add("goals", registry.MenuItem("基础", "指标手册", "goals:indicators", "book", may_read_handbook, 60))
        registry.menu.add("targets", registry.MenuItem("基础", "目标值", "goals:targets", "target", may_read_goals, 61))
        registry.searches.add("indicators", search_indicators)
        registry.links.add("goals.indicator", lambda pk: f"/goals/{pk}/")
        registry.links.add("goals.target", lambda pk: "/goals/targets/")
        registry.lists.add("goals:targets", registry.ListPage(_("目标值")))
        registry.lists.add("goals:indicators", registry.ListPage(_("指标手册")))
        register_papers()
