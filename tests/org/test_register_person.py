"""系统管理员 enters a person."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.org.actions import register_person
from ronghe.org.models import Person


def test_registered_with_pinyin_and_an_entry(world, last_act):
    person = register_person(name="单雄信", number="N1", unit=world.unit["注采一站"], by=world.xitong.user)
    assert (person.area, person.unit, person.user) == (world.area, world.unit["注采一站"], None)
    assert "sxx" in person.pinyin.split()
    assert (last_act(person).verb, last_act(person).actor_name, last_act(person).changes) == (
        "登记人员",
        "系统管理员",
        {"unit": [None, "注采一站"]},
    )


def test_taken_number_is_refused_at_its_field(world, fields):
    with pytest.raises(ValidationError) as caught:
        register_person(name="新人", number=world.wutong.number, unit=world.unit["注采一站"], by=world.xitong.user)
    assert fields(caught) == ["number"]


@pytest.mark.parametrize("login_name", ["lijianguo", "anquan", "shenji", "wutong", "handong"])
def test_nobody_else_may(world, login_name):
    with pytest.raises(PermissionDenied):
        register_person(name="新人", number="N1", unit=world.unit["注采一站"], by=getattr(world, login_name).user)
    with pytest.raises(PermissionDenied):
        register_person(name="新人", number="N1", unit=world.unit["二区采油站"], by=world.xitong.user)


def test_page_keeps_what_was_typed(world, login):
    client = login(world.xitong)
    form = {"name": "新人甲", "number": world.wutong.number, "unit": world.unit["注采一站"].pk, "once": "k1"}
    answer = client.post("/org/admin/people/new/", form)
    page = answer.content.decode()
    assert (answer.status_code, "新人甲" in page, "已有人使用" in page) == (422, True, True)
    answer = client.post("/org/admin/people/new/", {**form, "number": "N1"})
    assert answer["Location"] == f"/org/admin/people/{Person.objects.get(number='N1').pk}/"


def test_second_arrival_of_the_form_changes_nothing(world, login):
    client = login(world.xitong)
    form = {"name": "新人甲", "number": "N1", "unit": world.unit["注采一站"].pk, "once": "k1"}
    assert [client.post("/org/admin/people/new/", form).status_code for _ in range(2)] == [302, 302]
    assert Person.objects.filter(name="新人甲").count() == 1


def test_unit_of_the_other_area_cannot_be_chosen(world, login):
    form = {"name": "新人甲", "number": "N1", "unit": world.unit["二区采油站"].pk}
    assert login(world.xitong).post("/org/admin/people/new/", form).status_code == 422
