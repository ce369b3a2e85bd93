"""Prometheus reads how the service does, by a token of its own; logs are lines of JSON without anybody's data; /healthz asks the database."""

import json
import logging
import sys

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from ronghe.common.calendar import now
from ronghe.common.logs import JsonFormatter
from ronghe.notices.models import Delivery

WORDS = "a token for metrics"


def read(client, words=WORDS):
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {words}"})
    families = text_string_to_metric_families(answer.content.decode()) if answer.status_code == 200 else ()
    return answer.status_code, {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_no_token_no_metrics(client, world):
    assert read(client)[0] == 404


def test_wrong_token(client, world, settings):
    settings.RONGHE_METRICS_TOKEN = WORDS
    assert read(client, "another") == (401, {})
    assert client.get("/metrics").status_code == 401


def test_what_is_measured(client, world, settings):
    settings.RONGHE_METRICS_TOKEN = WORDS
    Delivery.objects.create(key="k", subject="王海涛的待办", body="", state="failed", not_before=now())
    status, found = read(client)
    assert (status, found["ronghe_deliveries", "failed"], found["ronghe_jobs", "ready"], found["ronghe_tick_age_seconds", "tidy"]) == (
        200,
        1,
        0,
        -1,
    )
    assert {name for name, *_labels in found} == {
        "ronghe_info", "ronghe_jobs", "ronghe_deliveries", "ronghe_tick_age_seconds", "ronghe_ticks_failed", "ronghe_ticks_running",
        "ronghe_audit_entries", "ronghe_audit_chains_behind", "ronghe_audit_faults", "ronghe_sessions", "ronghe_login_names_waiting",
        "ronghe_disk_free_bytes",
    }  # fmt: skip
    assert "王海涛" not in client.get("/metrics", headers={"Authorization": f"Bearer {WORDS}"}).content.decode()


def test_queries_do_not_grow(client, world, settings):
    settings.RONGHE_METRICS_TOKEN = WORDS

    def count():
        with CaptureQueriesContext(connection) as queries:
            read(client)
        return len(queries)

    Delivery.objects.create(key="a", subject="", body="", state="failed", not_before=now())
    few = count()
    Delivery.objects.bulk_create(Delivery(key=f"k{n}", subject="", body="", state="failed", not_before=now()) for n in range(3))
    assert count() == few


def test_health_asks_the_database(client, db, monkeypatch):
    assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (200, {"ok": True})

    def fail(*args):
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", fail)
        status = client.get("/healthz").status_code
    assert status == 503


@pytest.mark.parametrize("level", ["WARNING", "ERROR"])
def test_a_line_of_the_log_names_nobody(level):
    try:
        raise ValueError("Key (name)=(王海涛) already exists")
    except ValueError:
        record = logging.LogRecord(
            "django.request", getattr(logging, level), "x.py", 1, "Internal Server Error: %s", ("/org/people/",), sys.exc_info()
        )
    record.status_code, record.request, record.user = 500, object(), "wanghaitao"
    line = json.loads(JsonFormatter().format(record))
    assert line | {"at": "", "trace": []} == {
        "at": "", "level": level, "logger": "django.request", "message": "Internal Server Error: /org/people/", "status_code": 500,
        "error": "ValueError", "trace": [],
    }  # fmt: skip
    assert line["trace"][0].startswith("test_metrics.py:")
    assert "王海涛" not in json.dumps(line, ensure_ascii=False)
