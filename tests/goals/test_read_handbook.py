"""The handbook is read by all of the area and by the committee above; figures and targets are not."""

import pytest

from tests.figures.factories import make_indicator


@pytest.fixture
def handbook(world):
    return make_indicator(world.area, "oil", "原油产量"), make_indicator(world.other, "water", "注水量")


def test_committee_reads_the_handbook_of_each_area_below(login, world, handbook):
    client = login(world.gaoming)
    pages = {area.pk: client.get(f"/goals/?area={area.pk}").content.decode() for area in (world.area, world.other)}
    assert [[row.name in page for row in handbook] for page in pages.values()] == [[True, False], [False, True]]
    assert [client.get(f"/goals/{row.pk}/").status_code for row in handbook] == [200, 200]
    assert client.get("/goals/targets/").status_code == 403


def test_a_station_reads_its_own_areas_alone(login, world, handbook):
    client = login(world.hejing)
    assert [client.get(f"/goals/{row.pk}/").status_code for row in handbook] == [200, 404]
    assert client.get(f"/goals/?area={world.other.pk}").status_code == 404


def test_nobody_changes_it_from_above(login, world, handbook):
    client = login(world.gaoming)
    assert client.get("/goals/new/").status_code == 403
    assert "新增" not in client.get("/goals/").content.decode()
