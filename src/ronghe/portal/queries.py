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


def build_panels(user: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return (template, context) of the user's workbench: what to do now, how we stand, what is new."""
    panels = sorted(registry.panels.values(), key=lambda panel: panel.order)
    built = ((panel.template, panel.build(user)) for panel in panels)
    return [(template, context) for template, context in built if context is not None]
