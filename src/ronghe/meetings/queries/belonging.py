"""Who belongs to a meeting on a day: by committee seat, by post, by membership, by station."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ronghe.meetings.models import Kind
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Membership, PartyOrg, Person, Unit


@dataclass(frozen=True)
class Belonging:
    """One who belongs; `votes` is False for a probationary member."""

    person: Person
    votes: bool = True


def list_belonging(kind: Kind, unit: Unit, day: date) -> list[Belonging]:
    """Return who belongs to a meeting of this kind in a unit on the day, in order. One or two queries."""
    body = kind.body
    if body in (Kind.Body.COMMITTEE, Kind.Body.LEADERS):
        held = Appointment.objects.on(day).filter(post__area_id=kind.area_id, post__kind__in=LEADERS).select_related("person", "post")
        rows = [row for row in held.order_by("post__order", "pk") if body == Kind.Body.LEADERS or row.post.committee]
        return [Belonging(person) for person in {row.person_id: row.person for row in rows}.values()]
    if body == Kind.Body.UNIT:
        there = Person.objects.filter(Q(left_on=None) | Q(left_on__gt=day), unit=unit)
        return [Belonging(person) for person in there]
    members = Membership.objects.on(day).filter(group__area_id=kind.area_id).select_related("person")
    if body == Kind.Body.GROUP:
        members = members.filter(group__unit=unit)
    members = members.filter(Q(person__left_on=None) | Q(person__left_on__gt=day)).order_by("person__sort_key", "person_id")
    found = {row.person_id: Belonging(row.person, row.status == Membership.Status.FULL) for row in members}
    return list(found.values())


def list_presiders(kind: Kind, unit: Unit, day: date) -> list[Person]:
    """Return who may preside, the usual one first. One query."""
    held = Appointment.objects.on(day).filter(post__area_id=kind.area_id, post__kind__in=kind.presiders).select_related("person", "post")
    if kind.is_small:
        held = held.filter(post__unit=unit)
    places = {code: place for place, code in enumerate(kind.presiders)}
    rows = sorted(held, key=lambda row: (places[row.post.kind], row.post_id))
    return list({row.person_id: row.person for row in rows}.values())


def find_party_org(kind: Kind, unit: Unit) -> PartyOrg | None:
    """Return the branch or group whose meeting it is; a station's 班前会 has none."""
    if kind.body == Kind.Body.UNIT:
        return None
    wanted = PartyOrg.Kind.GROUP if kind.body == Kind.Body.GROUP else PartyOrg.Kind.BRANCH
    return PartyOrg.objects.filter(unit=unit, kind=wanted, closed_on=None).first()


def list_units_of(kind: Kind) -> list[Unit]:
    """Return the units that hold meetings of this kind: the area itself, or each unit with a group. One query."""
    if not kind.is_small:
        return [kind.area]
    groups = PartyOrg.objects.filter(area_id=kind.area_id, kind=PartyOrg.Kind.GROUP, closed_on=None).values("unit_id")
    units = Unit.objects.filter(area_id=kind.area_id, closed_on=None).exclude(pk=kind.area_id)
    return list(units.filter(pk__in=groups) if kind.body == Kind.Body.GROUP else units)
