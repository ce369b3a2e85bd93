"""What goes into the log while people work: no name, no login name, no address, nothing that was typed or uploaded. And the alerts
of deploy/alerts.yml name only what /metrics has."""

import json
import logging
import re
from pathlib import Path

import pytest

from ronghe.common.calendar import now
from ronghe.common.logs import JsonFormatter
from ronghe.notices.models import Delivery
from ronghe.operations.worker import Worker
from tests.people import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
TYPED = "只有我知道的一句话"


@pytest.fixture
def lines(caplog):
    """Everything that is logged from INFO up, as the JSON lines that a deployment writes."""
    caplog.set_level(logging.INFO)
    return lambda: [JsonFormatter().format(record) for record in caplog.records]


def test_nobody_is_in_the_log(world, client, lines, monkeypatch, settings, mailoutbox):
    client.raise_request_exception = False
    address = {"REMOTE_ADDR": "10.11.12.13"}
    for _attempt in range(settings.AXES_FAILURE_LIMIT + 1):
        client.post("/accounts/login/", {"login": "hejing", "password": TYPED}, **address)
    client.post("/accounts/login/", {"login": TYPED, "password": PASSWORD}, **address)
    client.post("/accounts/login/", {"login": "liuhaitao", "password": PASSWORD}, **address)
    client.get("/org/people/?q=何静", **address)
    client.get("/org/people/999999/", **address)
    client.get("/operations/status/", **address)
    client.post("/notices/1/open/", HTTP_REFERER="http://evil.example/何静", **address)
    client.get("/", HTTP_HOST="hejing.evil.example", **address)
    monkeypatch.setattr("ronghe.org.views.directory.paginate", lambda *_args: (_ for _ in ()).throw(ValueError(f"何静 {TYPED}")))
    assert client.get("/org/people/", **address).status_code == 500
    monkeypatch.setattr(
        "ronghe.notices.actions.send_mail", lambda **_kwargs: (_ for _ in ()).throw(OSError("hejing@example.com")), raising=False
    )
    world.hejing.user.email = "hejing@example.com"
    world.hejing.user.save()
    Delivery.objects.create(key="x", person=world.hejing, subject="何静的待办", body=TYPED, not_before=now())
    Worker().run_once()
    written = lines()
    assert len(written) >= 4, "nothing was logged, so this proves nothing"
    secret = ("何静", "hejing", "liuhaitao", "刘海涛", TYPED, "10.11.12.13", PASSWORD)
    assert [line for line in written if any(word in line for word in secret)] == []
    assert all(
        set(json.loads(line)) <= {"at", "level", "logger", "message", "status_code", "task", "tick", "error", "trace"} for line in written
    )


def test_alerts_name_what_is_measured(client, world, settings):
    settings.RONGHE_METRICS_TOKEN = "a token for metrics"
    measured = set(
        re.findall(r"^(ronghe_\w+)", client.get("/metrics", headers={"Authorization": "Bearer a token for metrics"}).content.decode(), re.M)
    )
    text = (ROOT / "deploy/alerts.yml").read_text(encoding="utf-8")
    rules = [line for line in text.splitlines() if line.strip().startswith("expr:")]
    assert len(rules) == text.count("- alert:") == text.count("summary:") == text.count("action:") >= 8
    assert {name for line in rules for name in re.findall(r"ronghe_\w+", line)} <= measured
