"""Reads over the organisation: who holds what, who works where, search by pinyin."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from ronghe.common.registry import Hit
from ronghe.org.models import Appointment, Person, TrackPlace, Unit
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
    for person_id, title, acting in rows.order_by("post__order").values_list("person_id", "post__title", "acting"):
        titles.setdefault(person_id, []).append(f"{title}(代理)" if acting else title)
    return titles
