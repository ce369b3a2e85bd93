"""The lists of schemes and runs are narrowed by year, state and kind; the workbook holds just what is shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.assessment import actions
from ronghe.assessment.models import Run, SchemeVersion
from ronghe.common.models import Export
from tests.assessment import month
from tests.assessment.drafts import start


@pytest.fixture
def versions(world):
    """One of 2025–2026, one from 2027 on, one that is written."""
    world.first = month.adopt(world, valid_from="2025-01")
    world.second = month.adopt(world, month.SCHEME.replace("version = 1", "version = 2"), valid_from="2027-01")
    world.third = start(world, world.second)
    return world


def shown(client, path, **query):
    return [
        line[key]
        for line in client.get(path, query).context["lines"]
        for key in ("scheme", "run")
        if key in line and not isinstance(line[key], str)
    ]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [3, 2, 1]),
        ({"year": "2025"}, [1]),
        ({"year": "2027"}, [2]),
        ({"state": "writing"}, [3]),
        ({"text": "group"}, [3, 2, 1]),
        ({"text": "没有"}, []),
        ({"year": "1999"}, [3, 2, 1]),
    ],
)
def test_schemes_are_narrowed(versions, login, query, numbers):
    assert [scheme.number for scheme in shown(login(versions.zhaomin), "/assessment/schemes/", **query)] == numbers


def test_year_of_a_version_that_ended(versions, login):
    assert SchemeVersion.objects.get(pk=versions.first.pk).valid_to == "2026-12"
    client = login(versions.zhaomin)
    assert [[scheme.number for scheme in shown(client, "/assessment/schemes/", year=year)] for year in ("2025", "2026", "2027")] == [
        [1], [1], [2],
    ]  # fmt: skip


@pytest.fixture
def runs(ready):
    ready.first = month.publish(ready)
    ready.again = month.publish(ready, reason="更正产量")
    return ready


@pytest.mark.parametrize(
    ("query", "numbers"),
    [({}, [2, 1]), ({"year": "2026"}, [2, 1]), ({"kind": "correction"}, [2]), ({"kind": "first"}, [1]), ({"state": "replaced"}, [1])],
)
def test_runs_are_narrowed(runs, login, query, numbers):
    assert [run.number for run in shown(login(runs.zhaomin), "/assessment/runs/", **query)] == numbers


def test_runs_of_a_scheme(runs, login):
    client = login(runs.zhaomin)
    assert len(shown(client, "/assessment/runs/", scheme=str(runs.first.scheme_id))) == 2
    later = month.adopt(runs, month.SCHEME.replace("version = 1", "version = 2"), valid_from="2027-01")
    assert shown(client, "/assessment/runs/", scheme=str(later.pk)) == []


def test_workbooks_hold_what_is_shown(runs, login):
    client = login(runs.liuhaitao)
    for path in ("/assessment/schemes.xlsx", "/assessment/runs.xlsx?kind=correction"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert list(Export.objects.order_by("pk").values_list("what", "rows")) == [("考核方案清单", 1), ("计分批次清单", 1)]


def test_lists_cost_the_same_for_one_and_three(runs, login):
    client = login(runs.zhaomin)
    client.get("/assessment/schemes/")
    counts = []
    for _round in range(2):
        for path in ("/assessment/schemes/", "/assessment/runs/"):
            with CaptureQueriesContext(connection) as caught:
                client.get(path)
            counts.append(len(caught))
        start(runs, runs.first.scheme)
        actions.drop_scheme(start(runs, runs.first.scheme), by=runs.zhaomin.user)
        month.run(runs, reason="再算")
    assert counts[:2] == counts[2:]
    assert Run.objects.count() == 4
