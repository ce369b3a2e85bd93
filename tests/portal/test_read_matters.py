"""底数: who reads whose, and that each number is right."""

from datetime import timedelta

from ronghe.common.calendar import today
from ronghe.portal.matters import table_by_area, table_by_owner, table_by_unit
from ronghe.worklist.actions import open_tasks


def give_task(world, person, *, late):
    due = today() + timedelta(days=-1 if late else 5)
    open_tasks(person, kind="test", owners=[person], title="报一件事", path="/", due=due, area_id=person.area_id, unit_id=person.unit_id)


def test_counts_by_unit_and_owner(world):
    give_task(world, world.hejing, late=True)
    give_task(world, world.wutong, late=False)
    units = {row.name: (row.total, row.late) for row in table_by_unit(world.lijianguo.user).rows}
    assert units == {"注采一站": (2, 1)}
    owners = {row.name: (row.total, row.late) for row in table_by_owner(world.lijianguo.user).rows}
    assert owners == {"何静": (1, 1), "吴桐": (1, 0)}


def test_chief_reads_only_the_own_station(world):
    give_task(world, world.hejing, late=True)
    give_task(world, world.luolan, late=True)
    assert [row.name for row in table_by_unit(world.liuhaitao.user).rows] == ["注采一站"]


def test_committee_above_reads_counts_without_links(world):
    give_task(world, world.hejing, late=True)
    give_task(world, world.fengtao, late=False)
    table = table_by_area(world.gaoming.user)
    assert {row.name: (row.total, row.late) for row in table.rows} == {"示范采油管理区": (1, 1), "示范第二采油管理区": (1, 0)}
    assert {cell.url for row in table.rows for cell in row.cells if cell} == {""}


def test_page_is_refused_to_an_employee(login, world):
    assert login(world.wutong).get("/matters/").status_code == 403


def test_page_opens(login, world):
    give_task(world, world.hejing, late=True)
    page = login(world.lijianguo).get("/matters/?by=owner").content.decode()
    assert "何静" in page


def test_queries_do_not_grow(world, login):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    give_task(world, world.hejing, late=True)
    client = login(world.lijianguo)
    client.get("/matters/")  # the first page of a session notes when it was seen
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/matters/")
    for person in (world.wutong, world.luolan, world.songwen):
        give_task(world, person, late=False)
    with CaptureQueriesContext(connection) as many:
        client.get("/matters/")
    assert [query["sql"][:60] for query in many] == [query["sql"][:60] for query in few]


def test_a_number_leads_only_where_its_reader_may_go(world, login):
    from tests.meetings import cases

    cases.one_of_everything(world)
    column = "紧急决定待追认"
    seen = {}
    for person in (world.lijianguo, world.zhengshuang, world.qianjin):
        table = table_by_unit(person.user)
        (row,) = [row for row in table.rows if row.name == world.area.name]
        cell = row.cells[table.columns.index(column)]
        seen[person.name] = (cell.count, cell.url)
    url = f"/meetings/urgent/?unit={world.area.pk}"
    assert seen == {"李建国": (1, url), "郑爽": (1, url), "钱进": (1, "")}
    assert login(world.zhengshuang).get(url).status_code == 200
    assert login(world.qianjin).get(url).status_code == 403
