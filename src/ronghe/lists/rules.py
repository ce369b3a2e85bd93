"""The rules of 列表视图, pure: what of an address is kept, and which cells of a table a choice of columns hides."""

from collections.abc import Collection, Iterable, Sequence
from urllib.parse import parse_qsl, urlencode

MOST_PARTS, LONGEST_VALUE, LONGEST = 20, 200, 1000
# what belongs to one look at a list and not to the way of looking
PASSING = frozenset({"page", "view", "week", "month", "run", "once", "csrfmiddlewaretoken"})


def clean_query(text: str) -> str:
    """Return the filters and the order in an address, without what is empty or of this look only."""
    try:
        pairs = parse_qsl(text.lstrip("?"), max_num_fields=MOST_PARTS * 5)
    except ValueError:
        return ""
    kept = [(name[:60], value[:LONGEST_VALUE]) for name, value in pairs if name not in PASSING and value.strip() and value.isprintable()]
    query = urlencode(kept[:MOST_PARTS])
    return query if len(query) <= LONGEST else ""


def choose_hidden(columns: Iterable[str], shown: Collection[str]) -> list[str]:
    """Return the columns that are not among those to be shown, in their order."""
    return [key for key in columns if key not in shown]


def write_classes(places: Sequence[tuple[str, int]], hidden: Collection[str]) -> str:
    """Return the classes that hide columns: a place counts from the start (2 is the second), or from the end where it is negative."""
    return " ".join(f"hide-{'c' if place > 0 else 'e'}{abs(place)}" for key, place in places if key in hidden)
