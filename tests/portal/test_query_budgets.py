"""Home within 12 queries, any list within 8, one for each filter's choices and one for its saved views; 1,000 rows cost no query more than 10."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.figures.models import Adjustment, Batch
from ronghe.notices.models import Notice
from ronghe.org.models import Person
from ronghe.worklist.models import Task
from tests.assessment.month import ACTUALS, add_indicators, adopt, publish, report
from tests.figures.factories import make_indicators, make_period

HOME, LIST = 12, 8


def add_people(world, numbers):
    unit = world.unit["注采一站"]
    Person.objects.bulk_create(
        Person(name=f"员工{n}", number=f"B{n:05d}", unit=unit, area=unit.area, pinyin="yg", sort_key=f"yg{n:05d}") for n in numbers
    )


def add_notices(world, numbers):
    Notice.objects.bulk_create(Notice(person=world.wanghaitao, kind="考核", title=f"消息 {n}", path="/") for n in numbers)


def add_tasks(world, numbers):
    Task.objects.bulk_create(
        Task(area=world.area, unit=world.unit["注采一站"], owner=world.wanghaitao, kind="填报", title=f"事项 {n}", path="/")
        for n in numbers
    )


def add_batches(world, numbers):
    period = world.period
    Batch.objects.bulk_create(
        Batch(
            area=world.area, unit=world.unit["注采一站"], period=period, number=f"N{n:05d}", source="grid",
            author=world.hejing.user, state=Batch.State.DROPPED,
        )
        for n in numbers
    )  # fmt: skip


def add_adjustments(world, numbers):
    rows = list(world.indicators.values())
    Adjustment.objects.bulk_create(
        Adjustment(
            area=world.area, unit=world.unit["注采一站"], indicator=rows[n % len(rows)], period=f"{1000 + n}-01", kind="exempt",
            reason="计划停产", asked_by=world.hejing.user, state=Adjustment.State.DECLINED,
        )
        for n in numbers
    )  # fmt: skip


# address, rows that are added, filters whose choices are read from the database
LISTS = {
    "people": ("/org/people/", add_people, 1),
    "notices": ("/notices/", add_notices, 0),
    "tasks": ("/worklist/", add_tasks, 1),
    "batches": ("/figures/batches/", add_batches, 1),
    "adjustments": ("/figures/adjustments/", add_adjustments, 0),
}
PLAIN_LISTS = [
    "/worklist/month/",
    "/worklist/day/",
    "/worklist/guides/",
    "/worklist/calendar/",
    "/duties/lists/",
    "/duties/handovers/",
    "/letters/",
    "/letters/templates/",
    "/figures/periods/",
    "/assessment/",
    "/assessment/benchmark/",
    "/assessment/runs/",
    "/assessment/schemes/",
    "/goals/",
    "/goals/targets/",
    "/archive/dispatches/",
    "/archive/folders/",
    "/archive/packs/",
    "/appraisal/",
    "/appraisal/templates/",
    "/appraisal/pay/",
    "/appraisal/quadrant/",
    "/appraisal/checks/",
    "/coaching/",
    "/coaching/displays/",
    "/coaching/kinds/",
    "/decisions/",
    "/decisions/map/",
    "/decisions/watch/",
    "/initiatives/",
    "/initiatives/projects/",
    "/org/units/",
    "/stationing/points/",
    "/supervision/board/",
    "/supervision/checks/",
    "/supervision/lists/",
    "/supervision/alerts/",
    "/supervision/alerts/rules/",
    "/supervision/open/",
    "/supervision/open/items/",
    "/supervision/terms/",
    "/supervision/works/",
    "/supervision/works/types/",
]
# the detector looks at the whole arrangement: its queries are constant too, but more of them
DETECTED = {"/duties/": 22, "/duties/findings/": 22}


def count_queries(client, path):
    client.get(path)  # the first request of a session notes its device
    with CaptureQueriesContext(connection) as seen:
        page = client.get(path)
    assert page.status_code == 200
    return len(seen)


@pytest.fixture
def month(world):
    """The world with an open period and indicators."""
    world.indicators = make_indicators(world)
    world.period = make_period(world)
    return world


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_at_10_and_1000_rows(month, login, name):
    path, add, filters = LISTS[name]
    client = login(month.wanghaitao)
    add(month, range(10))
    few = count_queries(client, path)
    add(month, range(10, 1000))
    many = count_queries(client, path)
    assert few <= LIST + filters
    assert many == few


@pytest.mark.parametrize("person", ["wanghaitao", "liuhaitao", "hejing", "zhaomin", "qianjin", "lijianguo", "wutong", "gaoming"])
def test_home_and_lists_of_a_scored_month(world, login, person):
    add_indicators(world.area)
    adopt(world)
    for period in ("2026-08", "2026-09"):
        report(world, period, ACTUALS)
        publish(world, period)
    add_notices(world, range(20))
    who = getattr(world, person)
    client = login(who)
    assert count_queries(client, "/") <= HOME
    for path in PLAIN_LISTS:
        with CaptureQueriesContext(connection) as seen:
            page = client.get(path)
        if page.status_code == 200:
            text = page.content.decode()
            assert len(seen) <= LIST + text.count("<select") + text.count('class="views-bar"'), (
                path,
                [query["sql"][:90] for query in seen],
            )
    for path, most in DETECTED.items():
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        assert len(seen) <= most, (path, len(seen))


def test_home_costs_the_same_with_many_tasks_and_messages(month, login):
    client = login(month.wanghaitao)
    add_tasks(month, range(10))
    add_notices(month, range(10))
    few = count_queries(client, "/")
    add_tasks(month, range(10, 1000))
    add_notices(month, range(10, 1000))
    add_batches(month, range(1000))
    assert count_queries(client, "/") == few <= HOME
