"""组织 by the API: units and people as its owner may read them; a 花名册 in, by the same reading as the page."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from ronghe.common.access import require
from ronghe.common.api import REFUSALS, Code, Limit, Offset, cut_page, needs, refuse
from ronghe.common.calendar import today
from ronghe.org.actions.rosters import keep_roster, take_roster
from ronghe.org.models import Appointment, Person, Unit
from ronghe.org.permissions import is_system_admin
from ronghe.org.queries import map_tracks
from ronghe.org.sheets import MOST_BYTES, load_known, read_file

router = Router(tags=["组织"])


class UnitOut(Schema):
    code: str
    name: str
    kind: str
    parent: str | None
    area: str | None
    track: str | None
    opened_on: date | None
    closed_on: date | None


class UnitList(Schema):
    count: int
    items: list[UnitOut]


class PersonOut(Schema):
    number: str
    name: str
    unit: str
    posts: list[str]


class PersonList(Schema):
    count: int
    items: list[PersonOut]


class RosterOut(Schema):
    people: int


@router.get("/units", response={200: UnitList, **REFUSALS}, summary="单位")
@needs("org:read")
def list_units(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The units of the areas that the owner reads, closed ones included, each with the track of today."""
    rows = Unit.objects.visible_to(request.user).select_related("parent", "area").order_by("area_id", "order", "code", "pk")
    areas = set(rows.order_by().values_list("area_id", flat=True).distinct())
    tracks: dict[int, str] = {}
    for area_id in areas:
        tracks |= map_tracks(area_id, today()) if area_id else {}
    return cut_page(rows, limit, offset, lambda row: write_unit(row, tracks))


def write_unit(row: Unit, tracks: dict[int, str]) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "parent": row.parent.code if row.parent else None,
        "area": row.area.code if row.area else None,
        "track": tracks.get(row.pk),
        "opened_on": row.opened_on,
        "closed_on": row.closed_on,
    }


@router.get("/people", response={200: PersonList, **REFUSALS}, summary="人员和现任岗位")
@needs("org:read")
def list_people(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    """Who works in the areas that the owner reads, with the posts held today. Nothing else about them leaves here."""
    rows = Person.objects.visible_to(request.user).filter(left_on=None).select_related("unit").order_by("number", "pk")
    posts = map_posts(rows[offset : offset + limit])
    return cut_page(
        rows,
        limit,
        offset,
        lambda row: {"number": row.number, "name": row.name, "unit": row.unit.code, "posts": posts.get(row.pk, [])},
    )


def map_posts(people: QuerySet[Person]) -> dict[int, list[str]]:
    """Return person → titles of the posts held today. One query."""
    found: dict[int, list[str]] = {}
    pks = [person.pk for person in people]
    for row in Appointment.objects.on(today()).filter(person__in=pks).select_related("post").order_by("post__order", "post_id"):
        found.setdefault(row.person_id, []).append(row.post.title)
    return found


@router.post("/{area}/roster", response={200: RosterOut, **REFUSALS}, summary="导入花名册")
@needs("org:write")
def take_in_roster(request: HttpRequest, area: Code, file: File[UploadedFile], accounts: Form[bool] = False) -> Any:  # type: ignore[type-arg]
    """Take in everybody on the list, or nobody: every problem is told at its cell."""
    require(is_system_admin, request.user)
    place = get_object_or_404(Unit, code=area, kind=Unit.Kind.AREA)
    require(is_system_admin, request.user, place)
    if (file.size or 0) > MOST_BYTES:
        return refuse(422, ("file", _("文件超过 %(limit)d MB 的上限。") % {"limit": MOST_BYTES // 1024 // 1024}))
    data = file.read()
    found = read_file(data, load_known(place))
    if not found.is_clean:
        return refuse(422, *((f"{one.column}{one.row or ''}", one.message) for one in found.errors))
    roster = keep_roster(place, data=data, name=(file.name or "")[:200], found=found, by=request.user)
    take_roster(roster, by=request.user, accounts=accounts)
    return {"people": roster.people.count()}
