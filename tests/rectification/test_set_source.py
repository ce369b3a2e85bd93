"""来源与期限: data of the area; items keep the name and watch period that they were opened under."""

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.common.actions import StaleForm
from ronghe.rectification import actions
from ronghe.rectification.queries import list_sources
from tests.rectification.cases import fresh, open_one, user

VALUES = {"name": "月度晾晒", "basis": "办法第 5 条", "cure_days": 20, "plan_days": 2, "verify_days": 2, "redo_days": 3, "watch_days": 60}


def test_area_overrides_a_default(world):
    before = open_one(world)
    actions.set_source(area=world.area, code="gap", values=VALUES, by=user(world.lijianguo))
    after = open_one(world)
    assert [(item.source_name, item.watch_days) for item in (fresh(before), after)] == [("月度指标晾晒", 90), ("月度晾晒", 60)]
    assert list_sources(world.other.pk)[0].name == "月度指标晾晒"


def test_stale_form(world):
    row = actions.set_source(area=world.area, code="gap", values=VALUES, by=user(world.lijianguo))
    actions.set_source(area=world.area, code="gap", values=VALUES, by=user(world.lijianguo), version=row.version)
    with pytest.raises(StaleForm):
        actions.set_source(area=world.area, code="gap", values=VALUES, by=user(world.lijianguo), version=row.version)


@pytest.mark.parametrize("name", ["刘海涛", "赵敏", "韩冬", "系统管理员"])
def test_others_do_not_set(world, name):
    with pytest.raises(PermissionDenied):
        actions.set_source(area=world.area, code="gap", values=VALUES, by=user(world.person[name]))


def test_pages(world, login):
    client = login(world.zhengshuang)
    assert "领导驻站带班" in client.get("/rectification/sources/").content.decode()
    assert client.get("/rectification/sources/nowhere/").status_code == 404
    assert client.post("/rectification/sources/gap/", {**VALUES, "once": "a"}).status_code == 302
    assert client.post("/rectification/sources/new/", {**VALUES, "name": "安全检查", "once": "b"}).status_code == 302
    assert client.post("/rectification/sources/gap/", {**VALUES, "cure_days": 0}).status_code == 422
    assert [rule.name for rule in list_sources(world.area.pk)][::6] == ["月度晾晒", "安全检查"]
