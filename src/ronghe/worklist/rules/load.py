"""减负: how many minutes of entry each role is asked for, what is asked twice, what nobody uses. Of lists and roles, never of persons."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Question:
    """What one list asks of the holders of one role in a month."""

    source: str
    name: str
    role: str
    holders: int
    fields: Mapping[str, int]
    feeds: str = ""
    feeds_name: str = ""
    url: str = ""
    retire_url: str = ""


@dataclass(frozen=True)
class Costed:
    """A question with what it takes one holder in the month."""

    question: Question
    minutes: Decimal


@dataclass
class Role:
    """What a role is asked for in a month, by the list that asks: minutes of one holder."""

    name: str
    minutes: Decimal = Decimal(0)
    holders: int = 0
    sources: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Twin:
    """The same thing asked of one role by two lists. `same` says by what it is the same."""

    role: str
    same: str
    first: Question
    second: Question


def cost(question: Question, minutes: Mapping[str, Decimal]) -> Decimal:
    """Return fields × minutes. An undeclared kind of field is a mistake of the program, not a zero."""
    return sum((minutes[kind] * count for kind, count in question.fields.items()), Decimal(0))


def add_up(questions: Iterable[Question], minutes: Mapping[str, Decimal]) -> list[Role]:
    """Return the roles by their minutes, the most asked first."""
    roles: dict[str, Role] = {}
    for question in questions:
        role = roles.setdefault(question.role, Role(question.role))
        spent = cost(question, minutes)
        role.minutes += spent
        role.holders = max(role.holders, question.holders)
        role.sources[question.source] = role.sources.get(question.source, Decimal(0)) + spent
    return sorted(roles.values(), key=lambda role: (-role.minutes, role.name))


def find_twins(questions: Iterable[Question]) -> list[Twin]:
    """Return what two lists ask of one role: what serves the same end with something to write, or bears the same name."""
    by_role: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_role[question.role].append(question)
    twins = []
    for role, asked in sorted(by_role.items()):
        for place, first in enumerate(asked):
            for second in asked[place + 1 :]:
                if first.source == second.source:
                    continue
                if plain(first.name) == plain(second.name):
                    twins.append(Twin(role, "名称相同", first, second))
                elif first.feeds and first.feeds == second.feeds and asks_words(first) and asks_words(second):
                    twins.append(Twin(role, f"都用于“{first.feeds_name or first.feeds}”", first, second))
    return twins


def asks_words(question: Question) -> bool:
    """Tell whether more than a tap is asked."""
    return any(kind != "tick" for kind in question.fields)


def find_useless(questions: Iterable[Question]) -> list[Question]:
    """Return what serves nothing (谁在用), the ones that cost words first."""
    return sorted((one for one in questions if not one.feeds), key=lambda one: (not asks_words(one), one.source, one.name))


def plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name)
