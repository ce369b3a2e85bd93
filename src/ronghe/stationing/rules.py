"""The rules of 驻站带班, pure: how a week is spread over leaders and stations, what several stations raise alike, what was found and solved."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log, sqrt
from statistics import median

# how alike two texts must be to be proposed as one theme (cosine of TF-IDF over pairs of signs)
ALIKE = 0.30
# among many texts, a pair of signs that stands in so large a part of them says nothing about any
COMMON, MANY = 0.5, 10

JOINED = {"shift": "班前会", "theme": "主题班会", "group": "党小组会", "site": "生产现场"}


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Wish:
    """A leader to be planned: the stations that the leader answers for, the longest unvisited first, and the days that are free."""

    leader: int
    units: tuple[int, ...]
    days: tuple[date, ...]
    planned: int = 0


def spread_week(
    wishes: Sequence[Wish], per_week: int, good: Mapping[int, Collection[date]], load: Mapping[date, int]
) -> list[tuple[int, int, date]]:
    """Return (leader, unit, day) for a week: each leader up to `per_week` days less those planned already, the stations in turn.

    A day is chosen that suits the station's shifts (`good`; a station without shifts takes any), then the one with the fewest leaders
    out, then the earliest: so that somebody is out on each day and the office is never empty.
    """
    out: Counter[date] = Counter(load)
    found = []
    for wish in wishes:
        free = list(wish.days)
        for turn in range(min(max(0, per_week - wish.planned), len(free)) if wish.units else 0):
            unit = wish.units[turn % len(wish.units)]
            suited = good.get(unit)
            day = min(free, key=lambda one: (suited is not None and one not in suited, out[one], one))
            free.remove(day)
            out[day] += 1
            found.append((wish.leader, unit, day))
    return found


def suits_shift(day: date, *, anchor: date, cycle: int, places: Collection[int]) -> bool:
    """Tell whether a day is one of those of a station's shift cycle on which a visit meets its crew; day 1 is the anchor."""
    return (day - anchor).days % cycle + 1 in places


def cut_pairs(text: str) -> Counter[str]:
    """Return the pairs of neighbouring signs of a text, without spaces and punctuation."""
    plain = [sign for sign in text.lower() if sign.isalnum()]
    return Counter(a + b for a, b in zip(plain, plain[1:], strict=False))


def weigh_texts(texts: Sequence[str]) -> list[dict[str, float]]:
    """Return each text as a vector of length 1: its pairs, the rarer among all texts the heavier (TF-IDF)."""
    counts = [cut_pairs(text) for text in texts]
    seen = Counter(pair for count in counts for pair in count)
    most = max(MANY, int(len(texts) * COMMON))
    vectors = []
    for count in counts:
        weights = {pair: (1 + log(n)) * (1 + log(len(texts) / seen[pair])) for pair, n in count.items() if seen[pair] <= most}
        length = sqrt(sum(weight * weight for weight in weights.values()))
        vectors.append({pair: weight / length for pair, weight in weights.items()} if length else {})
    return vectors


def group_alike(texts: Sequence[tuple[int, int, str]], *, min_units: int, alike: float = ALIKE) -> list[list[int]]:
    """Return the groups of (pk, unit, text) that say the same and come from at least `min_units` units, the widest first.

    Two texts belong together when their vectors are alike enough; what hangs together through a third belongs together too.
    """
    vectors = weigh_texts([text for _pk, _unit, text in texts])
    holders: dict[str, list[int]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        for pair in vector:
            holders[pair].append(place)
    root = list(range(len(texts)))

    def find(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for place, vector in enumerate(vectors):
        likeness: dict[int, float] = defaultdict(float)
        for pair, weight in vector.items():
            for other in holders[pair]:
                if other < place:
                    likeness[other] += weight * vectors[other][pair]
        for other, value in likeness.items():
            if value >= alike:
                root[find(place)] = find(other)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(len(texts)):
        groups[find(place)].append(place)
    wide = [(len({texts[place][1] for place in places}), places) for places in groups.values()]
    kept = sorted((one for one in wide if one[0] >= max(2, min_units)), key=lambda one: (-one[0], one[1]))
    return [[texts[place][0] for place in places] for _units, places in kept]


@dataclass(frozen=True)
class Outcome:
    """What came of the problems that somebody found: how many, solved, how many days the solved ones took (median), still open, late."""

    found: int = 0
    solved: int = 0
    days: int | None = None
    open: int = 0
    late: int = 0

    @property
    def rate(self) -> str:
        return f"{self.solved * 100 // self.found}%" if self.found else "—"


def sum_up(problems: Iterable[tuple[date, date | None, bool]]) -> Outcome:
    """Sum up problems given as (found on, solved on, is late). How many visits there were is no part of it."""
    rows = list(problems)
    took = [(solved - found).days for found, solved, _late in rows if solved is not None]
    return Outcome(
        len(rows), len(took), int(median(took)) if took else None, len(rows) - len(took),
        sum(1 for _found, solved, late in rows if late and solved is None),
    )  # fmt: skip
