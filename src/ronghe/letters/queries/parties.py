"""With whom a template's letters are to be signed, and who has none yet for a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ronghe.duties.models import DutyItem, DutyVersion
from ronghe.goals.models import Goal, GoalPlan
from ronghe.goals.rules import print_number
from ronghe.letters.models import Letter, LetterLine, LetterTemplate
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, PartyOrg, Person, Post, Unit

KINDS = {LetterTemplate.Whom.GROUP: "group_leader", LetterTemplate.Whom.STATION: "station_chief"}
MOST_GOALS = 20
Plain = tuple[str, str, str, str, str]  # kind, category, what, how, degree


@dataclass(frozen=True)
class Party:
    """Somebody with whom a letter is to be signed. `person` is None for an empty post; `letter` the live one of the year."""

    post: Post
    unit: Unit
    group: PartyOrg | None
    person: Person | None
    letter: Letter | None

    @property
    def name(self) -> str:
        return self.group.name if self.group else self.post.title if self.post.kind in LEADERS else self.unit.name


def find_holders(posts: list[Post], day: date) -> dict[int, Person]:
    """Return post → who holds it on a day: the regular holder before one who acts. One query."""
    held = Appointment.objects.on(day).filter(post__in=posts).select_related("person").order_by("acting", "-valid_from", "pk")
    found: dict[int, Person] = {}
    for row in held:
        if row.person.left_on is None or row.person.left_on > day:
            found.setdefault(row.post_id, row.person)
    return found


def load_parties(templates: Sequence[LetterTemplate], year: int, day: date) -> dict[int, list[Party]]:
    """Return template → everybody with whom its letter is to be signed, in the order of units or posts. Four queries for one area's templates."""
    areas = {template.area_id for template in templates}
    kinds = (*LEADERS, *KINDS.values())
    posts = list(Post.objects.filter(area_id__in=areas, kind__in=kinds, closed_on=None).select_related("unit").order_by("pk"))
    groups = {row.unit_id: row for row in PartyOrg.objects.filter(area_id__in=areas, kind="group", closed_on=None)}
    people = find_holders(posts, day)
    letters = Letter.objects.filter(template__in=templates, year=year).exclude(state__in=("withdrawn", "replaced"))
    live = {(row.template_id, row.second_post_id): row for row in letters}
    found = {}
    for template in templates:
        kind = KINDS.get(LetterTemplate.Whom(template.whom))
        rows = [post for post in posts if post.area_id == template.area_id and (post.kind == kind if kind else post.kind in LEADERS)]
        rows.sort(key=lambda post: (post.unit.order, post.unit_id, post.pk) if post.kind not in LEADERS else (0, post.order, post.pk))
        own = groups if template.whom == LetterTemplate.Whom.GROUP else {}
        found[template.pk] = [
            Party(post, post.unit, own.get(post.unit_id), people.get(post.pk), live.get((template.pk, post.pk)))
            for post in rows
            if not (template.whom == LetterTemplate.Whom.GROUP and post.unit_id not in own)
        ]
    return found


def list_parties(template: LetterTemplate, year: int, day: date) -> list[Party]:
    """Return everybody with whom one letter is to be signed. Four queries."""
    return load_parties([template], year, day)[template.pk]


def list_firsts(area_id: int, day: date) -> list[tuple[Post, Person]]:
    """Return the leaders' posts with their holders: one of them signs as 甲方. Two queries."""
    posts = list(Post.objects.filter(area_id=area_id, kind__in=LEADERS, closed_on=None).order_by("order", "pk"))
    people = find_holders(posts, day)
    return [(post, people[post.pk]) for post in posts if post.pk in people]


def collect_lines(post: Post, group: PartyOrg | None, year: int, day: date) -> list[Plain]:
    """Return what a letter starts with: the duties in force of the group or post, and the goals issued for it. Two queries."""
    versions = DutyVersion.objects.filter(state=DutyVersion.State.ISSUED, valid_from__lte=day).exclude(valid_to__lt=day)
    versions = versions.filter(duty_list__group=group) if group is not None else versions.filter(duty_list__post=post)
    items = DutyItem.objects.filter(version__in=versions).select_related("category").order_by("category__order", "order", "pk")
    lines: list[Plain] = [(LetterLine.Kind.DUTY.value, row.category.name, row.what, row.how, row.degree) for row in items]
    plans = GoalPlan.objects.filter(
        area_id=post.area_id, state=GoalPlan.State.ISSUED, first_month__startswith=str(year), last_month__startswith=str(year)
    )
    goals = Goal.objects.standing().filter(plan__in=plans, person=None)
    goals = goals.filter(coordinator=post, parent=None) if post.kind in LEADERS else goals.filter(unit_id=post.unit_id)
    for goal in goals.select_related("dimension", "indicator").order_by("dimension__order", "order", "pk")[:MOST_GOALS]:
        lines.append((LetterLine.Kind.GOAL.value, goal.dimension.name, goal.title, "", describe_degree(goal)))
    return lines


def describe_degree(goal: Goal) -> str:
    """Return how far a goal is to go, with its figure."""
    if goal.value is None or goal.indicator is None:
        return goal.degree
    return f"{goal.degree}(目标值 {print_number(goal.value)} {goal.indicator.unit_text})"[:300]


def count_coverage(templates: Sequence[LetterTemplate], year: int, day: date) -> dict[int, tuple[int, int]]:
    """Return template → (in force or reviewed, to be signed in all): whoever signs as 甲方 is not asked to sign with themselves. Four queries."""
    found = {}
    for pk, parties in load_parties(templates, year, day).items():
        firsts = {party.letter.first_post_id for party in parties if party.letter is not None}
        done = sum(party.letter is not None and party.letter.state in ("active", "reviewed") for party in parties)
        found[pk] = (done, sum(party.post.pk not in firsts for party in parties))
    return found
