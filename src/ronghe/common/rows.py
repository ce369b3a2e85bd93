"""The rows of a long list as one piece of HTML: a template loop over 50 rows costs ten times this.

A cell is plain text, a Link or a Chip; everything is escaped here. On a phone each row becomes a card and `label` names the cell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Head:
    """A column: its name and the classes of its cells ('num', 'hide-sm', 'text-nowrap')."""

    label: Any
    css: str = ""


@dataclass(frozen=True)
class Link:
    """A cell that names the row and opens it; `sub` is the small line below."""

    url: str
    text: Any
    sub: str = ""

    def __html__(self) -> str:
        below = f'<span class="sub">{escape(self.sub)}</span>' if self.sub else ""
        return f'<a href="{escape(self.url)}">{escape(self.text)}</a>{below}'


@dataclass(frozen=True)
class Chip:
    """A word in a coloured frame: blue, green, yellow, red, or '' for plain."""

    text: Any
    colour: str = ""

    def __html__(self) -> str:
        return f'<span class="chip{" chip-" + self.colour if self.colour else ""}">{escape(self.text)}</span>'


def build_heads(heads: Sequence[Head]) -> SafeString:
    """Return the head row."""
    cells = "".join(f'<th scope="col"{_class(head)}>{escape(head.label)}</th>' for head in heads)
    return SafeString(f"<tr>{cells}</tr>")


def build_rows(heads: Sequence[Head], lines: Iterable[Sequence[Any]]) -> SafeString:
    """Return the rows; the first cell of each is its heading. None is printed as a dash."""
    first, *others = [(f'{_class(head)} data-label="{escape(head.label)}"') for head in heads]
    rows = []
    for name, *values in lines:
        cells = "".join(f"<td{attributes}>{_print(value)}</td>" for attributes, value in zip(others, values, strict=True))
        rows.append(f'<tr><th scope="row"{first}>{_print(name)}</th>{cells}</tr>')
    return SafeString("".join(rows))


def _class(head: Head) -> str:
    return f' class="{head.css}"' if head.css else ""


def _print(value: Any) -> str:
    return "—" if value is None or value == "" else conditional_escape(value)
