"""What the detector looks at: plain values, no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ADMINISTRATIVE, COMMITTEE = "administrative", "committee"
# who answers for a matter; whoever runs it may not supervise it
ANSWERING = ("lead", "charge")
RUNNING = ("lead", "charge", "assist")
SUPERVISING = "supervise"
FAULT, NOTE = "fault", "note"


@dataclass(frozen=True)
class Matter:
    pk: int
    name: str


@dataclass(frozen=True)
class Post:
    """A post on the day: who holds it, who of these is away, and whether a B post stands in for it with somebody there."""

    pk: int
    title: str
    seats: tuple[str, ...] = ()
    holders: tuple[int, ...] = ()
    away: frozenset[int] = frozenset()
    covered: bool = False

    @property
    def answerer(self) -> tuple[str, int]:
        """Return who answers: the person, or the post itself where nobody or several hold it."""
        return ("person", self.holders[0]) if len(self.holders) == 1 else ("post", self.pk)


@dataclass(frozen=True)
class Hold:
    matter: int
    post: int
    side: str
    kind: str


@dataclass(frozen=True)
class Group:
    """A station or office in a track, and its 党小组. `leader`: '' for one who is no member of it, None for none."""

    unit: int
    name: str
    has_group: bool
    members: int = 0
    leader: str | None = None


@dataclass(frozen=True)
class Structure:
    """`left`: person → (name, how many things they still hold) of those who have left. `days_left`: until the term ends."""

    groups: tuple[Group, ...] = ()
    days_left: int | None = None
    left: tuple[tuple[int, str, int], ...] = ()


@dataclass(frozen=True)
class Picture:
    matters: tuple[Matter, ...] = ()
    posts: tuple[Post, ...] = ()
    holds: tuple[Hold, ...] = ()
    structure: Structure = Structure()
    # tasks due (overdue and of the coming month) by person, of those who hold a post of the matrix
    tasks: Mapping[int, int] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Thresholds:
    """The numbers of the rules (packs/duties.toml; an area sets its own)."""

    owners: int = 1
    overload: int = 180
    overload_least: int = 4
    tasks: int = 250
    tasks_least: int = 10
    group_least: int = 3
    committee_most: int = 7
    deputies_most: int = 1
    term_days: int = 90


@dataclass(frozen=True)
class Found:
    """One finding. `key` carries the facts: another set of posts is another finding, and an acceptance of this one does not cover it."""

    rule: str
    key: str
    title: str
    level: str = FAULT
    matter: int | None = None
    post: int | None = None
