"""The list of letters, what a letter's page shows, the counts of the 底数, search."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from ronghe.common.registry import Hit, Matter
from ronghe.letters.models import Letter, LetterQuerySet, Signature
from ronghe.letters.rules import review_opens, show_code
from ronghe.org.kinds import LEADERS
from ronghe.org.standing import standing_of

TONES = {"draft": "", "pending": "yellow", "returned": "red", "active": "green", "reviewed": "blue", "withdrawn": "", "replaced": ""}


@dataclass(frozen=True)
class LetterRow:
    """One letter of the list, ready to print."""

    pk: int
    number: str
    title: str
    url: str
    year: int
    unit: str
    first: str
    second: str
    state: str
    tone: str
    note: str


def with_parties(rows: LetterQuerySet) -> LetterQuerySet:
    """Read parties, posts and which sides have signed along with the letters."""
    signed = Signature.objects.filter(letter_id=OuterRef("pk"), void_at=None)
    return rows.select_related("template", "unit", "area", "group", "first", "second", "first_post", "second_post").annotate(
        first_signed=Exists(signed.filter(side="first")), second_signed=Exists(signed.filter(side="second"))
    )


def filter_letters(rows: LetterQuerySet, chosen: dict[str, Any], user: Any) -> LetterQuerySet:
    """Return the rows that the filter keeps; without a state, those that are not over."""
    if text := chosen.get("text"):
        found = (
            Q(number__icontains=text)
            | Q(second__name__icontains=text)
            | Q(first__name__icontains=text)
            | Q(template__title__icontains=text)
        )
        rows = rows.filter(found | Q(unit__name__icontains=text))
    state = chosen.get("state", "")
    if state == "mine":
        me = standing_of(user).person_id or 0
        rows = rows.filter(Q(first_id=me) | Q(second_id=me))
    elif state and state != "all":
        rows = rows.filter(state=state)
    elif not state:
        rows = rows.exclude(state__in=(Letter.State.WITHDRAWN, Letter.State.REPLACED))
    for name in ("year", "template", "unit"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    return rows.order_by("-year", "template_id", "unit__order", "unit_id", "-id")


def describe_letter(letter: Any, day: date) -> LetterRow:
    """Return a row; `letter` comes from with_parties."""
    return LetterRow(
        letter.pk,
        letter.number,
        letter.template.title,
        reverse("letters:letter", args=[letter.pk]),
        letter.year,
        name_unit(letter),
        f"{letter.first.name}({letter.first_post.title})",
        f"{letter.second.name}({letter.second_post.title})",
        str(letter.get_state_display()),
        TONES[letter.state],
        note_of(letter, day),
    )


def name_unit(letter: Any) -> str:
    """Return for whom a letter is: the group, the unit, or the leader's post."""
    if letter.group:
        return str(letter.group.name)
    return str(letter.second_post.title if letter.second_post.kind in LEADERS else letter.unit.name)


def lay_out(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the blocks for a page: each cell of a table with its head, so that a phone shows rows as cards."""
    laid = []
    for block in blocks:
        if block["kind"] == "table" and block["rows"]:
            heads, *rows = block["rows"]
            body = [[(heads[n] if n < len(heads) else "", cell) for n, cell in enumerate(row)] for row in rows]
            block = {"kind": "table", "heads": heads, "body": body}
        laid.append(block)
    return laid


def note_of(letter: Any, day: date) -> str:
    """Return what is next, or how it ended."""
    state = letter.state
    if state == Letter.State.PENDING:
        missing = [
            name for name, done in ((letter.first.name, letter.first_signed), (letter.second.name, letter.second_signed)) if not done
        ]
        return f"等 {'、'.join(missing)} 签订"
    if state == Letter.State.ACTIVE:
        opens = review_opens(letter.valid_to)
        return "可以评议" if day >= opens else f"{timezone.localdate(letter.active_at):%Y-%m-%d} 生效"
    if state == Letter.State.REVIEWED:
        return f"{timezone.localdate(letter.reviewed_at):%Y-%m-%d} 评议"
    return letter.reason[:40]


def search_letters(user: Any, query: str, limit: int) -> list[Hit]:
    """Find letters by number, party, unit or title among those that the user may read."""
    rows = filter_letters(with_parties(Letter.objects.visible_to(user)), {"text": query, "state": "all"}, user)[:limit]
    return [Hit("责任书", str(row), f"{row.number} · {row.get_state_display()}", reverse("letters:letter", args=[row.pk])) for row in rows]


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return what waits for a signature (whose), and what was sent back. One query."""
    rows = Letter.objects.filter(area_id__in=area_ids, state__in=(Letter.State.PENDING, Letter.State.RETURNED))
    found = []
    address = reverse("letters:list")
    for row in with_parties(rows):
        if row.state == Letter.State.RETURNED:
            found.append(
                Matter("责任书被退回", row.area_id, row.unit_id, row.first_id, 1, 0, f"{address}?state=returned&unit={row.unit_id}")
            )
            continue
        for person, signed in ((row.first_id, row.first_signed), (row.second_id, row.second_signed)):
            if not signed:
                found.append(Matter("责任书待签订", row.area_id, row.unit_id, person, 1, 0, f"{address}?state=pending&unit={row.unit_id}"))
    return found


@dataclass(frozen=True)
class SignLine:
    """One side of a letter with its signature, if any."""

    side: str
    name: str
    post: str
    at: str
    how: str
    digest: str


def describe_signatures(letter: Letter) -> list[SignLine]:
    """Return 甲方 and 乙方, signed or not. One query."""
    signed = {row.side: row for row in Signature.objects.filter(letter=letter, void_at=None)}
    lines = []
    for side, label, person, post in (
        ("first", "甲方", letter.first, letter.first_post), ("second", "乙方", letter.second, letter.second_post),
    ):  # fmt: skip
        row = signed.get(side)
        at = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M") if row else ""
        title = row.post_title if row else post.title
        lines.append(SignLine(label, person.name, title, at, str(row.get_how_display()) if row else "", row.digest if row else ""))
    return lines


def verification_path(letter: Letter) -> str:
    return reverse("letters:verify-code", args=[letter.code]) if letter.code else ""


def shown_code(letter: Letter) -> str:
    return show_code(letter.code) if letter.code else ""
