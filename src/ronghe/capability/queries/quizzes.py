"""大练兵: quizzes, one's own tries, what teams did."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from ronghe.capability.models import Attempt, Question, Quiz
from ronghe.capability.rules import LETTERS_OF, Team, sum_team
from ronghe.common.calendar import today
from ronghe.org.models import Person, Unit


@dataclass(frozen=True)
class QuizLine:
    """One quiz, and one's own best in it."""

    pk: int
    name: str
    bank: str
    period: str
    open: bool
    best: int | None
    passed: bool


def describe_quizzes(user: Any, quizzes: list[Quiz]) -> list[QuizLine]:
    """Return the lines of some quizzes with the reader's own best. One query."""
    own = Attempt.objects.visible_to(user).filter(quiz__in=quizzes, handed_on__isnull=False)
    best = dict(own.order_by().values_list("quiz_id").annotate(Max("score")))
    day = today()
    return [
        QuizLine(
            row.pk, row.name, row.bank.name, f"{row.starts_on} — {row.ends_on}", row.starts_on <= day <= row.ends_on, best.get(row.pk),
            (best.get(row.pk) or 0) >= row.pass_mark,
        )
        for row in quizzes
    ]  # fmt: skip


def sum_teams(quiz: Quiz) -> list[tuple[str, Team]]:
    """Return what each unit did, in the order of units, not of results. Three queries. Nobody's result is in it."""
    best = (
        Attempt.objects.filter(quiz=quiz, handed_on__isnull=False)
        .order_by()
        .values_list("person_id", "person__unit_id")
        .annotate(Max("score"))
    )
    marks: dict[int, list[int]] = defaultdict(list)
    for _person, unit, score in best:
        marks[unit].append(score)
    staff = Counter(Person.objects.filter(area_id=quiz.area_id, left_on=None).values_list("unit_id", flat=True))
    units = Unit.objects.filter(area_id=quiz.area_id, closed_on=None).exclude(pk=quiz.area_id).order_by("order", "code")
    return [(unit.name, sum_team(marks[unit.pk], staff[unit.pk], quiz.pass_mark)) for unit in units]


@dataclass(frozen=True)
class Asked:
    """One question of a try, with what was given and why, once it is handed in."""

    place: int
    text: str
    options: list[tuple[int, str, bool, bool]]
    several: bool
    right: bool
    why: str


def list_asked(attempt: Attempt) -> list[Asked]:
    """Return the questions of a try in their order. One query."""
    known = {row.pk: row for row in Question.objects.filter(pk__in=attempt.questions)}
    lines = []
    for place, pk in enumerate(attempt.questions):
        row = known[pk]
        given = set(attempt.answers[place]) if attempt.handed_on else set()
        options = [(n, f"{LETTERS_OF[n]}. {text}", n in given, n in row.right) for n, text in enumerate(row.options)]
        lines.append(Asked(place, row.text, options, len(row.right) > 1, given == set(row.right), row.why))
    return lines


def find_open(user: Any, quiz: Quiz) -> Attempt | None:
    return Attempt.objects.visible_to(user).filter(quiz=quiz, handed_on=None).first()


def list_own(user: Any, quiz: Quiz) -> list[Attempt]:
    return list(Attempt.objects.visible_to(user).filter(quiz=quiz, handed_on__isnull=False)[:20])
