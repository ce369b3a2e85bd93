"""Reads over the organisation: who holds what, who works where, search by pinyin."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from ronghe.common.registry import Hit
from ronghe.org.models import Appointment, Membership, PartyOrg, Person, Post, TrackPlace, Unit
from ronghe.org.rules import GroupState, find_mismatches
from ronghe.org.standing import standing_of


def describe_user(user: Any) -> tuple[str, str, str]:
    """Return (name, main post, 管理区 or unit) for the head of the page."""
    standing = standing_of(user)
    if standing.person_id is None:
        return user.get_username(), "", ""
    post = standing.posts[0] if standing.posts else None
    return standing.name, post.title if post else "", post.unit_name if post else ""


def list_holders(kinds: tuple[str, ...] | str, *, area_id: int, day: date, unit_id: int | None = None) -> QuerySet[Person]:
    """Return the people who hold a post of these kinds in the area (or unit) on the day, without repetition."""
    wanted = (kinds,) if isinstance(kinds, str) else kinds
    held = Appointment.objects.on(day).filter(post__kind__in=wanted, post__area_id=area_id)
    if unit_id is not None:
        held = held.filter(post__unit_id=unit_id)
    return Person.objects.filter(pk__in=held.values("person_id"))


def map_tracks(area_id: int, day: date) -> dict[int, str]:
    """Return unit id → code of the track that it runs in on the day. One query."""
    places = TrackPlace.objects.on(day).filter(track__area_id=area_id)
    return dict(places.values_list("unit_id", "track__code"))


def list_scored_units(area_id: int, day: date) -> list[Unit]:
    """Return the units of the area that run in a track on the day, in order. One query."""
    tracked = TrackPlace.objects.on(day).filter(track__area_id=area_id).values("unit_id")
    return list(Unit.objects.filter(pk__in=tracked).select_related("area").order_by("order", "code"))


def match_pinyin(query: str) -> Q:
    """Return the condition 'name contains it, or a reading starts with it'."""
    text = query.strip()
    lowered = text.lower()
    return Q(name__icontains=text) | Q(pinyin__startswith=lowered) | Q(pinyin__contains=f" {lowered}")


def search_people(user: Any, query: str, limit: int) -> list[Hit]:
    """Find people by name, pinyin or number among those the user may see."""
    rows = Person.objects.visible_to(user).filter(match_pinyin(query) | Q(number=query.strip()), left_on=None).select_related("unit")
    return [Hit("人员", person.name, person.unit.name, reverse("org:person", args=[person.pk])) for person in rows[:limit]]


def search_units(user: Any, query: str, limit: int) -> list[Hit]:
    """Find units by name, alias, code or pinyin among those the user may see."""
    rows = Unit.objects.visible_to(user).filter(match_pinyin(query) | Q(code__iexact=query.strip()))
    return [Hit("单位", unit.name, unit.get_kind_display(), reverse("org:unit", args=[unit.pk])) for unit in rows[:limit]]


ACCOUNT_KEEPERS = ("system_admin", "security_admin")


def match_administered(user: Any, kinds: tuple[str, ...] = ACCOUNT_KEEPERS, *, field: str = "area") -> Q:
    """Return the filter for rows whose `field` is an area that the user administers; what stands above them for who is posted above."""
    standing = standing_of(user)
    matched = Q(**{f"{field}__in": standing.areas_of(kinds)})
    return matched | Q(**{f"{field}__isnull": True}) if standing.holds_above(kinds) else matched


def name_posts(person_ids: list[int], day: date) -> dict[int, list[str]]:
    """Return person id → titles of the posts held on the day, plain staff left out. One query."""
    rows = Appointment.objects.on(day).filter(person_id__in=person_ids).exclude(post__kind="staff")
    titles: dict[int, list[str]] = {}
    for person_id, title, acting in rows.order_by("post__order", "pk").values_list("person_id", "post__title", "acting"):
        titles.setdefault(person_id, []).append(f"{title}(代理)" if acting else title)
    return titles


@dataclass(frozen=True)
class UnitState:
    """How a unit stands on a day: its track, its 党小组, who works there, and what does not fit (M29)."""

    track: str = ""
    group: PartyOrg | None = None
    members: int = 0
    people: int = 0
    vacant: int = 0
    mismatches: tuple[str, ...] = ()


def count_staff() -> Count:
    """Return the annotation `headcount` of units: who works there and has not left."""
    return Count("staff", filter=Q(staff__left_on=None))


def load_unit_states(units: Sequence[Unit], day: date, *, vacant: bool = False) -> dict[int, UnitState]:
    """Return unit id → how it stands on the day. Two queries for any number of units, one more for the vacant posts.

    How many people work there comes with the units (`count_staff`).
    """
    ids = [unit.pk for unit in units]
    tracks = dict(TrackPlace.objects.on(day).filter(unit_id__in=ids).values_list("unit_id", "track__name"))
    leads = Appointment.objects.on(day).filter(post__unit_id=OuterRef("unit_id"), post__kind="group_leader")
    belongs = Membership.objects.on(day).filter(group_id=OuterRef("pk"), person_id=OuterRef("leader"))
    found = (
        PartyOrg.objects.filter(unit_id__in=ids, kind=PartyOrg.Kind.GROUP)
        .exclude(closed_on__lt=day)
        .annotate(members=Count("memberships", filter=Q(memberships__in=Membership.objects.on(day))))
        .annotate(leader=Subquery(leads.values("person_id")[:1]))
        .annotate(leads_as=Subquery(belongs.values("status")[:1]))
    )
    groups = {row.unit_id: row for row in found.order_by("-pk")}
    open_seats: Counter[int] = Counter()
    if vacant:
        held = Appointment.objects.on(day).values("post_id")
        seats = Post.objects.filter(unit_id__in=ids, closed_on=None).exclude(kind="staff").exclude(pk__in=held)
        open_seats = Counter(seats.values_list("unit_id", flat=True))
    states = {}
    for unit in units:
        group: Any = groups.get(unit.pk)
        members = group.members if group else 0
        status = (group.leads_as or "") if group and group.leader else None
        state = GroupState(unit.pk in tracks, group is not None, members, status)
        mismatches = tuple(find_mismatches(state))
        states[unit.pk] = UnitState(tracks.get(unit.pk, ""), group, members, getattr(unit, "headcount", 0), open_seats[unit.pk], mismatches)
    return states


def keeps_structure(user: Any) -> Q:
    """Return the filter for units (and what has an `area`) that the user keeps as 系统管理员."""
    return match_administered(user, ("system_admin",))
