from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.figures.actions.batches import save_batch, submit_batch
from ronghe.figures.models import Batch, Figure, ReportingPeriod
from tests.figures.factories import confirm_station, entry, make_period, save_station, submit_station


def test_a_draft_counts_for_nothing(world, period, indicators):
    batch = save_station(world, period, indicators, oil=1200)
    assert (batch.state, batch.number) == ("draft", f"{period.period.replace('-', '')}-a1-001")
    assert list(Figure.objects.values_list("actual", "in_force")) == [(Decimal(1200), False)]


def test_saving_again_goes_on_with_the_same_draft(world, period, indicators):
    first = save_station(world, period, indicators, oil=1200)
    second = save_station(world, period, indicators, oil=1300, cost=600)
    assert first.pk == second.pk
    assert {f.indicator.code: f.actual for f in second.figures.all()} == {"oil": Decimal(1300), "cost": Decimal(600)}
    changes = Entry.objects.filter(verb="保存草稿").first().changes
    assert changes == {"注采一站 原油产量": ["1200", "1300"], "注采一站 单位操作成本": ["", "600"]}


def test_saving_the_same_changes_nothing(world, period, indicators):
    first = save_station(world, period, indicators, oil=1200)
    assert save_station(world, period, indicators, oil=1200).version == first.version
    assert Entry.objects.filter(verb="保存草稿").count() == 1


def test_a_reporter_fills_the_own_row_only(world, period, indicators):
    other = world.unit["注采二站"]
    for unit, code in ((other, "oil"), (world.unit["注采一站"], "org_life")):
        with pytest.raises(Refused):
            save_batch(period, world.unit["注采一站"], entries=[entry(unit, indicators[code], 1)], source="grid", by=world.hejing.user)
    with pytest.raises(PermissionDenied):
        save_batch(period, other, entries=[entry(other, indicators["oil"], 1)], source="grid", by=world.hejing.user)
    assert Figure.objects.count() == 0


def test_an_office_fills_its_column_for_everybody(world, period, indicators):
    office = world.unit["综合党群室"]
    entries = [entry(unit, indicators["org_life"], 100) for unit in world.unit.values() if unit.area_id == world.area.pk]
    batch = save_batch(period, office, entries=entries, source="grid", by=world.songwen.user)
    assert batch.figures.count() == 5


def test_the_indicator_administrator_fills_everything(world, period, indicators):
    entries = [entry(world.unit["注采二站"], indicators["oil"], 5), entry(world.unit["注采三站"], indicators["org_life"], 100)]
    assert save_batch(period, world.area, entries=entries, source="long", by=world.zhaomin.user).figures.count() == 2


def test_nobody_else_writes(world, period, indicators):
    for person in (world.lijianguo, world.liuhaitao, world.qianjin, world.wutong, world.fengtao, world.xitong):
        with pytest.raises(PermissionDenied):
            save_station(world, period, indicators, by=person.user, oil=1)


def test_a_late_browser_sees_what_is_saved(world, period, indicators):
    station = world.unit["注采一站"]
    values = {"entries": [entry(station, indicators["oil"], 1)], "source": "grid", "by": world.hejing.user, "check_seen": True}
    first = save_batch(period, station, seen=None, **values)
    with pytest.raises(StaleForm) as caught:
        save_batch(period, station, seen=None, **{**values, "entries": [entry(station, indicators["oil"], 2)]})
    assert caught.value.current == first
    assert Figure.objects.get().actual == 1
    again = save_batch(period, station, seen=(first.pk, first.version), **{**values, "entries": [entry(station, indicators["oil"], 2)]})
    assert again.figures.get().actual == 2


def test_outside_the_dates_nothing_is_taken(world, indicators):
    closed = make_period(world, opens=-20, due=-10, closes=-5)
    with pytest.raises(Refused, match="不能填报"):
        save_station(world, closed, indicators, oil=1)


def test_a_draft_left_after_closing_is_not_submitted(world, period, indicators):
    batch = save_station(world, period, indicators, oil=1)
    ReportingPeriod.objects.update(opens_on="2026-01-01", due_on="2026-01-02", closes_on="2026-01-03")
    with pytest.raises(Refused):
        submit_batch(batch, by=world.hejing.user)


def test_what_waits_for_review_is_not_written(world, period, indicators):
    submit_station(world, period, indicators)
    with pytest.raises(Refused, match="撤回"):
        save_station(world, period, indicators, oil=5)


def test_confirmed_cells_are_not_overwritten_by_another_batch(world, period, indicators):
    confirm_station(world, period, indicators, oil=1200)
    with pytest.raises(Refused, match="更正"):
        save_station(world, period, indicators, oil=1300, cost=1)
    with pytest.raises(Refused, match="更正"):
        save_batch(period, world.area, entries=[entry(world.unit["注采一站"], indicators["oil"], 7)], source="long", by=world.zhaomin.user)
    rest = save_station(world, period, indicators, oil=1200, cost=600)
    assert [f.indicator.code for f in rest.figures.all()] == ["cost"]
    assert Batch.objects.count() == 2
