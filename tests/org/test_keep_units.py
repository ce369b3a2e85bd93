"""系统管理员 keeps units: adding, renaming, closing, moving. Nothing is deleted, everything has its dates."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.org.actions import end_appointment, update_person
from ronghe.org.actions.units import add_unit, change_unit, close_unit, move_unit
from ronghe.org.models import Appointment, Membership, PartyOrg, Track, TrackPlace, Unit
from ronghe.org.queries import list_scored_units


def add(world, by=None, parent=None, **values):
    plain = {"code": "a1-s9", "name": "注采九站", "kind": "station", "opened_on": date(2026, 11, 1)}
    return add_unit(parent or world.area, by=(by or world.xitong).user, **{**plain, **values})


def production(area):
    return Track.objects.get(area=area, code="production")


def empty(world, unit):
    """Let everybody of a unit move to the office."""
    for person in unit.staff.all():
        update_person(person, name=person.name, sort_key="", unit=world.unit["综合党群室"], by=world.xitong.user)


def test_station_with_its_track_group_and_posts(world, last_act):
    unit = add(world, track=production(world.area), group=True, aliases=["九站"])
    assert (unit.area, unit.parent, unit.opened_on, unit.aliases) == (world.area, world.area, date(2026, 11, 1), ["九站"])
    assert list(unit.posts.values_list("kind", "title")) == [
        ("station_chief", "站长"), ("group_leader", "党小组长"), ("reporter", "填报人"), ("staff", "员工"),
    ]  # fmt: skip
    assert TrackPlace.objects.get(unit=unit).valid_from == date(2026, 11, 1)
    group = PartyOrg.objects.get(unit=unit)
    assert (group.name, group.parent.name) == ("注采九站党小组", "示范采油管理区党支部")
    assert last_act(unit).verb == "安排赛道"


def test_counted_from_its_first_day_on(world):
    unit = add(world, track=production(world.area))
    scored = {day: unit in list_scored_units(world.area.pk, day) for day in (date(2026, 10, 31), date(2026, 11, 30))}
    assert scored == {date(2026, 10, 31): False, date(2026, 11, 30): True}


def test_area_adopts_the_pack(above):
    area = add(above, above.hejia, above.plant, code="a3", name="第三采油管理区", kind="area")
    assert area.area == area
    assert list(Track.objects.filter(area=area).values_list("code", flat=True)) == ["production", "technical", "support"]
    assert PartyOrg.objects.get(unit=area).parent.name == "示范采油厂党委"
    leaders = {kind: seats for kind, seats in area.posts.values_list("kind", "committee") if seats}
    assert leaders == {
        "branch_secretary": ["secretary"],
        "area_manager": ["deputy_secretary"],
        "deputy_party": ["deputy_secretary", "organisation", "mass_work"],
        "deputy_production": ["comprehensive"],
        "deputy_business": ["discipline"],
        "deputy_geology": ["confidentiality"],
        "deputy_engineering": ["publicity"],
    }
    assert set(area.posts.filter(kind__endswith="_admin").values_list("kind", flat=True)) == {
        "indicator_admin", "system_admin", "security_admin", "audit_admin",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "A1-S1"}, "code"),
        ({"code": "一站"}, "code"),
        ({"name": "注采一站"}, "name"),
        ({"aliases": ["注采二站"]}, "name"),
        ({"kind": "area"}, "kind"),
    ],
)
def test_wrong_values_stand_at_their_fields(world, fields, values, field):
    with pytest.raises(ValidationError) as caught:
        add(world, **values)
    assert fields(caught) == [field]
    assert Unit.objects.filter(area=world.area).count() == 6


def test_who_may(world, above):
    for by in (world.anquan, world.lijianguo, world.handong):
        with pytest.raises(PermissionDenied):
            add(world, by)
    with pytest.raises(PermissionDenied):
        add(world, world.xitong, world.plant, kind="area")
    assert add(world, above.hejia).area == world.area


def test_old_name_stays_an_alias(world, last_act):
    unit = change_unit(world.unit["注采一站"], name="采油一站", aliases=["一站"], order=3, by=world.xitong.user)
    assert (unit.name, unit.aliases, unit.order) == ("采油一站", ["一站", "注采一站"], 3)
    assert last_act(unit).changes["name"] == ["注采一站", "采油一站"]
    unit = change_unit(unit, name="注采一站", aliases=unit.aliases, order=3, by=world.xitong.user)
    assert unit.aliases == ["一站", "采油一站"]


def test_stale_renaming_shows_what_is_saved(world, login):
    unit = world.unit["注采一站"]
    client = login(world.xitong)
    form = {"name": "我的叫法", "aliases": "", "order": 1, "version": unit.version}
    change_unit(unit, name="别人的叫法", aliases=[], order=1, by=world.xitong.user)
    answer = client.post(f"/org/admin/units/{unit.pk}/edit/", form)
    page = answer.content.decode()
    assert (answer.status_code, "我的叫法" in page, "现在保存的是:别人的叫法" in page) == (422, True, True)
    unit.refresh_from_db()
    assert f'name="version" value="{unit.version}"' in page
    assert client.post(f"/org/admin/units/{unit.pk}/edit/", {**form, "version": unit.version}).status_code == 302
    unit.refresh_from_db()
    assert unit.name == "我的叫法"


def test_unchanged_form_writes_no_entry(world, acts):
    unit = world.unit["注采一站"]
    change_unit(unit, name=unit.name, aliases=[], order=unit.order, by=world.xitong.user)
    assert acts(unit) == []


def test_not_closed_while_people_are_there(world):
    with pytest.raises(Refused, match="还有 3 人"):
        close_unit(world.unit["注采一站"], last_day=today(), by=world.xitong.user)


def test_closed_with_posts_track_and_group(world, acts):
    unit = world.unit["注采一站"]
    empty(world, unit)
    for row in Membership.objects.filter(group=world.group["注采一站"]):
        row.valid_to = today()
        row.save()
    unit = close_unit(unit, last_day=today(), by=world.xitong.user)
    assert unit.closed_on == today()
    assert TrackPlace.objects.get(unit=unit).valid_to == today()
    assert set(unit.posts.values_list("closed_on", flat=True)) == {today()}
    assert Appointment.objects.between(today() + timedelta(days=1), date.max).filter(post__unit=unit).count() == 0
    assert PartyOrg.objects.get(unit=unit).closed_on == today()
    assert acts(unit) == ["退出赛道", "撤销单位"]
    assert unit in list_scored_units(world.area.pk, today())
    assert unit not in list_scored_units(world.area.pk, today() + timedelta(days=1))


def test_moved_with_people_posts_and_group(above):
    unit = above.unit["注采一站"]
    day = date(2026, 11, 1)
    new = move_unit(unit, above.other, code="a2-s9", first_day=day, track=production(above.other), by=above.hejia.user)
    unit.refresh_from_db()
    above.wutong.refresh_from_db()
    assert (unit.closed_on, new.area, above.wutong.unit, above.wutong.area) == (date(2026, 10, 31), above.other, new, above.other)
    chief = Appointment.objects.on(day).filter(person=above.liuhaitao)
    assert {(row.post.kind, row.post.unit_id) for row in chief} == {("station_chief", new.pk), ("group_leader", new.pk)}
    assert Membership.objects.on(day).get(person=above.liuhaitao).group.area == above.other
    before = Appointment.objects.on(date(2026, 10, 31)).filter(person=above.liuhaitao)
    assert {row.post.unit_id for row in before} == {unit.pk}
    assert unit in list_scored_units(above.area.pk, date(2026, 10, 31))


def test_moving_is_refused(above, fields):
    unit = above.unit["经营管理室"]
    with pytest.raises(Refused, match="赵敏"):
        move_unit(unit, above.other, code="a2-o9", first_day=today(), by=above.hejia.user)
    with pytest.raises(PermissionDenied):
        move_unit(above.unit["注采一站"], above.other, code="a2-s9", first_day=today(), by=above.xitong.user)
    with pytest.raises(ValidationError) as caught:
        move_unit(above.unit["注采一站"], above.area, code="a1-s9", first_day=today(), by=above.hejia.user)
    assert fields(caught) == ["area"]


def test_moved_person_with_a_post_elsewhere_is_named_until_it_is_given_up(above):
    row = Appointment.objects.get(person=above.qianjin)
    end_appointment(row, last_day=date(2026, 10, 31), by=above.xitong.user)
    with pytest.raises(Refused) as caught:
        move_unit(above.unit["经营管理室"], above.other, code="a2-o9", first_day=date(2026, 11, 1), by=above.hejia.user)
    assert ("钱进" in caught.value.messages[0], "赵敏" in caught.value.messages[0]) == (False, True)


def test_pages_for_the_keeper_only(world, login):
    unit = world.unit["注采一站"]
    urls = ["/org/admin/units/", f"/org/admin/units/{unit.pk}/", f"/org/admin/units/{unit.pk}/edit/", "/org/admin/tracks/"]
    found = {
        name: [login(getattr(world, name)).get(url).status_code for url in urls] for name in ("xitong", "anquan", "lijianguo", "wutong")
    }
    assert found == {"xitong": [200] * 4, "anquan": [403] * 4, "lijianguo": [403] * 4, "wutong": [403] * 4}
    assert login(world.xitong).get(f"/org/admin/units/{world.unit['二区采油站'].pk}/").status_code == 404
    assert login(world.xitong).get(f"/org/admin/units/{world.plant.pk}/").status_code == 404


def test_plant_keeper_reaches_each_area(above, login):
    client = login(above.hejia)
    page = client.get(f"/org/admin/units/?area={above.other.pk}").content.decode()
    assert ("二区采油站" in page, "注采一站" in page) == (True, False)
    assert "设立管理区" in client.get(f"/org/admin/units/{above.plant.pk}/").content.decode()
    assert client.get(f"/org/admin/units/new/?parent={above.plant.pk}").status_code == 200


def test_adding_by_page_keeps_what_was_typed(world, login):
    client = login(world.xitong)
    url = f"/org/admin/units/new/?parent={world.area.pk}"
    form = {"kind": "station", "name": "注采九站", "code": "a1-s1", "opened_on": "2026-11-01", "group": "on", "once": "k"}
    answer = client.post(url, form)
    page = answer.content.decode()
    assert (answer.status_code, 'value="注采九站"' in page, "编码 a1-s1 已有单位使用" in page) == (422, True, True)
    assert [client.post(url, {**form, "code": "a1-s9"}).status_code for _ in range(2)] == [302, 302]
    assert Unit.objects.filter(code="a1-s9").count() == 1
    assert [client.get(f"/org/admin/units/new/?parent={wrong}").status_code for wrong in ("", "x", world.unit["注采一站"].pk)] == [404] * 3


def test_mismatches_are_shown(world, login):
    Appointment.objects.filter(post__unit=world.unit["注采三站"], post__kind="group_leader").update(valid_to=date(2026, 1, 1))
    PartyOrg.objects.filter(unit=world.unit["综合党群室"]).update(closed_on=date(2026, 1, 1))
    for person, url in ((world.xitong, "/org/admin/units/"), (world.lijianguo, "/org/units/")):
        page = login(person).get(url).content.decode()
        assert ["没有党小组<" in page, "没有党小组长<" in page, "只有 1 名党员" in page] == [True, True, True]


def test_queries_do_not_grow_with_units(world, login):
    client = login(world.xitong)
    client.get("/org/admin/units/")
    counts = []
    for number in (0, 1, 3):
        for extra in range(number):
            add(world, code=f"x{number}-{extra}", name=f"新站{number}{extra}", track=production(world.area), group=True)
        with CaptureQueriesContext(connection) as queries:
            client.get("/org/admin/units/")
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 14
