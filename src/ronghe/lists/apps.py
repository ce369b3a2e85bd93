from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "ronghe.lists"
    label = "lists"
    verbose_name = "列表视图"

    def ready(self) -> None:
        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.lists.queries import list_hidden, load_shelf  # noqa: PLC0415

        registry.shelves.add("lists", registry.Shelves(load_shelf, list_hidden))
