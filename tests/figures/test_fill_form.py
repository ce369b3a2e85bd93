"""Typing figures into the page."""

from decimal import Decimal

import pytest

from ronghe.figures.actions.batches import start_correction
from ronghe.figures.models import Batch, Figure
from tests.figures.factories import confirm_station, save_station, submit_station


@pytest.fixture
def station(world):
    return world.unit["注采一站"]


@pytest.fixture
def address(period, station):
    return f"/figures/periods/{period.pk}/units/{station.pk}/"


def fill(station, indicators, seen="", once="k1", **figures):
    """The fields of the page: fill(station, indicators, oil='1,200')."""
    return {"seen": seen, "once": once, **{f"v-{station.pk}-{indicators[code].pk}": text for code, text in figures.items()}}


def in_draft():
    return {figure.indicator.code: figure.actual for figure in Figure.objects.select_related("indicator")}


def test_what_people_really_type_is_read_as_in_a_sheet(world, login, station, indicators, address):
    typed = fill(station, indicators, oil="1.2万", cost="6１2.5", rectify="98.5%", accident="0")
    answer = login(world.hejing).post(address, typed)
    assert (answer.status_code, answer.url) == (302, address)
    assert in_draft() == {"oil": Decimal(12000), "cost": Decimal("612.5"), "rectify": Decimal("98.5"), "accident": Decimal(0)}


def test_a_wrong_cell_says_why_and_nothing_is_lost(world, login, station, indicators, address):
    answer = login(world.hejing).post(address, fill(station, indicators, oil="约1200", cost="600", accident="0.5"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有 2 处填写有误" in page
    assert 'value="约1200"' in page
    assert 'value="600"' in page
    assert "「约1200」不是可用的数字" in page
    assert Batch.objects.count() == 0


def test_an_unusual_figure_is_asked_about_not_refused(world, login, station, indicators, address):
    client = login(world.hejing)
    client.post(address, fill(station, indicators, oil="99999"))
    assert in_draft() == {"oil": Decimal(99999)}
    assert "超出常见范围 100 至 5000" in client.get(address).content.decode()


def test_saving_and_handing_in_is_one_press(world, login, station, indicators, address):
    answer = login(world.hejing).post(address, {**fill(station, indicators, oil="1200"), "submit": "1"})
    batch = Batch.objects.get()
    assert batch.state == "submitted"
    assert answer.url == f"/figures/batches/{batch.pk}/"


def test_pressing_twice_makes_one_batch(world, login, station, indicators, address):
    client = login(world.hejing)
    form = {**fill(station, indicators, oil="1200"), "submit": "1"}
    first, second = client.post(address, form), client.post(address, form)
    assert first.url == second.url
    assert Batch.objects.count() == 1


def test_two_browsers_the_late_one_sees_both(world, login, station, indicators, address):
    client = login(world.hejing)
    client.post(address, fill(station, indicators, oil="1200", cost="600"))
    late = client.post(address, fill(station, indicators, once="k2", oil="1300", cost="600"))
    page = late.content.decode()
    assert late.status_code == 422
    assert 'value="1300"' in page
    assert page.count("现已保存:1200") == 1
    assert "现已保存:600" not in page
    assert in_draft()["oil"] == 1200
    batch = Batch.objects.get()
    client.post(address, fill(station, indicators, seen=f"{batch.pk}:{batch.version}", once="k3", oil="1300", cost="600"))
    assert in_draft()["oil"] == 1300


def test_a_small_percentage_that_was_saved_is_not_asked_about_again(world, login, station, indicators, address):
    client = login(world.hejing)
    client.post(address, fill(station, indicators, rectify="0.5%"))
    batch = Batch.objects.get()
    again = client.post(address, fill(station, indicators, seen=f"{batch.pk}:{batch.version}", once="k2", rectify="0.5", oil="200"))
    assert again.status_code == 302
    assert in_draft() == {"rectify": Decimal("0.5"), "oil": Decimal(200)}


def test_cells_of_others_in_the_post_are_ignored(world, login, station, indicators, address):
    foreign = {f"v-{world.unit['注采二站'].pk}-{indicators['oil'].pk}": "1", f"v-{station.pk}-{indicators['org_life'].pk}": "1"}
    login(world.hejing).post(address, {**fill(station, indicators, oil="1200"), **foreign})
    assert in_draft() == {"oil": Decimal(1200)}


def test_notes_are_kept(world, login, station, indicators, address):
    login(world.hejing).post(address, {**fill(station, indicators, oil="1200"), f"n-{station.pk}-{indicators['oil'].pk}": "检泵两口"})
    assert Figure.objects.get().note == "检泵两口"


def test_what_waits_for_review_is_read_only(world, login, station, period, indicators, address):
    submit_station(world, period, indicators)
    client = login(world.hejing)
    page = client.get(address).content.decode()
    assert "readonly" in page
    assert 'name="submit"' not in page
    batch = Batch.objects.get()
    answer = client.post(address, fill(station, indicators, seen=f"{batch.pk}:{batch.version}", oil="1"))
    assert answer.status_code == 422


def test_confirmed_figures_are_read_only(world, login, station, period, indicators, address):
    confirm_station(world, period, indicators, oil=1200)
    login(world.hejing).post(address, fill(station, indicators, oil="5", cost="600"))
    assert Figure.objects.get(indicator=indicators["oil"]).actual == 1200
    assert Figure.objects.get(indicator=indicators["cost"]).actual == 600


def test_a_correction_opens_them_again(world, login, station, period, indicators, address):
    draft = start_correction(confirm_station(world, period, indicators), reason="抄错", by=world.hejing.user)
    client = login(world.hejing)
    answer = client.post(address, fill(station, indicators, seen=f"{draft.pk}:{draft.version}", oil="1300"))
    assert answer.status_code == 302
    assert draft.figures.get(indicator=indicators["oil"]).actual == 1300


def test_an_office_gets_a_table_of_stations(world, login, period, indicators):
    office = world.unit["综合党群室"]
    address = f"/figures/periods/{period.pk}/units/{office.pk}/"
    client = login(world.songwen)
    assert client.get(address).content.decode().count('inputmode="decimal"') == 6  # its column for five units, and its own 隐患整改率
    form = {
        "seen": "",
        "once": "k1",
        **{f"v-{world.unit[name].pk}-{indicators['org_life'].pk}": "100" for name in ("注采一站", "注采二站")},
    }
    client.post(address, form)
    assert Figure.objects.count() == 2


def test_the_page_takes_the_same_queries_with_and_without_a_draft(world, login, period, indicators, address, django_assert_max_num_queries):
    client = login(world.hejing)
    client.get(address)
    with django_assert_max_num_queries(20):
        client.get(address)
    save_station(world, period, indicators, oil=1, cost=2, rectify=99)
    with django_assert_max_num_queries(20):
        client.get(address)
