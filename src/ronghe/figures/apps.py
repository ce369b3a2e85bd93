from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "ronghe.figures"
    label = "figures"
    verbose_name = "月度填报"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415

        registry.links.add("figures.reportingperiod", lambda pk: f"/figures/periods/{pk}/")
        registry.links.add("figures.demand", lambda pk: f"/figures/demands/{pk}/")
        registry.links.add("figures.batch", lambda pk: f"/figures/batches/{pk}/")
        registry.links.add("figures.adjustment", lambda pk: f"/figures/adjustments/{pk}/")
