"""导览: each role its own at the first log-in, never again unless it is asked for; a new post brings its tour."""

import pytest

from ronghe.accounts.models import User
from ronghe.opening.tours import DEPUTIES, ORDER, TOURS, find_role, is_tour_due, list_stops
from ronghe.org.kinds import POST_TITLES
from tests.people import appoint

ROLES = {
    "lijianguo": "branch_secretary", "wanghaitao": "area_manager", "chenxiaoyan": "deputy_business", "liuhaitao": "station_chief",
    "hejing": "reporter", "zhaomin": "indicator_admin", "qianjin": "reviewer", "zhengshuang": "discipline_member", "wutong": "staff",
    "gaoming": "upper_committee", "xitong": "system_admin", "anquan": "security_admin", "shenji": "audit_admin",
}  # fmt: skip


def reload(person):
    return User.objects.get(pk=person.user_id)


def test_every_post_has_a_tour():
    assert set(ORDER) == set(POST_TITLES)
    assert [kind for kind in ORDER if kind not in TOURS and kind not in DEPUTIES] == []
    assert {"deputy", "office"} <= set(TOURS)


@pytest.mark.django_db
def test_each_role_is_led_where_it_may_go(world, login):
    for name, role in ROLES.items():
        person = getattr(world, name)
        user = reload(person)
        assert (find_role(user), is_tour_due(user)) == (role, True), name
        stops = list_stops(user)
        wanted = TOURS["deputy" if role in DEPUTIES else role]
        assert [stop.title for stop in stops[: len(wanted)]] == [stop.title for stop in wanted], f"{name} may not open a page of the tour"
        assert all(str(stop.text) for stop in stops)


def test_the_head_of_an_office_has_another_than_a_station_chief(world):
    appoint(world.songwen, "station_chief", world.unit["综合党群室"])
    assert list_stops(reload(world.songwen))[0].title == TOURS["office"][0].title
    assert list_stops(reload(world.liuhaitao))[0].title == TOURS["station_chief"][0].title


def test_it_comes_once_and_again_only_when_asked_for(world, login):
    client = login(world.wutong)
    assert "data-tour=" in client.get("/").content.decode()
    body = client.get("/opening/tour/").json()
    assert body["stops"][0]["title"] == "欢迎"
    assert client.get("/opening/tour/seen/").status_code == 405
    assert client.post("/opening/tour/seen/").status_code == 204
    assert client.post("/opening/tour/seen/").status_code == 204
    assert reload(world.wutong).tours == ["staff"]
    assert "data-tour=" not in client.get("/").content.decode()
    assert "data-tour=" in client.get("/?tour=1").content.decode()
    appoint(world.wutong, "station_chief", world.unit["注采一站"])
    assert "data-tour=" in client.get("/").content.decode()
