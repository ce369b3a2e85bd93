"""驾驶舱: its numbers are those of the pages to which they lead, nothing on it is about one person, its queries are constant."""

import re
from datetime import timedelta

import pytest

from ronghe.common.calendar import today
from ronghe.org.models import Unit
from ronghe.portal.cockpit import read_board
from ronghe.rectification.models import Item
from tests.assessment.conftest import ready, shown  # noqa: F401  (fixtures)
from tests.decisions.cases import stop_one
from tests.goals.cases import issue, write_plan
from tests.portal.test_query_budgets import count_queries
from tests.rectification.cases import open_one

BUDGET = 34


def tile(board, title):
    return next(one for one in board.tiles if one.title == title)


def numbers(one):
    return {number.word: number.value for number in (one.main, *one.others)}


@pytest.fixture
def busy(shown):  # noqa: F811
    """A published month, goals, a late item of 整改, a stopped decision."""
    world = shown
    plan, _goal, _party = write_plan(world)
    issue(world, plan)
    item = open_one(world)
    Item.objects.filter(pk=item.pk).update(step_due=today() - timedelta(days=2))
    stop_one(world)
    return world


def test_the_numbers_are_those_of_the_pages(busy):
    board = read_board(busy.lijianguo.user, busy.area)
    live = Item.objects.filter(area=busy.area).live()
    assert numbers(tile(board, "整改"))["未销号"] == str(live.count())
    assert numbers(tile(board, "整改"))["逾期"] == str(live.filter(step_due__lt=today()).count())
    assert numbers(tile(board, "决策事项"))["被叫停"] == "1"
    results = {row.unit.name: row for row in busy.run.results.select_related("unit")}
    shown_rows = [row for track in board.tracks for row in track.rows]
    assert {row.unit: row.total for row in shown_rows} == {name: f"{row.total:.1f}" for name, row in results.items()}
    assert {row.unit: row.place for row in shown_rows} == {name: str(row.place or "—") for name, row in results.items()}
    assert sum(bar.total for bar in board.goals) > 0
    assert board.late[0].name == "注采一站"


def test_every_number_leads_to_a_page_that_opens(busy, login):
    for person in (busy.lijianguo, busy.gaoming):
        client = login(person)
        page = client.get("/cockpit/").content.decode()
        links = {link.replace("&amp;", "&") for link in re.findall(r'<a href="(/[^"#]*)"', page)}
        assert len(links) > 5
        assert [(link, client.get(link).status_code) for link in links if client.get(link).status_code >= 400] == []


def test_nobody_is_named_on_it(busy, login):
    page = login(busy.gaoming).get("/cockpit/board/").content.decode()
    assert [name for name in busy.person if name in page] == []


def test_who_sees_it(world, login):
    for name, status in (("lijianguo", 200), ("zhengshuang", 200), ("gaoming", 200), ("liuhaitao", 403), ("wutong", 403), ("xitong", 403)):
        assert login(getattr(world, name)).get("/cockpit/").status_code == status, name
    assert login(world.handong).get(f"/cockpit/?area={world.area.pk}").status_code == 404
    above = login(world.gaoming)
    assert above.get(f"/cockpit/?area={world.other.pk}").context["area"] == world.other
    assert "还没有公示的结果" in above.get("/cockpit/").content.decode()


def test_constant_queries(busy, login):
    client = login(busy.lijianguo)
    few = count_queries(client, "/cockpit/")
    for number, unit in enumerate(Unit.objects.filter(area=busy.area, kind="station")):
        open_one(busy, title=f"第{number}项", unit=unit.name, owner="孙丽华")
    assert count_queries(client, "/cockpit/") == few <= BUDGET
    assert count_queries(client, "/cockpit/board/") <= few
