from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TracingConfig(AppConfig):
    name = "ronghe.tracing"
    label = "tracing"
    verbose_name = "三册溯源"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.tracing.actions import trace_subject  # noqa: PLC0415
        from ronghe.tracing.papers import register as register_papers  # noqa: PLC0415
        from ronghe.tracing.permissions import is_in_area  # noqa: PLC0415
        from ronghe.tracing.queries import (  # noqa: PLC0415
            describe_aspect,
            find_proof_bar,
            list_lessons,
            prefill_leading,
            read_recurring,
            read_untraced,
        )

        registry.menu.add("tracing", registry.MenuItem("监督", "三册溯源", "tracing:list", icon="git-branch", may=is_in_area, order=59))
        registry.subjects.add("tracing", trace_subject)
        registry.aspects.add("tracing", describe_aspect)
        registry.proof_bars.add("tracing", find_proof_bar)
        registry.lessons.add("tracing", list_lessons)
        registry.prefills.add("tracing", prefill_leading)
        registry.gauges.add(
            "hse-untraced", registry.Gauge("安全环保质量问题未溯源(天)", "天", read_untraced, "safety、environment 或 quality")
        )
        registry.gauges.add(
            "hse-recurring", registry.Gauge("安全环保质量问题重复发生(项)", "项", read_recurring, "safety、environment 或 quality")
        )
        registry.lists.add("tracing:list", registry.ListPage(_("三册溯源")))
        register_papers()
