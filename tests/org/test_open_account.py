"""Opening an account: a first password shown once, to be changed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.org.actions import open_account, register_person


@pytest.fixture
def newcomer(world):
    return register_person(name="新人甲", number="N1", unit=world.unit["注采一站"], by=world.xitong.user)


def test_opened_with_a_first_password(world, newcomer, last_act):
    user, password = open_account(newcomer, username="xinrenjia", by=world.xitong.user)
    assert (user.check_password(password), user.must_change_password, len(password)) == (True, True, 14)
    assert (last_act(newcomer).verb, last_act(newcomer).note) == ("开立账号", "xinrenjia")
    assert not Entry.objects.filter(note__contains=password).exists()


def test_name_is_taken_whatever_its_case(world, newcomer, fields):
    with pytest.raises(ValidationError) as caught:
        open_account(newcomer, username="WuTong", by=world.xitong.user)
    assert fields(caught) == ["username"]


def test_refusals(world, newcomer):
    with pytest.raises(Refused, match="已有账号"):
        open_account(world.wutong, username="wutong2", by=world.xitong.user)
    for by in (world.anquan, world.lijianguo, world.handong):
        with pytest.raises(PermissionDenied):
            open_account(newcomer, username="xinrenjia", by=by.user)


def test_page_shows_the_password_once(world, newcomer, login):
    client = login(world.xitong)
    answer = client.post(f"/org/admin/people/{newcomer.pk}/account/", {"username": "wutong"})
    assert (answer.status_code, 'value="wutong"' in answer.content.decode()) == (422, True)
    client.post(f"/org/admin/people/{newcomer.pk}/account/", {"username": "xinrenjia"})
    first, second = (client.get(f"/org/admin/people/{newcomer.pk}/").content.decode() for _ in range(2))
    assert ("首次密码" in first, "只显示这一次" in first, "只显示这一次" in second) == (True, True, False)
