"""系统管理员 changes a person's name, sorting or home unit."""

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.common.actions import StaleForm
from ronghe.org.actions import update_person


def test_changes_are_in_the_audit(world, last_act):
    update_person(world.wutong, name="吴彤", sort_key="", unit=world.unit["注采二站"], by=world.xitong.user)
    world.wutong.refresh_from_db()
    assert (world.wutong.name, world.wutong.sort_key, world.wutong.unit) == ("吴彤", "wu tong", world.unit["注采二站"])
    assert last_act(world.wutong).changes["name"] == ["吴桐", "吴彤"]


def test_stale_form_changes_nothing(world):
    version = world.wutong.version
    update_person(world.wutong, name="吴彤", sort_key="", unit=world.wutong.unit, by=world.xitong.user, version=version)
    with pytest.raises(StaleForm):
        update_person(world.wutong, name="吴同", sort_key="", unit=world.wutong.unit, by=world.xitong.user, version=version)
    world.wutong.refresh_from_db()
    assert world.wutong.name == "吴彤"


def test_not_into_an_area_that_is_not_kept(world):
    with pytest.raises(PermissionDenied):
        update_person(world.wutong, name="吴桐", sort_key="", unit=world.unit["二区采油站"], by=world.xitong.user)
    with pytest.raises(PermissionDenied):
        update_person(world.wutong, name="吴桐", sort_key="", unit=world.unit["注采二站"], by=world.anquan.user)


def test_corrected_sorting_stays(world):
    update_person(world.wutong, name="吴桐", sort_key="shan wu", unit=world.wutong.unit, by=world.xitong.user)
    world.wutong.refresh_from_db()
    assert world.wutong.sort_key == "shan wu"


def test_stale_page_keeps_what_was_typed(world, login):
    form = {"name": "吴彤彤", "sort_key": "wu", "unit": world.wutong.unit_id, "version": world.wutong.version}
    update_person(world.wutong, name="吴彤", sort_key="", unit=world.wutong.unit, by=world.xitong.user)
    answer = login(world.xitong).post(f"/org/admin/people/{world.wutong.pk}/edit/", form)
    page = answer.content.decode()
    assert (answer.status_code, "吴彤彤" in page, "已被他人修改" in page) == (422, True, True)
