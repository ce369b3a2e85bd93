"""The guides of docs/guide in the product: read once, shown whole or one passage at a time, in the reader's language.

The English ones stand in docs/guide/en under the same names. Heading by heading they are the Chinese ones, so that a passage is known
by the Chinese heading (help.toml) and found in English by its place.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

HELP = Path(__file__).parent / "help.toml"
# whose guide is whose; the first post held decides
GUIDES = {
    "branch_secretary": "leader",
    "area_manager": "leader",
    "deputy_party": "leader",
    "deputy_production": "leader",
    "deputy_business": "leader",
    "deputy_geology": "leader",
    "deputy_engineering": "leader",
    "station_chief": "chief",
    "group_leader": "chief",
    "indicator_admin": "indicator-admin",
    "reviewer": "reviewer",
    "reporter": "reporter",
    "discipline_member": "discipline",
    "upper_committee": "committee",
    "system_admin": "administrators",
    "security_admin": "administrators",
    "audit_admin": "administrators",
    "staff": "staff",
}
NAME = re.compile(r"[a-z-]+")
HEADING = re.compile(r"^(#{1,3}) +(.+?)\s*$")
# Material's coloured boxes have no plugin here: shown as a quotation
BOX = re.compile(r'^!!! \w+ "([^"]*)"\s*$')


@dataclass(frozen=True)
class Passage:
    """One heading with what stands under it, as HTML."""

    guide: str
    title: str
    anchor: str
    html: str


@dataclass(frozen=True)
class Guide:
    """One guide: its title, its passages in order. The first one is what stands under the title itself."""

    name: str
    title: str
    passages: tuple[Passage, ...]

    def find(self, heading: str) -> Passage | None:
        return next((one for one in self.passages if one.title == heading), None)


def make_anchor(heading: str) -> str:
    """Return the anchor of a heading: its own words, joined."""
    return re.sub(r"[^\w一-鿿]+", "-", heading).strip("-").lower()


def unbox(text: str) -> str:
    """Turn the boxes of the site's Markdown into quotations."""
    lines, inside = [], False
    for line in text.splitlines():
        box = BOX.match(line)
        if box:
            lines += [f"> **{box[1]}**", ">"]
            inside = True
        elif inside and line.startswith("    "):
            lines.append(f"> {line.strip()}")
        else:
            inside = inside and not line.strip()
            lines.append(line)
    return "\n".join(lines)


def find_path(name: str, language: str) -> Path | None:
    """Return the file of a guide in a language, else in the house's; None where there is none."""
    if not NAME.fullmatch(name):
        return None
    home: Path = settings.GUIDE_DIR
    paths = [home / f"{name}.md"] if language == settings.LANGUAGE_CODE else [home / language / f"{name}.md", home / f"{name}.md"]
    return next((path for path in paths if path.is_file()), None)


def render(text: str) -> str:
    """Return the HTML of Markdown that this product brings along; links to its other pages lead to their place in the product."""
    import markdown  # noqa: PLC0415  (only where a guide is read)

    html = markdown.markdown(unbox(text), extensions=["tables", "attr_list"], output_format="html")
    html = re.sub(r'src="(?:\.\./)+pictures/([\w-]+\.png)"', r'src="/opening/guide/pictures/\1" loading="lazy"', html)
    html = re.sub(r'href="([a-z-]+)\.md(?:#[^"]*)?"', r'href="/opening/guide/\1/"', html)
    # the other pages of the site are for who runs the product, not in it
    return re.sub(r'<a href="\.\./[^"]*">(.*?)</a>', r"\1", html)


@lru_cache(maxsize=64)
def read_guide(name: str, language: str) -> Guide | None:
    """Return a guide by its file's name; None where there is none."""
    path = find_path(name, language)
    if path is None:
        return None
    found: list[tuple[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        heading = HEADING.match(line)
        if heading and len(heading[1]) < 3:
            found.append((heading[2], []))
        elif found:
            found[-1][1].append(line)
    passages = tuple(Passage(name, title, make_anchor(title), render("\n".join(lines))) for title, lines in found)
    return Guide(name, passages[0].title if passages else name, passages)


@lru_cache(maxsize=1)
def read_help() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return address → (guide, heading) in the order of the file."""
    values: dict[str, list[str]] = tomllib.loads(HELP.read_text(encoding="utf-8"))
    return {page: tuple((name, heading) for name, _mark, heading in (one.partition("#") for one in ways)) for page, ways in values.items()}


def find_ways(page: str) -> tuple[tuple[str, str], ...]:
    """Return the passages of an address: those of the longest one under which it stands."""
    table = read_help()
    fitting = [one for one in table if page == one or (one != "/" and page.startswith(one))]
    return table[max(fitting, key=len)] if fitting else table["/"]


def find_passage(page: str, kinds: list[str], language: str) -> Passage | None:
    """Return the passage that helps the holder of these posts on a page, in the reader's language."""
    ways = find_ways(page)
    mine = list(dict.fromkeys(GUIDES[kind] for kind in kinds if kind in GUIDES))
    name, heading = next((way for guide in mine for way in ways if way[0] == guide), ways[0])
    house, guide = read_guide(name, settings.LANGUAGE_CODE), read_guide(name, language)
    if house is None or guide is None:
        return None
    found = house.find(heading)
    return guide.passages[house.passages.index(found)] if found is not None and len(guide.passages) == len(house.passages) else found
