"""What 责任书 ask people to enter in a month (减负): signatures of what was sent, and the review at the end of its time."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse

from ronghe.letters.models import Letter, LetterQuerySet
from ronghe.letters.rules import REVIEW_DAYS
from ronghe.org.kinds import POST_TITLES
from ronghe.worklist.rules.recurrence import read_month
from ronghe.worklist.sources import Asked

Group = tuple[str, str, str]


def list_asked(area_id: int, month: str) -> Iterable[Asked]:
    """Yield, by template and kind of post: signatures in the month of sending, verdicts in the month in which the review opens. Two queries."""
    first, last = read_month(month)
    rows = Letter.objects.filter(area_id=area_id)
    for group, letters in group_letters(rows.filter(sent_at__date__range=(first, last)).exclude(state=Letter.State.WITHDRAWN)).items():
        yield from ask_both(group, "签订", letters, {"signature": len(letters)}, {"signature": 1})
    opening = (first + timedelta(days=REVIEW_DAYS), last + timedelta(days=REVIEW_DAYS))
    ending = rows.filter(valid_to__range=opening, state__in=(Letter.State.ACTIVE, Letter.State.REVIEWED))
    for group, letters in group_letters(ending).items():
        judged = {"choice": sum(lines for _first, _second, lines in letters), "line": len(letters)}
        yield from ask_both(group, "逐条评议", letters, judged, {"line": 1})


def group_letters(rows: LetterQuerySet) -> dict[Group, list[tuple[int, int, int]]]:
    """Return (template, kinds of the two posts) → (甲方, 乙方, number of lines) of each letter. One query."""
    found: dict[Group, list[tuple[int, int, int]]] = defaultdict(list)
    named = rows.order_by("pk").annotate(count=Count("lines"))
    for title, one, other, first, second, count in named.values_list(
        "template__title", "first_post__kind", "second_post__kind", "first_id", "second_id", "count"
    ):
        found[title, one, other].append((first, second, count))
    return found


def ask_both(
    group: Group, what: str, letters: list[tuple[int, int, int]], of_first: dict[str, int], of_second: dict[str, int]
) -> Iterable[Asked]:
    """Yield what both parties are asked for; where several act as 甲方 each has a share, rounded up. Signing and judging serve no common end."""
    title, one, other = group
    firsts, seconds = ({letter[side] for letter in letters} for side in (0, 1))
    shared = {kind: -(-count // len(firsts)) for kind, count in of_first.items()}
    for kind, people, fields in ((one, firsts, shared), (other, seconds, of_second)):
        yield Asked(
            source=title, name=f"{what}{title}", role=str(POST_TITLES[kind]), holders=len(people), fields=fields, feeds=f"letters:{what}:{title}",
            feeds_name=title,
            url=reverse("letters:templates"),
        )  # fmt: skip
