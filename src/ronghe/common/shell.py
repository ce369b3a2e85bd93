"""What stands around every page: menu, phone tabs, who I am, what is unread. One context variable, `shell`."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ronghe import VERSION
from ronghe.common import registry
from ronghe.common.calendar import describe_today
from ronghe.common.links import find_fixed

# lines that fit a laptop's screen
LONG_MENU = 16


@dataclass
class MenuLine:
    label: str
    url: str
    icon: str
    active: bool
    count: int = 0
    held: bool = False


@dataclass
class MenuSection:
    title: str
    items: list[MenuLine] = field(default_factory=list)
    open: bool = True

    @property
    def count(self) -> int:
        """What a folded section shows of its lines."""
        return sum(line.count for line in self.items)


@dataclass
class Shell:
    menu: list[MenuSection]
    tabs: list[MenuLine]
    person_name: str
    post_title: str
    area_name: str
    unread: int
    today_text: str
    version: str = VERSION


# filled by org and notices at start: common knows neither
describe_person: registry.Registry[Any] = registry.Registry()


def build_shell(request: HttpRequest) -> Shell | None:
    """Return the shell of a signed-in user, or None."""
    user = request.user
    if not user.is_authenticated:
        return None
    shown = sorted((item for item in registry.menu.values() if item.may(user)), key=lambda item: item.order)
    sections: dict[str, MenuSection] = {}
    tabs = []
    for item in shown:
        url = find_fixed(item.url_name)
        held = item.holds is not None and item.holds(user, request.path)
        active = held or request.path == url or (url != "/" and request.path.startswith(url))
        line = MenuLine(item.label, url, item.icon, active, item.count(user) if item.count else 0, held)
        sections.setdefault(item.section, MenuSection(item.section)).items.append(line)
        if item.tab:
            tabs.append(MenuLine(item.tab, url, item.icon, active, line.count, held))
    keep_longest_match([line for section in sections.values() for line in section.items])
    fold_sections(list(sections.values()))
    keep_longest_match(tabs)
    who = describe_person.get("person")
    unread = describe_person.get("unread")
    name, post, area = who(user) if who else (user.username, "", "")
    return Shell(list(sections.values()), tabs[:5], name, post, area, unread(user) if unread else 0, describe_today())


def fold_sections(sections: list[MenuSection]) -> None:
    """Fold a menu that is longer than a screen, but for its first section and the one that one is in."""
    if sum(len(section.items) for section in sections) <= LONG_MENU:
        return
    for section in sections[1:]:
        section.open = any(line.active for line in section.items)


def keep_longest_match(lines: list[MenuLine]) -> None:
    """Leave one active line: what claims the page wins, then the most specific address."""
    active = [line for line in lines if line.active]
    for line in sorted(active, key=lambda line: (line.held, len(line.url)))[:-1]:
        line.active = False


def add_shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, built only if a template asks for it; whether this is the practice, and where it is."""
    practice = {"practice": settings.SANDBOX, "practice_url": "" if settings.SANDBOX else settings.RONGHE_SANDBOX_URL}
    if not hasattr(request, "user"):
        return practice
    return {"shell": SimpleLazyObject(lambda: build_shell(request)), **practice}
