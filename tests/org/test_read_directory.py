"""通讯录 and 组织: read by all of the area and by nobody else; constant queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.org.actions.units import add_unit
from ronghe.org.models import Person, Unit
from tests.people import SINCE, appoint, make_person


def count(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("wutong", [200, 200, 200, 200]), ("handong", [200, 404, 200, 404]), ("gaoming", [403, 403, 200, 200]), ("xitong", [403] * 4)],
)
def test_who_reads_what(world, login, name, expected):
    client = login(getattr(world, name))
    urls = ["/org/people/", f"/org/people/{world.hejing.pk}/", "/org/units/", f"/org/units/{world.unit['注采一站'].pk}/"]
    assert [client.get(url).status_code for url in urls] == expected


def test_people_of_one_area_by_name_initials_number_and_unit(world, login):
    Person.objects.filter(pk=world.hejing.pk).update(pinyin="hejing hj")
    client = login(world.lijianguo)
    unit = world.unit["注采一站"].pk
    found = {
        query: sorted(name for name in world.person if f">{name}</a>" in client.get(f"/org/people/?{query}").content.decode())
        for query in ("text=hj", "text=何静", f"text={world.hejing.number}", f"unit={unit}")
    }
    assert found == {
        "text=hj": ["何静"],
        "text=何静": ["何静"],
        f"text={world.hejing.number}": ["何静"],
        f"unit={unit}": ["何静", "刘海涛", "吴桐"],
    }


def test_person_with_posts_now_and_before(world, login):
    appoint(world.hejing, "reviewer", world.area, valid_from=SINCE, valid_to=SINCE)
    page = login(world.wutong).get(f"/org/people/{world.hejing.pk}/").content.decode()
    assert ["填报人" in page, "任职经历" in page, "审核人" in page] == [True, True, True]


def test_closed_unit_is_off_the_list(world, login):
    Unit.objects.filter(pk=world.unit["综合党群室"].pk).update(closed_on="2026-01-01")
    assert "综合党群室" not in login(world.lijianguo).get("/org/units/").content.decode()


def test_queries_do_not_grow(world, login):
    client = login(world.lijianguo)
    urls = ("/org/people/", "/org/units/", f"/org/units/{world.unit['注采一站'].pk}/")
    for url in urls:
        client.get(url)
    counts = []
    for number in (0, 1, 3):
        for extra in range(number):
            login_name = f"new{number}{extra}"
            make_person(world, f"新人{number}{extra}", login_name, world.unit["注采一站"], ("reporter", world.unit["注采一站"]))
            add_unit(
                world.area, code=login_name, name=f"新站{number}{extra}", kind="station", opened_on=SINCE, group=True, by=world.xitong.user
            )
        counts.append([count(client, url) for url in urls])
    assert counts == [counts[0]] * 3
    assert max(counts[0]) <= 12
