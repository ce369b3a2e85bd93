"""Queued messages leave once, through a real HTTP server or the mail backend; a failure is tried again, then shown."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from ronghe.common.calendar import now
from ronghe.notices import actions
from ronghe.notices.actions import add_robot, deliver, deliver_due, queue_test, retry_delivery
from ronghe.notices.models import Delivery, Robot


@pytest.fixture
def gateway(settings, tmp_path):
    """A robot's server on this machine: `gateway.heard` holds what arrived; `gateway.status` is its answer."""
    settings.RONGHE_KEYS = tmp_path / "keys"

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            self.server.heard.append(json.loads(self.rfile.read(length)))
            self.send_response(self.server.status)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.heard, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def robot(world, gateway):
    return add_robot(world.area, name="生产群", address=f"json://127.0.0.1:{gateway.server_port}/", by=world.xitong.user)


def later():
    Delivery.objects.update(not_before=now() - timedelta(seconds=1))


def test_robot_hears_it_once(world, robot, gateway):
    queue_test(robot, by=world.xitong.user)
    assert deliver_due() == 1
    assert deliver_due() == 0
    assert [message["title"] for message in gateway.heard] == ["融合测试消息"]
    assert Delivery.objects.get().state == "sent"


def test_address_is_sealed(robot, gateway):
    assert str(gateway.server_port) not in Robot.objects.get().address


def test_failure_is_tried_again_later_and_then_given_up(world, robot, gateway):
    gateway.status = 500
    queue_test(robot, by=world.xitong.user)
    assert deliver_due() == 0
    row = Delivery.objects.get()
    assert (row.state, row.tries) == ("queued", 1)
    assert row.not_before > now() + timedelta(minutes=4)
    for _ in range(4):
        later()
        deliver_due()
    row.refresh_from_db()
    assert (row.state, row.tries) == ("failed", 5)
    assert "机器人没有收下" in row.problem
    retry_delivery(row, by=world.xitong.user)
    gateway.status = 200
    assert deliver_due() == 1


def test_two_workers_send_once(world, robot, gateway):
    queue_test(robot, by=world.xitong.user)
    seen_by_both = list(Delivery.objects.select_related("person__user", "robot"))
    assert [deliver(row) for row in [*seen_by_both, *seen_by_both]] == [True, False]
    assert len(gateway.heard) == 1


def test_lost_key_is_said(world, robot, settings, tmp_path):
    settings.RONGHE_KEYS = tmp_path / "other"
    queue_test(robot, by=world.xitong.user)
    deliver_due()
    assert "密钥与加密时的不同" in Delivery.objects.get().problem


def test_mail(world, mailoutbox, gateway):
    world.hejing.user.email = "hejing@example.com"
    world.hejing.user.save()
    Delivery.objects.create(key="m", person=world.hejing, subject="提醒", body="正文", not_before=now())
    assert deliver_due() == 1
    assert (mailoutbox[0].to, mailoutbox[0].subject) == (["hejing@example.com"], "提醒")


def test_mail_without_address(world):
    Delivery.objects.create(key="m", person=world.hejing, subject="提醒", body="正文", not_before=now())
    deliver_due()
    assert Delivery.objects.get().problem == "此人没有登记邮箱"


def test_mail_without_a_server(world, settings, mailoutbox):
    settings.RONGHE_MAIL = False
    world.hejing.user.email = "hejing@example.com"
    world.hejing.user.save()
    Delivery.objects.create(key="m", person=world.hejing, subject="提醒", body="正文", not_before=now())
    deliver_due()
    assert (Delivery.objects.get().problem, mailoutbox) == ("没有配置发信服务器(EMAIL_URL)", [])


def test_not_before_its_time(world, robot, gateway):
    queue_test(robot, by=world.xitong.user)
    Delivery.objects.update(not_before=now() + timedelta(hours=1))
    assert deliver_due() == 0
    assert gateway.heard == []


@pytest.mark.parametrize("address", ["mailto://x:y@z.cn", "wecombot://", "http://qyapi.weixin.qq.com", "", "file:///etc/passwd"])
def test_other_addresses_are_refused(world, address):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        add_robot(world.area, name="群", address=address, by=world.xitong.user)


@pytest.mark.parametrize("address", ["wecombot://BOTKEY-abc", "dingtalk://ABCDEF1234567/", "feishu://abc-123-def"])
def test_the_three_kinds_are_taken(world, address, gateway):
    assert add_robot(world.area, name="群", address=address, by=world.xitong.user).scheme == address.split(":")[0]


def test_stranger_may_not_add(world):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        actions.add_robot(world.area, name="群", address="feishu://abc-123-def", by=world.lijianguo.user)
