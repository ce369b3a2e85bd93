"""Administrators posted at the plant look after its areas and its own people; one posted in an area, after that area alone."""

from datetime import time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ronghe.audit.actions import record
from ronghe.common.models import Export
from ronghe.notices.models import DigestPlan, Notice, Robot
from ronghe.operations.actions import end_sessions_of, set_export_limit, watch_export
from ronghe.operations.queries import list_exports
from ronghe.org.actions import register_person, reset_password
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of
from tests.people import appoint, make_person


@pytest.fixture
def above(world):
    """The three administrators of the plant, and another plant with an area of its own."""
    for name, login, kind in (("何佳", "hejia", "system_admin"), ("安宁", "anning", "security_admin"), ("申明", "shenming", "audit_admin")):
        make_person(world, name, login, world.plant, (kind, world.plant))
    return world


def names_on(client, url):
    page = client.get(url).content.decode()
    return [name for name in ("李建国", "韩冬", "高明", "石磊") if name in page]


@pytest.fixture
def stranger(above):
    """石磊 of an area under another plant."""
    plant = Unit.objects.create(code="plant-2", name="邻近采油厂", kind="plant")
    area = Unit.objects.create(code="b1", name="邻近管理区", kind="area", parent=plant)
    area.area = area
    area.save()
    return make_person(above, "石磊", "shilei", area, ("branch_secretary", area))


@pytest.mark.parametrize(
    ("login_name", "seen"),
    [("hejia", ["李建国", "韩冬", "高明"]), ("anning", ["李建国", "韩冬", "高明"]), ("xitong", ["李建国"]), ("anquan", ["李建国"])],
)
def test_people_listed(login, above, stranger, login_name, seen):
    client = login(getattr(above, login_name))
    assert names_on(client, "/org/admin/") == seen


def test_plant_people_are_kept_from_the_plant_only(above, stranger):
    assert reset_password(above.gaoming, by=above.hejia.user)
    assert register_person(name="新人", number="N1", unit=above.plant, by=above.hejia.user).area_id is None
    for by in (above.xitong.user, above.anning.user):
        with pytest.raises(PermissionDenied):
            reset_password(above.gaoming, by=by)
        with pytest.raises(PermissionDenied):
            register_person(name="新人", number="N2", unit=above.plant, by=by)
    with pytest.raises(PermissionDenied):
        reset_password(stranger, by=above.hejia.user)
    assert end_sessions_of(above.handong, by=above.anning.user) == 0
    with pytest.raises(PermissionDenied):
        end_sessions_of(above.handong, by=above.anquan.user)


def test_no_business_content_is_read(above):
    assert [standing_of(above.person[name].user).readable_areas for name in ("何佳", "安宁", "申明")] == [frozenset()] * 3


def test_reminders_are_kept_area_by_area(login, above):
    client = login(above.hejia)
    page = client.get(f"/notices/admin/?area={above.other.pk}").content.decode()
    assert [f"?area={area.pk}" in page for area in (above.area, above.other)] == [True, True]
    form = {"hour": "09:00", "quiet_from": "20:00", "quiet_to": "07:00", "by_mail": "on"}
    answer = client.post(f"/notices/admin/plan/?area={above.other.pk}", form)
    assert (answer.status_code, answer["Location"]) == (302, f"/notices/admin/?area={above.other.pk}")
    assert list(DigestPlan.objects.values_list("area__name", "hour")) == [("示范第二采油管理区", time(9))]
    Robot.objects.create(area=above.area, name="一区群", scheme="wecombot", address="x")
    assert ["一区群" in client.get(f"/notices/admin/?area={area.pk}").content.decode() for area in (above.area, above.other)] == [
        True,
        False,
    ]


@pytest.mark.parametrize("wanted", ["0", "x", "{plant}"])
def test_unknown_area_is_not_found(login, above, wanted):
    client = login(above.hejia)
    assert client.get(f"/notices/admin/?area={wanted.format(plant=above.plant.pk)}").status_code == 404


def test_area_of_another_is_not_found(login, above):
    client = login(above.xitong)
    assert client.get(f"/notices/admin/?area={above.other.pk}").status_code == 404
    assert "?area=" + str(above.other.pk) not in client.get("/notices/admin/").content.decode()


def test_export_limit_and_alarm_reach_the_plant(above):
    set_export_limit(above.other, rows=1, copies=1, by=above.anning.user)
    export = Export.objects.create(user_id=above.handong.user_id, user_name="韩冬", area_id=above.other.pk, what="名单", rows=5)
    watch_export(export, above.handong.user)
    assert list(Notice.objects.values_list("person__name", flat=True)) == ["安宁"]
    assert list(list_exports(above.anning.user)) == [export]
    assert list(list_exports(above.anquan.user)) == []


def test_audit_shows_the_chains_of_the_post(login, above):
    for area_id, verb in ((above.area.pk, "一区的事"), (above.other.pk, "二区的事"), (None, "厂里的事")):
        _record(verb, area_id)
    shown = {
        name: [verb for verb in ("一区的事", "二区的事", "厂里的事") if verb in login(person).get("/audit/").content.decode()]
        for name, person in (("plant", above.shenming), ("area", above.shenji))
    }
    assert shown == {"plant": ["一区的事", "二区的事", "厂里的事"], "area": ["一区的事"]}


def test_who_reads_every_area_reads_the_rest(login, above):
    appoint(above.shenji, "audit_admin", above.other)
    for area_id, verb in ((above.area.pk, "一区的事"), (above.other.pk, "二区的事"), (None, "厂里的事")):
        _record(verb, area_id)
    page = login(above.shenji).get("/audit/").content.decode()
    assert [verb in page for verb in ("一区的事", "二区的事", "厂里的事")] == [True, True, True]


def _record(verb, area_id):
    with transaction.atomic():
        record(by=None, verb=verb, name="某事", area_id=area_id)
