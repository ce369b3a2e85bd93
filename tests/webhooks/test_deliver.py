"""An event from the act to the receiver: written with it, sent after it, tried again, paused, resumed, always under one number."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from ronghe.audit.models import Entry
from ronghe.common import registry
from ronghe.common.actions import Refused
from ronghe.common.calendar import at_time, now
from ronghe.notices.models import Notice
from ronghe.rectification.actions import ask_void, decide_request
from ronghe.rectification.models import Item
from ronghe.webhooks import actions
from ronghe.webhooks.models import Delivery, Event, Subscription
from ronghe.webhooks.rules import MOST_TRIES
from tests.decisions.cases import stop_one
from tests.tracing.cases import open_item
from tests.webhooks import cases
from tests.webhooks.example import PATH, is_genuine


@pytest.fixture
def receive(settings):
    """receive(status, …) → a receiver that answers so, and 204 from then on."""
    settings.RONGHE_HOOK_HOSTS = ["127.0.0.1"]
    made = []

    def start(*answers):
        made.append(cases.Receiver(*answers))
        return made[-1]

    yield start
    for one in made:
        one.close()


def later(seconds=3600 * 24):
    return at_time(now() + timedelta(seconds=seconds))


def test_fails_is_tried_again_and_arrives_under_one_number(world, receive):
    receiver = receive(500, 302)
    row, secret = cases.subscribe(world, receiver.url)
    assert secret not in row.secret
    item = open_item(world, subject="safety")
    assert Delivery.objects.get().state == "queued"
    assert actions.deliver_due() == 0
    assert (Delivery.objects.get().status, Delivery.objects.get().tries) == (500, 1)
    assert actions.deliver_due() == 0  # not yet
    assert len(receiver.got) == 1
    with later(61):
        assert actions.deliver_due() == 0
    assert "不跟随跳转" in Delivery.objects.get().problem
    assert len(receiver.got) == 2
    with later():
        assert actions.deliver_due() == 1
        assert actions.deliver_due() == 0
    event = Event.objects.get()
    assert {headers["X-Ronghe-Id"] for headers, _body in receiver.got} == {str(event.number)}
    assert {one["id"] for one in receiver.events()} == {str(event.number)}
    headers, body = receiver.got[0]
    assert is_genuine(secret, headers["X-Ronghe-Signature"], body, now().timestamp())
    assert receiver.events()[0] == {
        "id": str(event.number), "event": "item.opened", "at": event.at.isoformat(timespec="seconds"), "area": world.area.code,
        "unit": world.unit["注采一站"].code, "url": f"http://127.0.0.1:8000/rectification/{item.pk}/",
        "data": {
            "number": item.number, "source": "manual", "subject": "safety", "state": "curing", "round": 1, "due": item.due.isoformat(), "ended_on": None,
        },
    }  # fmt: skip
    again = actions.send_again(Delivery.objects.get(), by=cases.user(world.person["系统管理员"]))
    assert actions.deliver(again)
    assert len({headers["X-Ronghe-Id"] for headers, _body in receiver.got}) == 1
    assert not actions.deliver(again)  # an older copy of the row claims nothing


def test_what_is_undone_is_not_told(world, receive):
    cases.subscribe(world, receive().url)
    with transaction.atomic():
        open_item(world)
        assert Event.objects.count() == 1
        transaction.set_rollback(True)
    assert (Event.objects.count(), Delivery.objects.count()) == (0, 0)


def test_given_up_after_a_day_paused_and_resumed(world, receive):
    receiver = receive(*[503] * MOST_TRIES)
    row, _secret = cases.subscribe(world, receiver.url)
    open_item(world)
    for turn in range(MOST_TRIES):
        with later(3600 * 13 * turn):
            actions.deliver_due()
    row.refresh_from_db()
    assert (row.state, row.problem) == ("failed", "对方答 503")
    admin = world.person["系统管理员"]
    assert Notice.objects.filter(person=admin, title__contains="多次失败").count() == 1
    open_item(world, "护栏松动")
    with later(3600 * 24 * 9):
        assert actions.deliver_due() == 0  # it waits
        assert len(receiver.got) == MOST_TRIES
        actions.resume(row, by=cases.user(admin))
        assert actions.deliver_due() == 2
    assert len({one["id"] for one in receiver.events()}) == 2
    assert Entry.objects.filter(verb="推送多次失败").count() == 1


def test_a_silent_receiver_holds_up_nobody_else(world, receive):
    receiver = receive()
    cases.subscribe(world, "http://127.0.0.1:9/none", name="没有人听")
    cases.subscribe(world, receiver.url)
    for title in ("一", "二"):
        open_item(world, title)
    assert actions.deliver_due() == 2
    assert sorted(Delivery.objects.values_list("subscription__name", "state", "tries")) == [
        ("没有人听", "queued", 0), ("没有人听", "queued", 1), ("生产指挥", "sent", 1), ("生产指挥", "sent", 1),
    ]  # fmt: skip


def test_what_the_list_does_not_name_is_not_reached(world, receive, settings):
    receiver = receive()
    row, _secret = cases.subscribe(world, receiver.url)
    settings.RONGHE_HOOK_HOSTS = []
    delivery = actions.ping(row, by=cases.user(world.person["系统管理员"]))
    assert not actions.deliver(delivery)
    Subscription.objects.update(url=f"https://127.0.0.1:{receiver.port}/")
    assert not actions.deliver(actions.ping(row, by=cases.user(world.person["系统管理员"])))
    assert [row.problem.partition("(")[0] for row in Delivery.objects.order_by("pk")] == [
        "不加密的 http 只能用于内网名单", "127.0.0.1 是内部地址,不在内网名单",
    ]  # fmt: skip
    assert receiver.got == []


def test_scope_pause_and_what_nobody_is_told(world, receive):
    receiver = receive()
    events = ("item.opened", "item.closed", "decision.registered", "decision.stopped")
    for name, scope in (("本站", world.unit["注采一站"]), ("别站", world.unit["注采二站"]), ("管理区", world.area)):
        cases.subscribe(world, receiver.url, events=events, scope=scope, name=name)
    item = open_item(world)
    told = lambda: sorted(Delivery.objects.values_list("subscription__name", "event__kind"))  # noqa: E731
    assert told() == [("本站", "item.opened"), ("管理区", "item.opened")]
    row = ask_void(item, reason="不是问题", by=cases.user(world.liuhaitao))
    decide_request(row, approved=True, by=cases.user(row.approver))
    assert Item.objects.get().state == "void"
    assert told()[-1] == ("管理区", "item.opened")
    assert ("管理区", "item.closed") in told()
    matter, _stop, _row = stop_one(world)
    assert [row.kind for row in Event.objects.order_by("pk")][-2:] == ["decision.registered", "decision.stopped"]
    assert set(Event.objects.order_by("-pk")[0].body["data"]) == {"number", "category", "decided_by", "state", "ended_on"}
    kind = registry.events.get("decision.stopped")
    matter.category = "personnel"
    assert kind.write(matter) is None


def test_who_may_and_what_is_wrong(world, receive):
    admin = cases.user(world.person["系统管理员"])
    with pytest.raises(PermissionDenied):
        actions.add_subscription(world.area, name="x", url="https://example.com", events=["item.opened"], by=cases.user(world.lijianguo))
    with pytest.raises(ValidationError) as told:
        actions.add_subscription(world.area, name=" ", url="http://example.com", events=["nothing"], by=admin)
    assert set(told.value.message_dict) == {"name", "url", "events"}
    row, _secret = cases.subscribe(world)
    with pytest.raises(ValidationError, match="同名"):
        cases.subscribe(world)
    actions.end_subscription(row, by=admin)
    with pytest.raises(Refused):
        actions.ping(row, by=admin)
    assert cases.subscribe(world)[0].pk != row.pk


def test_every_event_is_an_act_that_the_program_records():
    """The verbs stand in the source of the context that registers them: one that is renamed there is missed here."""
    from ronghe.site.settings import PACKAGE_DIR

    for code, kind in registry.events.items():
        context = kind.label.partition(".")[0]
        source = "".join(path.read_text() for path in (PACKAGE_DIR / context / "actions").glob("*.py"))
        for verb in kind.verbs:
            assert f'"{verb}"' in source or verb == "批准认定不成立", (code, verb)


def test_the_pages(world, login, receive):
    receiver = receive()
    client = login(world.person["系统管理员"])
    form = {"name": "生产指挥", "url": receiver.url, "scope": world.area.pk, "events": ["item.opened"], "once": "new-1"}
    wrong = client.post("/webhooks/new/", {**form, "url": "http://example.com/"})
    assert wrong.status_code == 422
    assert "内网名单" in wrong.content.decode()
    assert 'value="http://example.com/"' in wrong.content.decode()
    shown = client.post("/webhooks/new/", form).content.decode()
    assert "whsec_" in shown
    row = Subscription.objects.get()
    path = f"/webhooks/{row.pk}/"
    assert "whsec_" not in client.get(path).content.decode()
    client.post(f"{path}ping/", {"once": "ping-1"})
    client.post(f"{path}ping/", {"once": "ping-1"})
    assert actions.deliver_due() == 1
    assert "已送达" in client.get(path).content.decode()
    client.post(f"/webhooks/deliveries/{Delivery.objects.get().pk}/again/", {"once": "again-1"})
    actions.deliver_due()
    assert [one["id"] for one in receiver.events()] == [str(Event.objects.get().number)] * 2
    client.post(f"{path}pause/", {"once": "pause-1"})
    assert "恢复推送" in client.get(path).content.decode()
    changed = {"name": "生产", "url": receiver.url, "events": ["item.closed"], "version": row.version, "once": "edit-1"}
    assert client.post(f"{path}edit/", changed).status_code == 422  # somebody has changed it since
    changed["version"] = Subscription.objects.get().version
    assert client.post(f"{path}edit/", changed).status_code == 302
    assert Subscription.objects.get().events == ["item.closed"]
    old = Subscription.objects.get().secret
    assert "whsec_" in client.post(f"{path}secret/").content.decode()
    assert Subscription.objects.get().secret != old
    assert "生产" in client.get("/webhooks/").content.decode()
    assert login(world.person["系统管理员"]).post(f"{path}end/", {"once": "end-1"}).status_code == 302
    assert login(world.lijianguo).get("/webhooks/").status_code == 403


def test_the_example_takes_real_messages(world, settings):
    settings.RONGHE_HOOK_HOSTS = ["127.0.0.1"]
    _row, secret = cases.subscribe(world, "http://127.0.0.1:1/", name="例子")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "RONGHE_SECRET": secret, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen([sys.executable, str(PATH), str(port)], env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            for _try in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                process_wait(process)
            Subscription.objects.update(url=f"http://127.0.0.1:{port}/")
            open_item(world)
            assert actions.deliver_due() == 1
            assert process.stdout.readline().startswith(f"item.opened {Event.objects.get().number} ")
            actions.renew_secret(Subscription.objects.get(), by=cases.user(world.person["系统管理员"]))
            open_item(world, "护栏松动")
            assert actions.deliver_due() == 0
            assert Delivery.objects.order_by("pk").last().status == 401
        finally:
            process.terminate()


def process_wait(process):
    try:
        process.wait(0.05)
    except subprocess.TimeoutExpired:
        return
    raise AssertionError("the example did not start")
