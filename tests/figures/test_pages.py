"""Each page opens for whom it is for, and for nobody else; lists take the same queries at one and at three rows."""

import pytest

from tests.figures.factories import confirm_station, make_period, submit_station


def status(login, person, path):
    return login(person).get(path, HTTP_HOST="127.0.0.1").status_code


def test_home_of_a_reporter_names_what_is_blank(world, period, indicators, login):
    page = login(world.hejing).get("/figures/").content.decode()
    assert "共 4 项,已提交 0 项" in page
    assert "原油产量、单位操作成本、隐患整改率、事故起数" in page


def test_every_page_opens(world, period, indicators, login):
    batch = submit_station(world, period, indicators)
    station = world.unit["注采一站"].pk
    for person, path in [
        (world.hejing, "/figures/"),
        (world.zhaomin, "/figures/"),
        (world.liuhaitao, "/figures/"),
        (world.lijianguo, "/figures/"),
        (world.hejing, f"/figures/periods/{period.pk}/units/{station}/"),
        (world.zhaomin, f"/figures/periods/{period.pk}/units/{world.area.pk}/"),
        (world.songwen, f"/figures/periods/{period.pk}/units/{world.unit['综合党群室'].pk}/"),
        (world.hejing, f"/figures/periods/{period.pk}/units/{station}/template/"),
        (world.hejing, f"/figures/batches/{batch.pk}/"),
        (world.qianjin, f"/figures/batches/{batch.pk}/"),
        (world.liuhaitao, f"/figures/batches/{batch.pk}/"),
        (world.qianjin, "/figures/batches/?state=submitted"),
        (world.qianjin, "/figures/queue/"),
        (world.zhaomin, "/figures/periods/"),
        (world.zhaomin, f"/figures/periods/{period.pk}/"),
        (world.zhaomin, "/figures/periods/open/"),
        (world.zhaomin, f"/figures/periods/{period.pk}/dates/"),
        (world.hejing, "/figures/adjustments/"),
        (world.hejing, "/figures/adjustments/new/"),
        (world.hejing, "/"),
    ]:
        assert status(login, person, path) == 200, (person.name, path)


def test_foreigners_find_nothing(world, period, indicators, login):
    batch = submit_station(world, period, indicators)
    station = world.unit["注采一站"].pk
    for person, path, expected in [
        (world.luolan, f"/figures/batches/{batch.pk}/", 404),
        (world.shenkuo, f"/figures/batches/{batch.pk}/", 404),
        (world.handong, f"/figures/periods/{period.pk}/", 404),
        (world.luolan, f"/figures/periods/{period.pk}/units/{station}/", 404),
        (world.fengtao, f"/figures/periods/{period.pk}/units/{station}/", 404),
        (world.xunuo, f"/figures/periods/{period.pk}/units/{world.area.pk}/", 404),
        (world.wutong, "/figures/", 403),
        (world.xitong, "/figures/batches/", 403),
        (world.gaoming, "/figures/periods/", 403),
        (world.liuhaitao, f"/figures/periods/{period.pk}/units/{station}/", 403),
    ]:
        assert status(login, person, path) == expected, (person.name, path)


@pytest.mark.parametrize("path", ["/figures/batches/", "/figures/queue/"])
def test_lists_take_constant_queries(world, period, indicators, login, path, django_assert_max_num_queries):
    submit_station(world, period, indicators)
    client = login(world.qianjin)
    with django_assert_max_num_queries(13) as one:
        client.get(path)
    submit_station(world, period, indicators, by=world.luolan.user, unit="注采二站")
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(path)


def test_the_board_takes_constant_queries(world, period, indicators, login, django_assert_max_num_queries):
    client = login(world.zhaomin)
    address = f"/figures/periods/{period.pk}/"
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    confirm_station(world, period, indicators)
    submit_station(world, period, indicators, by=world.luolan.user, unit="注采二站")
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(address)


def test_a_leader_reads_a_closed_month(world, indicators, login):
    closed = make_period(world, opens=-30, due=-20, closes=-10)
    assert status(login, world.lijianguo, f"/figures/periods/{closed.pk}/") == 200
