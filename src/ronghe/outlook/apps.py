from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutlookConfig(AppConfig):
    name = "ronghe.outlook"
    label = "outlook"
    verbose_name = "进度与预测"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.outlook.actions import follow_decision  # noqa: PLC0415
        from ronghe.outlook.matters import count_matters  # noqa: PLC0415
        from ronghe.outlook.offers import load_forecasts  # noqa: PLC0415
        from ronghe.outlook.permissions import may_read_outlook  # noqa: PLC0415
        from ronghe.outlook.queries import build_panel, search_outlooks  # noqa: PLC0415
        from ronghe.outlook.ticks import refresh_all  # noqa: PLC0415

        registry.links.add("outlook.lightrule", lambda pk: "/progress/lights/")
        registry.forecasts.add("outlook", load_forecasts)
        registry.menu.add(
            "outlook", registry.MenuItem("考核", "进度与预测", "outlook:list", icon="traffic-lights", may=may_read_outlook, order=45)
        )
        registry.panels.add("outlook", registry.Panel("outlook/panel.html", build_panel, 25))
        registry.searches.add("outlook", search_outlooks)
        registry.followers.add("outlook", follow_decision)
        registry.matters.add("outlook", count_matters)
        ticks.add("outlook", Tick("进度与预测", refresh_all, hour=2))
        registry.lists.add("outlook:list", registry.ListPage(_("进度与预测")))
