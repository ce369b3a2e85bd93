"""Tracks, and which unit runs in which from when to when."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.actions import Refused, StaleForm
from ronghe.org.actions.tracks import add_track, change_track, end_place, place_unit
from ronghe.org.models import Track, TrackPlace
from ronghe.org.queries import map_tracks

NOVEMBER = date(2026, 11, 1)


def track(world, code="support", area=None):
    return Track.objects.get(area=area or world.area, code=code)


def test_added_renamed_and_in_the_audit(world, acts):
    row = add_track(world.area, code="research", name="科研", by=world.xitong.user)
    change_track(row, name="科研组室", order=9, by=world.xitong.user, version=row.version)
    with pytest.raises(StaleForm):
        change_track(row, name="别的", order=9, by=world.xitong.user, version=row.version)
    assert acts(row) == ["设立赛道", "修改赛道"]


@pytest.mark.parametrize(("code", "name", "field"), [("production", "新的", "code"), ("赛道", "新的", "code"), ("new", "采油站", "name")])
def test_wrong_values(world, fields, code, name, field):
    with pytest.raises(ValidationError) as caught:
        add_track(world.area, code=code, name=name, by=world.xitong.user)
    assert fields(caught) == [field]


def test_new_place_ends_the_old_one_the_day_before(world, last_act):
    unit = world.unit["注采一站"]
    place_unit(unit, track(world), valid_from=NOVEMBER, by=world.xitong.user)
    assert list(TrackPlace.objects.filter(unit=unit).order_by("valid_from").values_list("track__code", "valid_to")) == [
        ("production", date(2026, 10, 31)),
        ("support", None),
    ]
    assert [map_tracks(world.area.pk, day)[unit.pk] for day in (date(2026, 10, 31), NOVEMBER)] == ["production", "support"]
    assert last_act(unit).changes == {"赛道": ["采油站", "综合保障"]}


def test_not_before_a_later_place_nor_twice(world, fields):
    unit = world.unit["注采一站"]
    place_unit(unit, track(world), valid_from=NOVEMBER, by=world.xitong.user)
    for when, field in ((NOVEMBER, "valid_from"), (date(2026, 10, 1), "valid_from"), (date(2026, 11, 2), "track")):
        with pytest.raises(ValidationError) as caught:
            place_unit(unit, track(world), valid_from=when, by=world.xitong.user)
        assert fields(caught) == [field]


def test_taken_out_after_a_day(world, fields):
    unit = world.unit["注采一站"]
    with pytest.raises(ValidationError) as caught:
        end_place(unit, last_day=date(2019, 1, 1), by=world.xitong.user)
    assert fields(caught) == ["last_day"]
    end_place(unit, last_day=date(2026, 10, 31), by=world.xitong.user)
    assert [unit.pk in map_tracks(world.area.pk, day) for day in (date(2026, 10, 31), NOVEMBER)] == [True, False]


def test_refusals(world):
    with pytest.raises(ValidationError, match="本管理区"):
        place_unit(world.unit["注采一站"], track(world, "production", world.other), valid_from=NOVEMBER, by=world.xitong.user)
    with pytest.raises(Refused):
        place_unit(world.area, track(world), valid_from=NOVEMBER, by=world.xitong.user)
    for by in (world.anquan, world.zhaomin, world.handong):
        with pytest.raises(PermissionDenied):
            place_unit(world.unit["注采一站"], track(world), valid_from=NOVEMBER, by=by.user)
        with pytest.raises(PermissionDenied):
            add_track(world.area, code="new", name="新的", by=by.user)


def test_stale_page_of_a_place(world, login):
    unit = world.unit["注采一站"]
    form = {"track": track(world).pk, "valid_from": "2026-11-01", "version": unit.version}
    place_unit(unit, track(world), valid_from=date(2026, 10, 1), by=world.xitong.user)
    answer = login(world.xitong).post(f"/org/admin/units/{unit.pk}/track/", form)
    assert (answer.status_code, "已被他人修改" in answer.content.decode()) == (422, True)


def test_pages(world, login):
    client = login(world.xitong)
    unit = world.unit["注采一站"]
    assert client.post("/org/admin/tracks/new/", {"name": "科研", "code": "research"}).status_code == 302
    row = track(world, "research")
    answer = client.post(f"/org/admin/tracks/{row.pk}/edit/", {"name": "采油站", "order": 3, "version": row.version})
    assert (answer.status_code, "已有名为" in answer.content.decode()) == (422, True)
    assert client.post(f"/org/admin/units/{unit.pk}/untrack/", {"last_day": "2026-10-31", "version": unit.version}).status_code == 302
    assert "科研" in client.get("/org/admin/tracks/").content.decode()
