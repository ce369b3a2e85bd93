"""减负: what all lists ask of the roles of an area in a month."""

from dataclasses import dataclass
from decimal import Decimal

from ronghe.worklist.packs import read_minutes
from ronghe.worklist.rules.load import Costed, Question, Role, Twin, add_up, cost, find_twins, find_useless
from ronghe.worklist.sources import demands


@dataclass(frozen=True)
class LoadPage:
    roles: list[Role]
    costed: list[Costed]
    twins: list[Twin]
    useless: list[Costed]


def list_questions(area_id: int, month: str) -> list[Question]:
    """Return what every registered list asks; a constant number of queries for each."""
    return [
        Question(one.source, one.name, one.role, one.holders, one.fields, one.feeds, one.feeds_name, one.url, one.retire_url)
        for find in demands.values()
        for one in find(area_id, month)
    ]


def read_load(area_id: int, month: str) -> LoadPage:
    """Return the page: roles with minutes, every list with its cost, what is asked twice, what serves nothing."""
    minutes: dict[str, Decimal] = {kind: row.minutes for kind, row in read_minutes().items()}
    questions = list_questions(area_id, month)
    costed = sorted(
        (Costed(one, cost(one, minutes)) for one in questions), key=lambda one: (-one.minutes, one.question.source, one.question.name)
    )
    return LoadPage(
        add_up(questions, minutes),
        costed,
        find_twins(questions),
        [Costed(one, cost(one, minutes)) for one in find_useless(questions)],
    )
