"""The pages: a visit from the queue, sent twice; one tap; a list of 1 and 3 rows costs the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.common.calendar import today
from ronghe.stationing.models import Point, Visit
from tests.stationing import cases

PAGES = (
    "/stationing/",
    "/stationing/covers/",
    "/stationing/points/",
    "/stationing/results/",
    "/stationing/quiet/",
    "/stationing/themes/",
    "/stationing/field/",
)


def visit_form(world, once, text="通风扇不转", **extra):
    return {
        "once": once, "unit": world.unit["注采一站"].pk, "day": today().isoformat(), "joined": ["shift"], "note": "", "p-TOTAL_FORMS": "1",
        "p-INITIAL_FORMS": "0", "p-0-kind": "problem", "p-0-side": "business", "p-0-text": text, "p-0-result": "",
    } | extra  # fmt: skip


def test_the_queue_sends_twice_and_one_visit_stands(world, login):
    client = login(world.wanghaitao)
    ticket = client.get("/stationing/field/ticket/").json()
    assert ticket["person"] == world.wanghaitao.pk
    answers = [
        client.post("/stationing/field/", visit_form(world, "abcdefgh1234"), headers={"Accept": "application/json"}) for _n in (1, 2)
    ]
    assert [answer.json()["url"] for answer in answers] == [f"/stationing/visits/{Visit.objects.get().pk}/"] * 2
    bad = client.post("/stationing/field/", visit_form(world, "abcdefgh9999", joined=[]), headers={"Accept": "application/json"})
    assert bad.status_code == 422
    assert bad.json()["problems"]
    worker = client.get("/stationing/sw.js")
    assert worker["Content-Type"] == "text/javascript"
    assert '"/stationing/field/"' in worker.content.decode()


def test_from_a_form_to_a_cure_that_the_station_sees(world, login):
    client = login(world.wanghaitao)
    shown = client.post("/stationing/field/", visit_form(world, "abcdefgh1234", joined=[]))
    assert shown.status_code == 422
    assert "通风扇不转" in shown.content.decode()
    client.post("/stationing/field/", visit_form(world, "abcdefgh1234"), follow=True)
    point = Point.objects.get()
    client.post(f"/stationing/points/{point.pk}/rectify/", {"version": point.version, "once": "one-tap-1"})
    page = login(world.liuhaitao).get(f"/stationing/points/{point.pk}/").content.decode()
    assert "办理中" in page
    assert "通风扇不转</a>" in page
    assert login(world.sunlihua).get(f"/stationing/points/{point.pk}/").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_the_same_for_more_rows(world, login, path):
    cases.cover(world)
    cases.plan(world, days=3)
    client = login(world.wanghaitao)
    costs = []
    for number in (1, 2, 3):
        cases.visit(world, f"问题{number}", once=f"key-{number}")
        cases.visit(world, once=f"empty-{number}")
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        costs.append(len(seen))
    assert costs[1] == costs[2]
    assert costs[2] <= 22
