"""A forgotten password: a new first one, the old one and all sessions are at an end."""

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.common.actions import Refused
from ronghe.org.actions import register_person, reset_password
from tests.people import PASSWORD


def test_new_first_password(world, acts):
    password = reset_password(world.hejing, by=world.xitong.user)
    user = world.hejing.user
    user.refresh_from_db()
    assert (user.check_password(password), user.check_password(PASSWORD), user.must_change_password) == (True, False, True)
    assert acts(world.hejing) == ["重置密码"]


def test_refusals(world):
    newcomer = register_person(name="新人甲", number="N1", unit=world.unit["注采一站"], by=world.xitong.user)
    with pytest.raises(Refused, match="还没有账号"):
        reset_password(newcomer, by=world.xitong.user)
    for by in (world.anquan, world.lijianguo, world.handong, world.hejing):
        with pytest.raises(PermissionDenied):
            reset_password(world.wutong, by=by.user)


def test_page_shows_it_once(world, login):
    client = login(world.xitong)
    assert client.post(f"/org/admin/people/{world.wutong.pk}/password/").status_code == 302
    pages = [client.get(f"/org/admin/people/{world.wutong.pk}/").content.decode() for _ in range(2)]
    assert ["只显示这一次" in page for page in pages] == [True, False]
