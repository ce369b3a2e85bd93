"""The picture that the detector looks at, read from the database in a constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Count, OuterRef, Q, Subquery

from ronghe.duties.models import Handover, Holding, Matter, Norm, StandingDeputy, Term
from ronghe.duties.packs import PackRule, read_duties
from ronghe.duties.rules import Found, Group, Hold, Picture, Structure, Thresholds, detect
from ronghe.duties.rules import Matter as PlainMatter
from ronghe.duties.rules import Post as PlainPost
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Membership, PartyOrg, Person, Post, TrackPlace, Unit
from ronghe.worklist.models import Task

TASK_DAYS = 30
FINDING_TASK = "分工问题"


@dataclass
class View:
    """What was read of an area on a day, for the pages and for the detector."""

    area_id: int
    day: date
    matters: list[Matter]
    posts: list[Post]
    holdings: list[Holding]
    people: dict[int, list[Person]]  # post → who holds it
    picture: Picture
    limits: Thresholds
    by_cell: dict[tuple[int, int], list[Holding]] = field(default_factory=dict)

    def detect(self) -> list[Found]:
        return detect(self.picture, self.limits)

    def with_holds(self, matter: int, holds: Iterable[Hold], *, post: int | None = None) -> Picture:
        """Return the picture after a change: other holdings of a matter (by one post, where it is given)."""
        kept = [one for one in self.picture.holds if one.matter != matter or (post is not None and one.post != post)]
        return replace(self.picture, holds=(*kept, *holds))


def load_view(area_id: int, day: date, *, structure: bool = True) -> View:
    """Read the matrix of an area as it applied on a day. Thirteen queries, whatever its size."""
    matters = list(Matter.objects.on(day).filter(area_id=area_id))
    holdings = list(Holding.objects.on(day).filter(area_id=area_id))
    deputies = dict(StandingDeputy.objects.on(day).filter(area_id=area_id).values_list("post_id", "deputy_id"))
    seats = Q(kind__in=LEADERS) | Q(pk__in={row.post_id for row in holdings} | set(deputies.values()))
    posts = list(Post.objects.filter(seats, area_id=area_id).exclude(closed_on__lt=day).order_by("order", "pk"))
    people: dict[int, list[Person]] = defaultdict(list)
    held = Appointment.objects.on(day).filter(post__in=posts).select_related("person").order_by("pk")
    for row in held:
        if (row.person.left_on is None or row.person.left_on > day) and row.person not in people[row.post_id]:
            people[row.post_id].append(row.person)
    away = set(
        Handover.objects.filter(area_id=area_id, kind="absence", state="running", starts_on__lte=day, ends_on__gte=day).values_list(
            "giver_id", flat=True
        )
    )
    plain = tuple(describe_post(post, people, away, deputies) for post in posts)
    everyone = {person.pk: person.name for found in people.values() for person in found}
    picture = Picture(
        tuple(PlainMatter(row.pk, row.name) for row in matters),
        plain,
        tuple(Hold(row.matter_id, row.post_id, row.side, row.kind) for row in holdings),
        load_structure(area_id, day) if structure else Structure(),
        count_tasks(everyone, day),
        everyone,
    )
    view = View(area_id, day, matters, posts, holdings, people, picture, load_thresholds(area_id))
    for one in holdings:
        view.by_cell.setdefault((one.matter_id, one.post_id), []).append(one)
    return view


def describe_post(post: Post, people: dict[int, list[Person]], away: set[int], deputies: dict[int, int]) -> PlainPost:
    """Return a post for the detector; its B post covers it while somebody of that one is there."""
    holders = tuple(person.pk for person in people.get(post.pk, ()))
    stand_ins = {person.pk for person in people.get(deputies.get(post.pk, 0), ())}
    return PlainPost(post.pk, post.title, tuple(post.committee), holders, frozenset(away & set(holders)), bool(stand_ins - away))


def count_tasks(people: Iterable[int], day: date) -> dict[int, int]:
    """Return person → open tasks overdue or due within a month, the detector's own left out: they would feed themselves. One query."""
    rows = Task.objects.open().filter(owner_id__in=list(people), due__lte=day + timedelta(days=TASK_DAYS)).exclude(kind=FINDING_TASK)
    return dict(rows.order_by().values_list("owner_id").annotate(n=Count("pk")))


def load_structure(area_id: int, day: date) -> Structure:
    """Read the groups beside the units in a track, the term, and who left with something in hand. Five queries."""
    tracked = TrackPlace.objects.on(day).filter(track__area_id=area_id).values("unit_id")
    units = Unit.objects.filter(pk__in=tracked).exclude(closed_on__lt=day).order_by("order", "code")
    leads = Appointment.objects.on(day).filter(post__unit_id=OuterRef("unit_id"), post__kind="group_leader")
    belongs = Membership.objects.on(day).filter(group_id=OuterRef("pk"), person_id=OuterRef("leader"))
    rows = (
        PartyOrg.objects.filter(area_id=area_id, kind=PartyOrg.Kind.GROUP)
        .exclude(closed_on__lt=day)
        .annotate(members=Count("memberships", filter=Q(memberships__in=Membership.objects.on(day))))
        .annotate(leader=Subquery(leads.values("person_id")[:1]))
        .annotate(leads_as=Subquery(belongs.values("status")[:1]))
    )
    groups = {row.unit_id: row for row in rows.order_by("-pk")}
    plain = []
    for unit in units:
        group = groups.get(unit.pk)
        leader = (group.leads_as or "") if group is not None and group.leader else None
        plain.append(Group(unit.pk, unit.name, group is not None, group.members if group else 0, leader))
    term = Term.objects.filter(area_id=area_id).first()
    left = Counter(Task.objects.open().filter(area_id=area_id, owner__left_on__lte=day).values_list("owner_id", "owner__name"))
    return Structure(
        tuple(plain),
        (term.ends_on - day).days if term is not None else None,
        tuple((pk, name, count) for (pk, name), count in sorted(left.items())),
    )


NUMBERS = {
    "overlap": "owners", "overload": "overload", "overload_least": "overload_least", "overload_tasks": "tasks", "tasks_least": "tasks_least",
    "group": "group_least", "committee": "committee_most", "deputies": "deputies_most", "term": "term_days",
}  # fmt: skip


def load_thresholds(area_id: int) -> Thresholds:
    """Return the numbers of the rules: the area's own, else the pack's. One query."""
    values = {NUMBERS[rule.code]: rule.value for rule in read_duties().rules.values() if rule.value is not None}
    for code, value in Norm.objects.filter(area_id=area_id).values_list("code", "value"):
        if code in NUMBERS:
            values[NUMBERS[code]] = value
    return Thresholds(**{name: value for name, value in values.items() if value is not None})


def explain(code: str) -> PackRule:
    """Return what a rule is called, why it matters, and who may settle it."""
    return read_duties().rules[code]


def describe_change(view: View, picture: Picture) -> tuple[Sequence[Found], Sequence[Found]]:
    """Return (findings that a change would make, findings that it would end)."""
    before = {one.key: one for one in view.detect()}
    after = {one.key: one for one in detect(picture, view.limits)}
    made = [one for key, one in after.items() if key not in before]
    ended = [one for key, one in before.items() if key not in after]
    return made, ended
