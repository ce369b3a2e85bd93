"""The rules of 能力, pure: what meets a requirement, when a certificate is to be renewed, how an answer is marked, what of a team is shown."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

# role → the kinds of posts that stand for it
ROLES = {
    "secretary": ("branch_secretary",),
    "manager": ("area_manager",),
    "committee": ("deputy_party", "deputy_production", "deputy_business", "deputy_geology", "deputy_engineering"),
    "station_chief": ("station_chief",),
    "group_leader": ("group_leader",),
    "officer": ("indicator_admin", "reviewer", "reporter"),
}
LETTERS_OF = "ABCDE"
LEVELS = {0: "没有接触", 1: "了解", 2: "能做", 3: "熟练", 4: "能教别人"}
# days before a certificate's end: its holder is asked to renew it; the unit's chief is asked too
SOON, LATE = 90, 30
# how many must have taken a quiz before their team's result is shown: below that it would be somebody's own
LEAST = 3


@dataclass(frozen=True)
class Brought:
    """What a person brings for one requirement: a level, hours of the year, or the last day of a certificate (None: for ever)."""

    level: int | None = None
    hours: Decimal = Decimal(0)
    has_certificate: bool = False
    until: date | None = None


@dataclass(frozen=True)
class Verdict:
    """How a requirement stands: met, soon (it runs out), gap; in words."""

    state: str
    text: str


def judge(kind: str, need: int, brought: Brought, day: date) -> Verdict:
    """Return how a requirement stands on a day. `need` is a level, or hours a year; a certificate needs none."""
    if kind == "certificate":
        if not brought.has_certificate:
            return Verdict("gap", "没有有效证书")
        if brought.until is None:
            return Verdict("met", "长期有效")
        left = (brought.until - day).days
        if left < 0:
            return Verdict("gap", f"{brought.until} 已过期")
        return Verdict("soon" if left <= SOON else "met", f"有效至 {brought.until}")
    if kind == "hours":
        lack, have = Decimal(need) - brought.hours, f"{brought.hours.normalize():f}"
        return Verdict("met", f"{have}/{need} 学时") if lack <= 0 else Verdict("gap", f"{have}/{need} 学时,还差 {lack.normalize():f}")
    if brought.level is None:
        return Verdict("gap", f"还没有评定,要求“{LEVELS[need]}”")
    met = brought.level >= need
    return Verdict("met" if met else "gap", f"{LEVELS[brought.level]}" if met else f"{LEVELS[brought.level]},要求“{LEVELS[need]}”")


def is_due(until: date | None, day: date, *, ahead: int = SOON) -> bool:
    """Tell whether a certificate is to be renewed by now."""
    return until is not None and until <= day + timedelta(days=ahead)


def mark(answers: Sequence[Collection[int]], right: Sequence[Collection[int]]) -> tuple[int, int]:
    """Return how many questions are answered rightly (all of the right options and none else), and the mark out of a hundred."""
    count = sum(1 for given, wanted in zip(answers, right, strict=True) if set(given) == set(wanted))
    return count, count * 100 // len(right) if right else 0


@dataclass(frozen=True)
class Team:
    """How a unit did in a quiz: of how many, how many took it, the mean of their best; nothing of anybody."""

    taken: int
    people: int
    mean: int | None
    passed: int | None


def sum_team(best: Iterable[int], people: int, pass_mark: int) -> Team:
    """Sum the best marks of a unit's people up; the mean is hidden while it would be somebody's own."""
    marks = list(best)
    if len(marks) < LEAST:
        return Team(len(marks), people, None, None)
    return Team(len(marks), people, sum(marks) // len(marks), sum(1 for one in marks if one >= pass_mark) * 100 // len(marks))
