"""分工矩阵 for its pages: rows of matters, columns of posts, and as a list per person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.links import link_to
from ronghe.common.registry import Hit
from ronghe.duties.kinds import PARTY_FIELDS, Kind, Side
from ronghe.duties.models import Holding, Matter, MatterText
from ronghe.duties.queries.picture import View
from ronghe.org.models import Appointment, Post
from ronghe.org.packs import read_organisation

TONES = {"lead": "red", "charge": "blue", "assist": "", "supervise": "yellow"}


@dataclass(frozen=True)
class Mark:
    """What stands in a cell: 主管 or 分管 …, and by which side."""

    kind: str
    side: str
    tone: str


@dataclass(frozen=True)
class Cell:
    post: int
    title: str
    url: str
    label: str
    marks: list[Mark]


@dataclass(frozen=True)
class Column:
    pk: int
    title: str
    people: str
    seats: str


@dataclass
class Row:
    pk: int
    name: str
    url: str
    flow: str
    field: str
    what: str
    how: str
    degree: str
    evidence: str
    cells: list[Cell]
    faults: int = 0


@dataclass
class PostCard:
    """A post with its matters: the matrix as a phone shows it."""

    column: Column
    rows: list[tuple[Row, list[Mark]]] = field(default_factory=list)


def name_person(view: View, post: Post) -> str:
    return "、".join(person.name for person in view.people.get(post.pk, ())) or "空缺"


def describe_columns(view: View) -> list[Column]:
    """Return the posts of the matrix: the leaders, and whoever else holds a matter."""
    pack = read_organisation()
    held = {row.post_id for row in view.holdings}
    shown = [post for post in view.posts if post.committee or post.pk in held or post.kind in pack_leaders()]
    return [Column(post.pk, post.title, name_person(view, post), pack.name_committee(post.committee)) for post in shown]


def pack_leaders() -> frozenset[str]:
    return frozenset(kind for kind, one in read_organisation().posts.items() if one.committee)


def describe_rows(view: View, columns: list[Column], *, flow: str = "", field: str = "", text: str = "", edit: bool = False) -> list[Row]:
    """Return the rows that the filter keeps, with what stands in each cell. One query."""
    texts = load_texts([row.pk for row in view.matters], view.day)
    rows = []
    for matter in view.matters:
        part = texts.get(matter.pk)
        if (flow and matter.flow != flow) or (field and matter.field != field) or part is None:
            continue
        if text and text not in matter.name + part.what + part.how + part.degree:
            continue
        url = link_to("duties:matter", matter.pk)
        cells = [
            Cell(
                column.pk,
                column.title,
                f"{url}posts/{column.pk}/" if edit else "",
                f"{matter.name},{column.title}",
                describe_marks(view.by_cell.get((matter.pk, column.pk), ())),
            )
            for column in columns
        ]
        rows.append(
            Row(
                matter.pk, matter.name, url, matter.get_flow_display(), matter.get_field_display(), part.what, part.how, part.degree,
                part.evidence, cells,
            )
        )  # fmt: skip
    return rows


def describe_marks(holdings: Iterable[Holding]) -> list[Mark]:
    ordered = sorted(holdings, key=lambda row: row.side)
    return [Mark(row.get_kind_display(), "支委" if row.side == Side.COMMITTEE else "行政", TONES[row.kind]) for row in ordered]


def group_by_post(rows: list[Row], columns: list[Column]) -> list[PostCard]:
    """Return the rows post by post; at the end those that nobody holds."""
    cards = {column.pk: PostCard(column) for column in columns}
    loose = PostCard(Column(0, "没有人负责", "", ""))
    for row in rows:
        for cell in row.cells:
            if cell.marks:
                cards[cell.post].rows.append((row, cell.marks))
        if not any(mark.kind in ("主管", "分管") for cell in row.cells for mark in cell.marks):
            loose.rows.append((row, []))
    return [card for card in (*cards.values(), loose) if card.rows]


def load_texts(matters: Iterable[int], day: date) -> dict[int, MatterText]:
    """Return matter → its text as it applied on the day. One query."""
    return {row.matter_id: row for row in MatterText.objects.on(day).filter(matter_id__in=list(matters))}


ANSWERING = (Kind.LEAD.label, Kind.CHARGE.label)


@dataclass(frozen=True)
class HeldMatter:
    """A matter as somebody holds it, ready to print."""

    pk: int
    name: str
    url: str
    kind: str
    tone: str
    side: str
    flow: str
    field: str
    is_party: bool
    what: str
    how: str
    degree: str
    evidence: str
    post: int
    indicator: str


def list_matters_of(posts: Iterable[int], day: date | None = None) -> list[HeldMatter]:
    """Return the matters that these posts hold on a day, with their three parts. Two queries. For callers that have authorised."""
    day = day or today()
    found = Holding.objects.on(day).filter(post_id__in=list(posts), matter__in=Matter.objects.on(day)).select_related("matter")
    rows = list(found.order_by("matter__order", "matter_id", "side"))
    texts = load_texts({row.matter_id for row in rows}, day)
    lines = []
    for row in rows:
        matter, part = row.matter, texts.get(row.matter_id)
        if part is not None:
            lines.append(
                HeldMatter(
                    matter.pk, matter.name, link_to("duties:matter", matter.pk), row.get_kind_display(), TONES[row.kind],
                    "支委" if row.side == Side.COMMITTEE else "行政", matter.get_flow_display(), matter.get_field_display(),
                    matter.field in PARTY_FIELDS, part.what, part.how, part.degree, part.evidence, row.post_id,
                    part.indicator,
                )
            )  # fmt: skip
    return lines


def list_indicators_of(person_id: int, day: date | None = None) -> dict[str, list[HeldMatter]]:
    """Return indicator → the matters by which somebody answers for it: held as 主管 or 分管, whatever the post. Three queries."""
    day = day or today()
    found: dict[str, list[HeldMatter]] = {}
    for matter in list_matters_of([post.pk for post in posts_of(person_id, day)], day):
        if matter.indicator and matter.kind in ANSWERING:
            found.setdefault(matter.indicator, []).append(matter)
    return found


def posts_of(person_id: int, day: date) -> list[Post]:
    """Return the posts that somebody holds on a day, plain staff left out. One query."""
    held = Appointment.objects.on(day).filter(person_id=person_id).exclude(post__kind="staff")
    return list(Post.objects.filter(pk__in=held.values("post_id")).order_by("order", "pk"))


def search_matters(user: Any, query: str, limit: int) -> list[Hit]:
    """Find matters by name or by what they are about, among those that the user may read."""
    found = (
        Matter.objects.visible_to(user).running().filter(Q(name__icontains=query) | Q(texts__what__icontains=query, texts__valid_to=None))
    )
    return [Hit("分工", row.name, row.get_flow_display(), reverse("duties:matter", args=[row.pk])) for row in found.distinct()[:limit]]
