"""The 系统管理员 keeps rules, times and robots; nobody else does; a robot's address is never shown again."""

import pytest

from ronghe.audit.models import Entry
from ronghe.notices.actions import add_robot, queue_test
from ronghe.notices.models import Delivery, DigestPlan, ReminderRule, Robot
from tests.notices.test_deliver import gateway, robot  # noqa: F401  (fixtures)


@pytest.fixture
def client(login, world):
    return login(world.xitong)


def text_of(client):
    return client.get("/notices/admin/").content.decode()


def test_general_rule_is_shown_and_taken_over(client, world):
    general = ReminderRule.objects.get(area=None)
    assert "前 3 天、前 1 天、当天、逾期 1 天、逾期 3 天" in text_of(client)
    form = {"kind": "", "offsets": "-5, 0, 2", "repeat_every": "3", "chief_after": "1", "leader_after": "", "leader_kind": "area_manager"}
    assert client.post(f"/notices/admin/rules/{general.pk}/", form).status_code == 302
    own = ReminderRule.objects.get(area=world.area)
    assert (own.offsets, own.repeat_every, own.chief_after, own.leader_after) == ([-5, 0, 2], 3, 1, None)
    general.refresh_from_db()
    assert general.offsets == [-3, -1, 0, 1, 3]
    assert Entry.objects.get(verb="设定提醒规则").actor_name == "系统管理员"


def test_stale_rule_is_shown_again_with_what_was_typed(client, world):
    rule = ReminderRule.objects.create(area=world.area, kind="整改")
    form = {"kind": "整改", "offsets": "-7", "leader_kind": "area_manager", "version": "99"}
    answer = client.post(f"/notices/admin/rules/{rule.pk}/", form)
    assert answer.status_code == 422
    assert "已被他人修改" in answer.content.decode()
    assert 'value="-7"' in answer.content.decode()


@pytest.mark.parametrize("offsets", ["前三天", "1,x", "999"])
def test_bad_days_are_said(client, offsets):
    answer = client.post("/notices/admin/rules/new/", {"kind": "", "offsets": offsets, "leader_kind": "area_manager"})
    assert answer.status_code == 422


def test_times(client, world):
    form = {"hour": "07:30", "quiet_from": "21:00", "quiet_to": "07:00", "by_mail": "on"}
    assert client.post("/notices/admin/plan/", form).status_code == 302
    plan = DigestPlan.objects.get(area=world.area)
    assert (plan.hour.hour, plan.by_mail, plan.by_robot) == (7, True, False)
    assert client.post("/notices/admin/plan/", {**form, "hour": "x"}).status_code == 422


def test_robot_is_added_tried_and_switched_off(client, world, gateway):  # noqa: F811
    address = f"json://127.0.0.1:{gateway.server_port}/secret-path"
    assert client.post("/notices/admin/robots/new/", {"name": "生产群", "address": address}).status_code == 302
    row = Robot.objects.get()
    client.post(f"/notices/admin/robots/{row.pk}/test/")
    assert gateway.heard[0]["title"] == "融合测试消息"
    client.post(f"/notices/admin/robots/{row.pk}/switch/")
    row.refresh_from_db()
    assert not row.enabled
    assert "secret-path" not in text_of(client)
    assert not any("secret-path" in f"{entry.note}{entry.changes}" for entry in Entry.objects.all())


def test_robot_that_does_not_answer_says_why(client, world, gateway, robot):  # noqa: F811
    gateway.status = 500
    page = client.post(f"/notices/admin/robots/{robot.pk}/test/", follow=True).content.decode()
    assert "机器人没有收下" in page


def test_bad_address_is_said(client):
    answer = client.post("/notices/admin/robots/new/", {"name": "群", "address": "http://x"})
    assert answer.status_code == 422
    assert "地址不对" in answer.content.decode()


def test_failed_message_is_queued_again(client, world, robot):  # noqa: F811
    row = queue_test(robot, by=world.xitong.user)
    Delivery.objects.update(state="failed", tries=5)
    assert "重发" in text_of(client)
    client.post(f"/notices/admin/deliveries/{row.pk}/retry/")
    row.refresh_from_db()
    assert (row.state, row.tries) == ("queued", 0)


def test_other_areas_are_out_of_reach(client, world, gateway):  # noqa: F811
    from tests.people import appoint

    appoint(world.handong, "system_admin", world.other)
    far = add_robot(world.other, name="二区群", address="feishu://abc-123-def", by=world.handong.user)
    assert "二区群" not in text_of(client)
    assert client.post(f"/notices/admin/robots/{far.pk}/switch/").status_code == 404
    rule = ReminderRule.objects.create(area=world.other, kind="")
    assert client.get(f"/notices/admin/rules/{rule.pk}/").status_code == 404
