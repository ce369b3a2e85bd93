from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def page_of(route: str, pk: int) -> str:
    from django.urls import reverse  # noqa: PLC0415

    return reverse(route, args=[pk])


def page_of_person(model: str, pk: int) -> str:
    """The page of whose certificate or step it is."""
    from django.apps import apps  # noqa: PLC0415

    person = apps.get_model("capability", model)._default_manager.filter(pk=pk).values_list("person_id", flat=True).first()
    return page_of("capability:person", person) if person else ""


class CapabilityConfig(AppConfig):
    name = "ronghe.capability"
    label = "capability"
    verbose_name = "能力"

    def ready(self) -> None:
        from ronghe.capability.actions import tend_certificates  # noqa: PLC0415
        from ronghe.capability.permissions import is_in_area, may_see_matrix  # noqa: PLC0415
        from ronghe.capability.queries.people import count_matters, list_facts  # noqa: PLC0415
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415

        add, item = registry.menu.add, registry.MenuItem
        add("capability", item("能力", "我的能力", "capability:mine", icon="school", may=is_in_area, order=70))
        add("capability-people", item("能力", "人员与差距", "capability:people", icon="users", may=is_in_area, order=71))
        add("capability-certificates", item("能力", "证书", "capability:certificates", icon="certificate", may=is_in_area, order=72))
        add("capability-quizzes", item("能力", "大练兵", "capability:quizzes", icon="target", may=is_in_area, order=73))
        add("capability-matrix", item("能力", "岗位与能力", "capability:matrix", icon="grid-dots", may=may_see_matrix, order=74))
        add("capability-successors", item("能力", "后备", "capability:successors", icon="ladder", may=may_see_matrix, order=75))
        registry.links.add("capability.certificate", partial(page_of_person, "certificate"))
        registry.links.add("capability.step", partial(page_of_person, "step"))
        registry.links.add("capability.quiz", partial(page_of, "capability:quiz"))
        registry.facts.add("capability", list_facts)
        registry.matters.add("capability", count_matters)
        ticks.add("certificates", Tick("证书到期提醒", tend_certificates, hour=3))
        registry.lists.add("capability:people", registry.ListPage(_("能力")))
