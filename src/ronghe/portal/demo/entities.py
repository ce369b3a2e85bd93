"""The rows of the demo world. Each list of `World` loads into one table; rows name each other by code or employee number."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

# Printed by `make run` and good for nothing but the demo.
DEMO_PASSWORD = "Ronghe-2026"  # noqa: S105


@dataclass(frozen=True)
class Organisation:
    """An administrative unit. `offices` are the office codes whose figures it reports for its whole area."""

    code: str
    name: str
    kind: str  # plant | area | station | office, as in packs/organisation.toml
    parent: str  # code, empty at the top
    track: str  # empty above stations and offices
    order: int
    valid_from: date
    offices: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartyOrganisation:
    """A committee, branch or group beside the unit that it belongs to. Only a branch has a term."""

    code: str
    name: str
    kind: str  # committee | branch | group
    parent: str
    organisation: str
    order: int
    valid_from: date
    term_from: date | None = None
    term_to: date | None = None


@dataclass(frozen=True)
class Person:
    """Somebody on the books. `organisation` is where they are today, or were last."""

    number: str
    name: str
    pinyin: str
    login: str
    gender: str  # m | f
    organisation: str
    joined: date
    left: date | None = None
    left_reason: str = ""

    @property
    def active(self) -> bool:
        return self.left is None


@dataclass(frozen=True)
class Posting:
    """A post held for a time. `place` is an organisation, or a party group where the post belongs to one."""

    person: str
    post: str
    place: str
    main: bool
    valid_from: date
    valid_to: date | None = None  # the last day
    note: str = ""


@dataclass(frozen=True)
class CommitteePosting:
    """A seat on the branch committee."""

    person: str
    post: str
    branch: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Membership:
    """A party member in a group. Leaders attend a group as ordinary members."""

    person: str
    group: str
    status: str  # full | probationary
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class StationCharge:
    """承包班站: the leader who is answerable for a unit."""

    person: str
    organisation: str
    valid_from: date


@dataclass(frozen=True)
class DemoAccount:
    """One line of the printed table."""

    title: str
    name: str
    login: str


@dataclass(frozen=True)
class Skill:
    """How a unit tends to do, from -1 to 1, and the oil it gave a month at the start. Only series.py looks at it."""

    organisation: str
    party: float
    business: float
    oil: int


@dataclass
class World:
    today: date
    organisations: list[Organisation] = field(default_factory=list)
    party_organisations: list[PartyOrganisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    committee: list[CommitteePosting] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    charges: list[StationCharge] = field(default_factory=list)
    accounts: list[DemoAccount] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)

    def list_units(self, area: str = "") -> list[Organisation]:
        """Stations and offices, of one area or of all: what is scored."""
        return [o for o in self.organisations if o.track and area in ("", o.parent)]

    def find_person(self, login: str) -> Person:
        return next(person for person in self.people if person.login == login)

    def find_holders(self, post: str, place: str, on: date) -> list[str]:
        """Employee numbers of those who hold the post there on that day."""
        return [
            row.person
            for row in self.postings
            if row.post == post and row.place == place and row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
        ]

    def count_people(self, organisation: str) -> int:
        return sum(1 for person in self.people if person.active and person.organisation == organisation)


def end_row(row: Posting, last_day: date, note: str = "") -> Posting:
    return replace(row, valid_to=last_day, note=note or row.note)
