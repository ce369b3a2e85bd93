import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assessment.month import ACTUALS, add_indicators, adopt, publish, report


def test_home_shows_menu_and_no_tasks(login, world):
    page = login(world.hejing).get("/")
    assert page.status_code == 200
    assert "没有待办" in page.content.decode()


def test_home_asks_for_login(client, db):
    response = client.get("/")
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/"


def read_cells(page):
    body = page.content.decode().partition("所辖管理区最近一期考核")[2]
    return [re.sub(r"<[^>]+>|\s+", "", cell) for cell in re.findall(r"<(?:td\b|th scope=\"row\")[^>]*>.*?</t[hd]>", body, re.DOTALL)]


def test_the_committee_sees_its_areas_side_by_side(login, world):
    add_indicators(world.area)
    adopt(world)
    client = login(world.gaoming)
    assert "所辖管理区最近一期考核" not in client.get("/").content.decode()
    for period in ("2026-08", "2026-09"):
        report(world, period, ACTUALS)
        publish(world, period)
    with CaptureQueriesContext(connection) as seen:
        page = client.get("/")
    assert len(seen) <= 12
    assert read_cells(page) == ["示范采油管理区", "2026年9月", "公示中", "5", "2", "95.00", "65.00"]
    assert "所辖管理区最近一期考核" not in client_of(world.handong).get("/").content.decode()


def client_of(person):
    from django.test import Client

    client = Client()
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
