from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    name = "ronghe.letters"
    label = "letters"
    verbose_name = "责任书"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from ronghe.common import registry  # noqa: PLC0415
        from ronghe.common.ticks import Tick, ticks  # noqa: PLC0415
        from ronghe.letters.events import EVENTS  # noqa: PLC0415
        from ronghe.letters.holdings import hand_over, list_held  # noqa: PLC0415
        from ronghe.letters.load import list_asked  # noqa: PLC0415
        from ronghe.letters.paper import follow_letters  # noqa: PLC0415
        from ronghe.letters.papers import register as register_papers  # noqa: PLC0415
        from ronghe.letters.permissions import may_see  # noqa: PLC0415
        from ronghe.letters.queries.letters import count_matters, search_letters  # noqa: PLC0415
        from ronghe.worklist.sources import demands  # noqa: PLC0415

        registry.menu.add("letters", registry.MenuItem("分工", "责任书", "letters:list", icon="writing-sign", may=may_see, order=24))
        registry.searches.add("letters", search_letters)
        registry.matters.add("letters", count_matters)
        registry.links.add("letters.letter", lambda pk: reverse("letters:letter", args=[pk]))
        registry.links.add("letters.lettertemplate", lambda pk: reverse("letters:templates"))
        registry.holdings.add("letters", registry.Holder(list_held, hand_over, ("letters.letter",)))
        demands.add("letters", list_asked)
        ticks.add("letters", Tick("责任书", follow_letters, hour=2))
        register_papers()
        for code, kind in EVENTS.items():
            registry.events.add(code, kind)
        registry.lists.add("letters:list", registry.ListPage(_("责任书")))
