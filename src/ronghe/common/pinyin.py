"""Search by pinyin: all readings' initials and full syllables of a name, and a sort key that may be edited."""

from itertools import islice, product

MAX_READINGS = 32


def index_name(name: str) -> str:
    """Return the search keys of a Chinese name: 'zhangsan zs zhangsen …', all readings, blank-separated."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  (its dictionary loads slowly)

    readings = [sorted(set(syllables)) for syllables in pinyin(name, style=Style.NORMAL, heteronym=True)]
    keys: list[str] = []
    for choice in islice(product(*readings), MAX_READINGS):
        full = "".join(choice).lower()
        initials = "".join(syllable[:1] for syllable in choice).lower()
        keys += [key for key in (full, initials) if key not in keys]
    return " ".join(keys)


def make_sort_key(name: str) -> str:
    """Return the usual reading of a name for sorting; a person may correct it (单、曾、解 …)."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return " ".join(lazy_pinyin(name)).lower()
