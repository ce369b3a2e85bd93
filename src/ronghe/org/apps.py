from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgConfig(AppConfig):
    name = "ronghe.org"
    label = "org"
    verbose_name = "组织"

    def ready(self) -> None:
        from ronghe.common import registry, shell  # noqa: PLC0415
        from ronghe.org.actions.people import find_account  # noqa: PLC0415
        from ronghe.org.actions.rosters import register  # noqa: PLC0415
        from ronghe.org.permissions import is_in_area, is_security_admin, is_system_admin  # noqa: PLC0415
        from ronghe.org.queries import describe_user, search_people, search_units  # noqa: PLC0415
        from ronghe.org.standing import standing_of  # noqa: PLC0415

        registry.people.add("standing", standing_of)
        registry.people.add("account", find_account)
        shell.describe_person.add("person", describe_user)
        registry.searches.add("people", search_people)
        registry.searches.add("units", search_units)
        registry.menu.add("people", registry.MenuItem("基础", "通讯录", "org:people", icon="users", may=is_in_area, order=80))
        registry.menu.add("units", registry.MenuItem("基础", "组织与党小组", "org:units", icon="sitemap", may=is_in_area, order=81))
        registry.menu.add(
            "appointments",
            registry.MenuItem("系统", "人员与任职", "org:admin", icon="user-cog", may=is_system_admin | is_security_admin, order=90),
        )
        add, item = registry.menu.add, registry.MenuItem
        add("structure", item("系统", "单位与岗位", "org:admin-units", icon="sitemap", may=is_system_admin, order=88))
        add("tracks", item("系统", "赛道", "org:admin-tracks", icon="layout-columns", may=is_system_admin, order=89))
        add("rosters", item("系统", "导入人员", "org:admin-rosters", icon="users-plus", may=is_system_admin, order=91))
        register()
        registry.links.add("org.person", lambda pk: f"/org/people/{pk}/")
        registry.links.add("org.unit", lambda pk: f"/org/units/{pk}/")
        registry.lists.add(
            "org:people",
            registry.ListPage(
                _("通讯录"),
                (
                    registry.Column("unit", _("单位"), 2),
                    registry.Column("posts", _("岗位"), 3),
                    registry.Column("number", _("工号"), 4),
                ),
            ),
        )
