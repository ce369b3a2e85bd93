"""Who reports in a cycle, and who judges whom as a member of which group. Set-based: a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from ronghe.appraisal.models import Cycle, Report, Template
from ronghe.appraisal.rules.signing import POSTS
from ronghe.common.calendar import today
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Membership, Person
from ronghe.org.queries import name_posts

CHIEFS = ("station_chief", "group_leader")


@dataclass(frozen=True)
class Reporter:
    person: Person
    title: str


def list_reporters(template: Template, day: date) -> list[Reporter]:
    """Return who reports by a template on a day: with an account, in the order of their posts. Three queries."""
    area = template.area_id
    people = Person.objects.filter(area_id=area, left_on=None, user__is_active=True).select_related("unit")
    if template.who == "members":
        belong = Membership.objects.on(day).filter(group__area_id=area).values("person_id")
        found = list(people.filter(pk__in=belong).order_by("unit__order", "sort_key", "number"))
    else:
        kinds = LEADERS if template.who == "leaders" else CHIEFS
        held = (
            Appointment.objects.on(day).filter(post__kind__in=kinds, post__area_id=area).order_by("post__order", "post__unit__order", "pk")
        )
        order = list(dict.fromkeys(held.values_list("person_id", flat=True)))
        leaders = set(held_by(area, LEADERS, day)) if template.who == "chiefs" else set()
        known = {person.pk: person for person in people.filter(pk__in=order)}
        found = [known[pk] for pk in order if pk in known and pk not in leaders]
    titles = name_posts([person.pk for person in found], day)
    return [Reporter(person, "、".join(titles.get(person.pk, []))[:120]) for person in found]


def held_by(area_id: int, kinds: Sequence[str], day: date) -> list[int]:
    return list(Appointment.objects.on(day).filter(post__kind__in=kinds, post__area_id=area_id).values_list("person_id", flat=True))


@dataclass(frozen=True)
class Place:
    """One judge for one person judged."""

    judge: int
    report: int
    group: str


def list_places(cycle: Cycle, day: date) -> list[Place]:
    """Return who judges whom: each judge once for each person, in the first group of the template to which the judge belongs."""
    reports = list(Report.objects.filter(cycle=cycle).order_by("pk"))
    judges = Judges(cycle, reports, day)
    places = []
    for report in reports:
        taken: set[int] = set()
        for group in cycle.template.judges:
            for person in judges.find(group["who"], report):
                if person not in taken and (person != report.person_id or group["who"] == "self"):
                    taken.add(person)
                    places.append(Place(person, report.pk, group["code"]))
    return places


class Judges:
    """The people behind each `who`, read once for all who are judged."""

    def __init__(self, cycle: Cycle, reports: list[Report], day: date) -> None:
        area = cycle.area_id
        able = Person.objects.filter(left_on=None)
        if not cycle.template.links:
            able = able.filter(user__is_active=True)  # with links, who has no account judges by an invitation
        self.here = set(able.filter(area_id=area).values_list("pk", flat=True))
        plant = cycle.area.parent_id
        above = Appointment.objects.on(day).filter(post__kind="upper_committee", post__unit_id=plant or 0)
        self.upper = list(able.filter(pk__in=above.values("person_id")).order_by("pk").values_list("pk", flat=True))
        self.posts: dict[str, list[int]] = defaultdict(list)
        self.committee: list[int] = []
        held = Appointment.objects.on(day).filter(post__area_id=area).order_by("post__order", "pk")
        for person, kind, committee in held.values_list("person_id", "post__kind", "post__committee"):
            self.posts[kind].append(person)
            if committee or kind in LEADERS:
                self.committee.append(person)
        self.staff: dict[int, list[int]] = defaultdict(list)
        for person, unit in able.filter(area_id=area).order_by("pk").values_list("pk", "unit_id"):
            self.staff[unit].append(person)
        self.groups: dict[int, list[int]] = defaultdict(list)
        self.group_of: dict[int, int] = {}
        for person, group in Membership.objects.on(day).filter(group__area_id=area).order_by("pk").values_list("person_id", "group_id"):
            self.groups[group].append(person)
            self.group_of[person] = group

    def of(self, kinds: Iterable[str]) -> list[int]:
        return list(dict.fromkeys(person for kind in kinds for person in self.posts[kind] if person in self.here))

    def find(self, who: str, report: Any) -> list[int]:
        """Return the people of one kind for one report."""
        if who == "upper":
            return self.upper
        if who == "self":
            return [report.person_id] if report.person_id in self.here else []
        if who == "heads":
            return self.of(("branch_secretary", "area_manager"))
        if who == "leaders":
            return self.of(LEADERS)
        if who == "committee":
            return [person for person in dict.fromkeys(self.committee) if person in self.here]
        if who == "chiefs":
            return self.of(CHIEFS)
        if who == "staff":
            return self.staff[report.unit_id]
        if who == "fellows":
            return [person for person in self.groups[self.group_of.get(report.person_id, 0)] if person in self.here]
        return []  # delegates have slips, not accounts


def find_fillers(cycle: Cycle, roles: Iterable[str]) -> dict[str, list[int]]:
    """Return role → who fills it today. One query."""
    posts = {POSTS[role]: role for role in roles}
    above = Q(post__kind="upper_committee", post__unit_id=cycle.area.parent_id or 0)
    held = Appointment.objects.on(today()).filter(Q(post__area_id=cycle.area_id) | above, post__kind__in=posts)
    found: dict[str, list[int]] = defaultdict(list)
    for kind, person in held.order_by("post__order", "pk").values_list("post__kind", "person_id"):
        found[posts[kind]].append(person)
    return found
