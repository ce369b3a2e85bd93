from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "ronghe.org"
    label = "org"
    verbose_name = "组织"

    def ready(self) -> None:
        from ronghe.common import registry, shell  # noqa: PLC0415
        from ronghe.org.queries import describe_user, search_people, search_units  # noqa: PLC0415

        shell.describe_person.add("person", describe_user)
        registry.searches.add("people", search_people)
        registry.searches.add("units", search_units)
        registry.links.add("org.person", lambda pk: f"/org/people/{pk}/")
        registry.links.add("org.unit", lambda pk: f"/org/units/{pk}/")
