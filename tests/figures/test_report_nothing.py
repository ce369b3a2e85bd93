"""「—」 in a cell: there is nothing to report this month. Answered, so nobody is urged; scored by the scheme's missing policy."""

from decimal import Decimal

import pytest

from ronghe.figures import reading
from ronghe.figures.actions.adjustments import decide_adjustment
from ronghe.figures.actions.reviews import confirm_batch
from ronghe.figures.models import Batch, Figure
from ronghe.figures.queries import collect_inputs
from ronghe.figures.queries.asked import load_form
from ronghe.figures.queries.panel import count_done
from ronghe.figures.queries.progress import list_outstanding, load_board
from ronghe.figures.sheets import list_entries
from ronghe.worklist.models import Task
from tests.figures.factories import FULL, confirm_station, month, submit_station
from tests.figures.test_adjustments import ask
from tests.figures.test_fill_form import fill


@pytest.fixture
def station(world):
    return world.unit["注采一站"]


@pytest.fixture
def address(period, station):
    return f"/figures/periods/{period.pk}/units/{station.pk}/"


def of_board(period, unit):
    return next((row.state, row.progress.missing) for row in load_board(period).rows if row.unit == unit)


def test_a_dash_hands_the_month_in_whole(world, login, period, station, indicators, address):
    client = login(world.hejing)
    assert (
        client.post(address, {**fill(station, indicators, oil="1200", cost="—", rectify="98.5", accident="0"), "submit": "1"}).status_code
        == 302
    )
    batch = Batch.objects.get()
    assert batch.figures.get(indicator__code="cost").note == "无数可报"
    assert of_board(period, station) == ("submitted", 0)
    assert [task.kind for task in Task.objects.open().filter(owner=world.hejing)] == []
    confirm_batch(batch, by=world.qianjin.user)
    assert of_board(period, station) == ("confirmed", 0)
    assert station.pk not in list_outstanding(period)
    assert count_done(frozenset({station.pk}), {month()}) == {(station.pk, month()): 4}
    assert [row["actual"] for row in collect_inputs(world.area, month(), ["cost"]) if row["unit"] == station.code] == [None]


def test_the_dash_is_shown_again_and_goes_when_it_is_taken_away(world, login, period, station, indicators, address):
    client = login(world.hejing)
    client.post(address, fill(station, indicators, cost="无"))
    page = client.get(address).content.decode()
    assert 'value="—"' in page
    batch = Batch.objects.get()
    client.post(address, fill(station, indicators, seen=f"{batch.pk}:{batch.version}", once="k2", cost=""))
    assert Figure.objects.get().note == ""
    assert of_board(period, station) == ("draft", 4)


def test_ones_own_words_stay(world, login, period, station, indicators, address):
    note = {f"n-{station.pk}-{indicators['cost'].pk}": "本月未结算"}
    login(world.hejing).post(address, {**fill(station, indicators, cost="—"), **note})
    assert Figure.objects.get().note == "本月未结算"


def test_a_sheet_with_a_dash(world, period, station, indicators):
    form = load_form(period, station)
    data = "单位,原油产量,单位操作成本,隐患整改率\n注采一站,1200,—,\n".encode()
    found = reading.read_sheet(data, "表.csv", _request(form))
    entries = {entry.indicator_id: (entry.actual, entry.note) for entry in list_entries(found, form)}
    assert entries == {indicators["oil"].pk: (Decimal(1200), ""), indicators["cost"].pk: (None, "无数可报")}
    assert [blank.indicator for blank in found.blanks] == ["rectify", "accident"]


def test_a_dash_leaves_what_the_draft_holds(world, login, period, station, indicators, address):
    login(world.hejing).post(address, fill(station, indicators, cost="612.5"))
    form = load_form(period, station)
    found = reading.read_sheet("单位,单位操作成本\n注采一站,—\n".encode(), "表.csv", _request(form))
    assert [(entry.actual, entry.note) for entry in list_entries(found, form)] == [(Decimal("612.5"), "")]


def test_a_figure_that_comes_later_counts_once(world, period, station, indicators):
    submit_station(world, period, indicators, oil=1200, rectify=98, accident=0)
    batch = Batch.objects.get()
    batch.figures.create(area=world.area, unit=station, indicator=indicators["cost"], period=month(), note="无数可报", version=1)
    confirm_batch(batch, by=world.qianjin.user)
    assert load_form(period, station).missing == []
    confirm_station(world, period, indicators, cost=600)
    assert count_done(frozenset({station.pk}), {month()}) == {(station.pk, month()): 4}
    assert of_board(period, station) == ("confirmed", 0)


def test_what_is_exempted_is_asked_no_longer(world, period, station, indicators):
    submit_station(world, period, indicators, **{code: value for code, value in FULL.items() if code != "oil"})
    assert of_board(period, station) == ("submitted", 1)
    decide_adjustment(ask(world, indicators), approve=True, note="", by=world.chenxiaoyan.user)
    assert of_board(period, station) == ("submitted", 0)
    assert list(Task.objects.open().filter(owner=world.hejing, kind="填报")) == []


def _request(form):
    from ronghe.figures.sheets import build_request

    return build_request(form, {}, with_targets=False)
