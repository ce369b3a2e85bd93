"""组织生活按期完成率 is entered once: what the meetings' records say stands in the form and the sheet of whoever reports it."""

from datetime import date
from decimal import Decimal

import pytest

from ronghe.common.calendar import now
from ronghe.common.registry import find_prefills
from ronghe.figures.actions.batches import save_batch
from ronghe.figures.grids import build_grid, name_field
from ronghe.figures.queries.asked import load_form
from ronghe.figures.queries.batches import describe_figures
from ronghe.figures.rules import Entry
from ronghe.figures.sheets import make_template, read_upload
from ronghe.meetings.models import Item, Kind, Meeting
from tests.figures.factories import make_indicators, make_period
from tests.meetings import cases

pytestmark = pytest.mark.django_db


def held(world, code, unit, day):
    """A meeting that was held on the day, with a result."""
    meeting = Meeting.objects.create(
        area=world.area, unit=unit, kind=cases.kind(world, code), kind_code=code, title=f"{unit.name}{day}{code}", held_on=day,
        presider=world.liuhaitao, recorder=world.hejing, state="closed",
    )  # fmt: skip
    Item.objects.create(
        area=world.area, unit=unit, kind_code=code, meeting=meeting, title="学习", matter_class="info", proposed_by=world.liuhaitao,
        state="noted", resolution="形成两条待办", decided_at=now(),
    )  # fmt: skip
    return meeting


@pytest.fixture
def asked(world):
    """A month that is asked, and in the first group's records one of what it owed."""
    cases.prepare(world)
    Kind.objects.filter(area=world.area).update(valid_from=date(2020, 1, 1))
    world.indicators = make_indicators(world)
    world.period = make_period(world)
    year, month = (int(part) for part in world.period.period.split("-"))
    world.owed = 3 if month % 3 == 0 else 2  # 党小组会, 主题党日, and at a quarter's end the branch's 党课
    held(world, "group", world.unit["注采一站"], date(year, month, 15))
    return world


def open_form(world):
    return load_form(world.period, world.unit["综合党群室"])


def find_cell(form, name):
    return next(cell for row in build_grid(form).rows for cell in row.cells if cell is not None and cell.name == name)


def test_rate_is_offered_in_the_form_with_where_it_comes_from(asked):
    form = open_form(asked)
    cell = (asked.unit["注采一站"].pk, asked.indicators["org_life"].pk)
    wanted = {2: Decimal("50.0"), 3: Decimal("33.3")}[asked.owed]
    assert form.offered[cell].value == wanted
    shown = find_cell(form, name_field(cell))
    assert Decimal(shown.value) == wanted
    assert f"按会议记录:应开 {asked.owed} 次,按期 1 次" in shown.hint


def test_rate_is_filled_into_the_sheet(asked):
    form = open_form(asked)
    cell = (asked.unit["注采一站"].pk, asked.indicators["org_life"].pk)
    reading = read_upload(open_form(asked), make_template(form), "表.xlsx")
    values = {(row.unit, row.indicator): row.value for row in reading.cells if row.field == "actual"}
    assert values[asked.unit["注采一站"].code, "org_life"] == form.offered[cell].value


def test_what_was_drafted_is_not_overwritten(asked):
    cell = (asked.unit["注采一站"].pk, asked.indicators["org_life"].pk)
    save_batch(asked.period, asked.area, entries=[Entry(*cell, Decimal(88), "", "")], source="grid", by=asked.zhaomin.user)
    form = load_form(asked.period, asked.area)
    assert cell not in form.offered
    shown = find_cell(form, name_field(cell))
    assert (shown.value, shown.level) == ("88", "warn")
    assert shown.problem.startswith(f"与记录不符:按会议记录:应开 {asked.owed} 次,按期 1 次")
    (line,) = describe_figures(form.batch, asked.zhaomin.user)
    assert (line.is_doubtful, [one.partition(":")[0] for one in line.remarks if "记录" in one]) == (True, ["与记录不符"])


def test_nothing_is_offered_where_no_meetings_are_kept(world):
    rows = make_indicators(world)
    assert find_prefills(world.area.pk, "2026-09", rows.values()) == {}
