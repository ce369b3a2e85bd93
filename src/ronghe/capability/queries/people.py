"""A person's picture against a role, the matrix of a role, certificates that run out, successors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, Sum

from ronghe.capability.models import Aim, Certificate, Mastery, PracticeCheck, Requirement, Role, Step, Successor, Training
from ronghe.capability.rules import LEVELS, ROLES, Brought, Verdict, is_due, judge
from ronghe.common.calendar import today
from ronghe.common.lights import light_for
from ronghe.common.links import link_to
from ronghe.common.registry import Fact, Matter
from ronghe.documents.models import Document
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person, Post
from ronghe.org.standing import standing_of

TONES = {"met": "green", "soon": "yellow", "gap": "red"}
WORDS = {"met": "达到", "soon": "快到期", "gap": "有差距"}
ROLE_OF = {kind: role for role, kinds in ROLES.items() for kind in kinds}


@dataclass(frozen=True)
class Line:
    """One requirement and how the person stands to it."""

    requirement: Requirement
    verdict: Verdict
    tone: str
    word: str
    way: str
    step: str = ""


Bring = dict[int, dict[tuple[str, str], Brought]]


def load_brought(people: Iterable[int], day: date) -> Bring:
    """Return person → (kind, name) → what is brought. Three queries for any number of people."""
    ids = list(people)
    found: Bring = defaultdict(dict)
    for row in Mastery.objects.filter(person_id__in=ids).order_by("judged_on", "pk").values_list("person_id", "name", "level"):
        for kind in ("knowledge", "experience"):
            found[row[0]][kind, row[1]] = Brought(level=row[2])
    # the old one counts until somebody has seen the new one
    in_force = Q(replaced_by=None) | Q(replaced_by__checked_by=None)
    certificates = Certificate.objects.filter(in_force, person_id__in=ids, checked_by__isnull=False)
    for person, name, until in certificates.values_list("person_id", "name", "expires_on"):
        before = found[person].get(("certificate", name))
        if before is None or (before.until is not None and (until is None or until > before.until)):
            found[person]["certificate", name] = Brought(has_certificate=True, until=until)
    hours = (
        Training.objects.filter(person_id__in=ids, day__year=day.year).order_by().values_list("person_id", "side").annotate(Sum("hours"))
    )
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for person, side, total in hours:
        sums[person] += total
        found[person]["hours", side] = Brought(hours=total)
    for person, total in sums.items():
        found[person]["hours", ""] = Brought(hours=total)
    return found


def stand(row: Requirement, brought: dict[tuple[str, str], Brought], day: date) -> Verdict:
    """Return how somebody stands to a requirement; hours count of all courses, of party courses where the name says so."""
    key = ("hours", "party" if "党" in row.name else "") if row.kind == Requirement.Kind.HOURS else (row.kind, row.name)
    return judge(row.kind, row.need, brought.get(key, Brought()), day)


WAYS = {"certificate": "renewal", "hours": "course", "knowledge": "course", "experience": "rotation"}


def build_picture(person: Person, role: str, day: date, steps: Sequence[Step]) -> list[Line]:
    """Return the requirements of a role with how the person stands, gaps first."""
    brought = load_brought([person.pk], day)[person.pk]
    planned = {step.gap: step.get_way_display() for step in steps if step.state == Step.State.OPEN}
    lines = []
    for row in Requirement.objects.on(day).filter(area_id=person.area_id, role=role):
        verdict = stand(row, brought, day)
        lines.append(Line(row, verdict, TONES[verdict.state], WORDS[verdict.state], WAYS[row.kind], planned.get(row.name, "")))
    order = {"gap": 0, "soon": 1, "met": 2}
    return sorted(lines, key=lambda line: (order[line.verdict.state], line.requirement.order))


def list_roles(person: Person, day: date) -> list[str]:
    """Return the roles for which the person's posts stand now."""
    kinds = Appointment.objects.on(day).filter(person=person).order_by("post__order").values_list("post__kind", flat=True)
    return list(dict.fromkeys(ROLE_OF[kind] for kind in kinds if kind in ROLE_OF))


@dataclass(frozen=True)
class MatrixRow:
    """One holder of a role."""

    pk: int
    name: str
    post: str
    cells: list[tuple[str, str, str]]
    gaps: int


def build_matrix(area_id: int, role: str, day: date) -> tuple[list[Requirement], list[MatrixRow]]:
    """Return the requirements of a role and how each holder stands to each, in the order of posts. Five queries."""
    needs = list(Requirement.objects.on(day).filter(area_id=area_id, role=role))
    held = Appointment.objects.on(day).filter(post__area_id=area_id, post__kind__in=ROLES[role]).select_related("person", "post__unit")
    rows = list(held.order_by("post__order", "post__unit__order", "pk"))
    brought = load_brought([row.person_id for row in rows], day)
    table = []
    for row in rows:
        verdicts = [stand(need, brought[row.person_id], day) for need in needs]
        cells = [(str(need.name), TONES[one.state], one.text) for need, one in zip(needs, verdicts, strict=True)]
        post = f"{row.post.title} · {row.post.unit.name}"
        table.append(MatrixRow(row.person_id, row.person.name, post, cells, sum(1 for one in verdicts if one.state == "gap")))
    return needs, table


@dataclass(frozen=True)
class RoleLine:
    """How a role stands as a whole."""

    code: str
    name: str
    asked: int
    people: int
    met: int
    total: int

    @property
    def percent(self) -> str:
        return f"{self.met * 100 // self.total}%" if self.total else "—"


def sum_roles(area_id: int, day: date) -> list[RoleLine]:
    """Return for each role how many of what is asked of its holders is met. Five queries."""
    needs: dict[str, list[Requirement]] = defaultdict(list)
    for row in Requirement.objects.on(day).filter(area_id=area_id):
        needs[row.role].append(row)
    held: dict[str, set[int]] = defaultdict(set)
    for kind, person in Appointment.objects.on(day).filter(post__area_id=area_id).values_list("post__kind", "person_id"):
        if kind in ROLE_OF:
            held[ROLE_OF[kind]].add(person)
    brought = load_brought({person for people in held.values() for person in people}, day)
    lines = []
    for role in Role:
        verdicts = [stand(need, brought[person], day) for person in held[role.value] for need in needs[role.value]]
        met = sum(1 for one in verdicts if one.state != "gap")
        lines.append(RoleLine(role.value, str(role.label), len(needs[role.value]), len(held[role.value]), met, len(verdicts)))
    return lines


def list_people(user: Any) -> QuerySet[Person]:
    """Return the people whose picture the user may read: oneself, those that one leads."""
    standing = standing_of(user)
    rows = Person.objects.visible_to(user).filter(left_on=None)
    if standing.holds(LEADERS):
        return rows.filter(area_id__in=standing.areas_of(LEADERS))
    led = rows.filter(unit_id__in=standing.units_of(("station_chief", "group_leader")))
    return led | rows.filter(pk=standing.person_id or 0)


@dataclass(frozen=True)
class CertificateLine:
    """One certificate, ready to print."""

    pk: int
    name: str
    person: str
    person_url: str
    unit: str
    until: str
    light: str
    word: str
    note: str
    checked: str
    scans: tuple[tuple[str, str], ...] = ()


def list_scans(rows: Iterable[Certificate]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return certificate → the names and addresses of its scans. One query."""
    kind = ContentType.objects.get_for_model(Certificate)
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for pk, owner, name in Document.objects.filter(object_type=kind, object_id__in=[row.pk for row in rows]).values_list(
        "pk", "object_id", "name"
    ):
        found[owner] = (*found.get(owner, ()), (name, link_to("documents:download", pk)))
    return found


def describe_certificates(rows: Iterable[Certificate], day: date) -> list[CertificateLine]:
    rows = list(rows)
    scans, lines = list_scans(rows), []
    for row in rows:
        light = light_for(row.expires_on, day, soon=90)
        lines.append(
            CertificateLine(
                row.pk, row.name, row.person.name, link_to("capability:person", row.person_id), row.person.unit.name,
                f"{row.expires_on or '长期'}", light.state, light.word, light.note, row.checked_by.name if row.checked_by else "", scans.get(row.pk, ()),
            )
        )  # fmt: skip
    return lines


def list_certificates(user: Any, chosen: str = "") -> QuerySet[Certificate]:
    """Return the certificates in force that the user may read, those that end first at the top."""
    rows = Certificate.objects.visible_to(user).filter(replaced_by=None, person__left_on=None).select_related("person__unit", "checked_by")
    if chosen == "due":
        rows = rows.filter(expires_on__isnull=False, expires_on__lte=date.fromordinal(today().toordinal() + 90))
    elif chosen == "unchecked":
        rows = rows.filter(checked_by=None)
    return rows.order_by("expires_on", "pk")


def describe_person(person: Person) -> dict[str, Any]:
    """Return what stands on a person's page beside the picture. Six queries."""
    day = today()
    aim = Aim.objects.filter(person=person).first()
    steps = list(Step.objects.filter(person=person).select_related("mentor").order_by("state", "due"))
    certificates = Certificate.objects.filter(person=person, replaced_by=None).select_related("person__unit", "checked_by")
    trainings = list(Training.objects.filter(person=person, day__year=day.year))
    judged: dict[str, Mastery] = {}
    for row in Mastery.objects.filter(person=person).select_related("judged_by"):
        judged.setdefault(row.name, row)
    return {
        "aim": aim,
        "steps": steps,
        "certificates": describe_certificates(certificates, day),
        "trainings": trainings,
        "judged": [(row, LEVELS[row.level]) for row in judged.values()],
        "practices": list(PracticeCheck.objects.filter(person=person).select_related("practice", "checker")[:20]),
    }


def list_successors(user: Any, area_id: int, day: date) -> list[dict[str, Any]]:
    """Return the posts of the 班子, the chiefs and the group leaders with who could take each; those without anybody first. Three queries."""
    kinds = (*LEADERS, "station_chief", "group_leader")
    posts = list(
        Post.objects.filter(area_id=area_id, kind__in=kinds, closed_on=None).select_related("unit").order_by("order", "unit__order")
    )
    holders: dict[int, list[str]] = defaultdict(list)
    for post, name in Appointment.objects.on(day).filter(post__in=posts).values_list("post_id", "person__name"):
        holders[post].append(name)
    named: dict[int, list[Successor]] = defaultdict(list)
    for row in Successor.objects.visible_to(user).filter(ended_on=None, post__in=posts).select_related("person"):
        named[row.post_id].append(row)
    lines = [{"post": post, "holders": "、".join(holders[post.pk]), "successors": named[post.pk]} for post in posts]
    return sorted(lines, key=lambda line: bool(line["successors"]))


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return what a report finds here: hours by side, steps that were finished. Two queries."""
    url = link_to("capability:person", person.pk)
    sides = Training.objects.filter(person=person, day__gte=first, day__lte=last).order_by().values_list("side").annotate(Sum("hours"))
    facts = [Fact(side, "学时", str(Training.Side(side).label), f"{total:f} 学时", "", url) for side, total in sides]
    done = Step.objects.filter(person=person, state=Step.State.DONE, ended_on__gte=first, ended_on__lte=last)
    return facts + [Fact("", "提升", str(row), row.get_state_display(), row.result, url, "done") for row in done]


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return certificates that have run out and plans that are late, by unit. Two queries."""
    day = today()
    found: dict[tuple[str, int, int], list[int]] = defaultdict(lambda: [0, 0])
    held = Certificate.objects.filter(person__area_id__in=area_ids, replaced_by=None, checked_by__isnull=False, person__left_on=None)
    for row in held.filter(expires_on__isnull=False).select_related("person"):
        if is_due(row.expires_on, day):
            key = ("证书换证", row.person.area_id or 0, row.person.unit_id)
            found[key][0] += 1
            found[key][1] += row.expires_on is not None and row.expires_on < day
    for step in Step.objects.filter(person__area_id__in=area_ids, state=Step.State.OPEN).select_related("person"):
        key = ("提升计划", step.person.area_id or 0, step.person.unit_id)
        found[key][0] += 1
        found[key][1] += step.due < day
    return [Matter(what, area, unit, None, count, late) for (what, area, unit), (count, late) in found.items()]
