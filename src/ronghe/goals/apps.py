from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "ronghe.goals"
    label = "goals"
    verbose_name = "目标"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.goals.permissions import may_read_goals, may_read_handbook  # noqa: PLC0415
        from ronghe.goals.queries import search_indicators  # noqa: PLC0415

        registry.menu.add("goals", registry.MenuItem("基础", "指标手册", "goals:indicators", "book", may_read_handbook, 60))
        registry.menu.add("targets", registry.MenuItem("基础", "目标值", "goals:targets", "target", may_read_goals, 61))
        registry.searches.add("indicators", search_indicators)
        registry.links.add("goals.indicator", lambda pk: f"/goals/{pk}/")
        registry.links.add("goals.target", lambda pk: "/goals/targets/")
