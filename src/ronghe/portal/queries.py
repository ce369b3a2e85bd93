"""Search and the workbench: asks the registries; knows no context."""

from dataclasses import dataclass
from typing import Any

from ronghe.common import registry
from ronghe.common.registry import Hit

SUGGESTED = 5
FOUND = 30


@dataclass(frozen=True)
class HitGroup:
    """The hits of one kind."""

    title: str
    hits: list[Hit]


def search_all(user: Any, query: str, limit: int) -> list[HitGroup]:
    """Return hits by kind. Each context's search starts from what the user may see."""
    text = query.strip()[:50]
    if not text:
        return []
    groups: dict[str, list[Hit]] = {}
    for find in registry.searches.values():
        for hit in find(user, text, limit):
            groups.setdefault(hit.kind, []).append(hit)
    return [HitGroup(kind, hits) for kind, hits in groups.items()]


@dataclass(frozen=True)
class BuiltPanel:
    """A panel with its context, ready for its template."""

    template: str
    context: dict[str, Any]


def build_panels(user: Any) -> tuple[list[BuiltPanel], list[BuiltPanel]]:
    """Return the panels of the user's workbench, (main, aside): what to do now, how we stand, what is new."""
    main: list[BuiltPanel] = []
    aside: list[BuiltPanel] = []
    for panel in sorted(registry.panels.values(), key=lambda one: one.order):
        context = panel.build(user)
        if context is not None:
            (aside if panel.aside else main).append(BuiltPanel(panel.template, context))
    return main, aside
