"""The demo's figures: complete, well formed by SCORING.md, believable in their totals, and with the stories in them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from ronghe.portal.demo.batches import list_batches
from ronghe.portal.demo.catalogue import PACKS, read_indicators
from ronghe.portal.demo.entities import World
from ronghe.portal.demo.series import COLUMNS, Figure, Series, build_series, write_rows
from ronghe.portal.demo.stories import find_storm_month
from ronghe.portal.demo.world import build_world
from tests.portal.demo.oracle import total_unit

TODAY = date(2026, 11, 23)
DAYS = [TODAY, date(2027, 1, 3), date(2027, 2, 1), date(2028, 2, 29), date(2026, 12, 31)]
EXEMPT = {"promises", "appeals", "supervision", "onsite"}


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(TODAY)


@pytest.fixture(scope="module")
def series(world: World) -> Series:
    return build_series(world)


@pytest.fixture(scope="module")
def scheme() -> dict[str, Any]:
    return tomllib.loads(Path(PACKS / "scheme-group-station.toml").read_text(encoding="utf-8"))


def group_rows(figures: list[Figure]) -> dict[tuple[str, str], dict[str, Figure]]:
    rows: dict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
    for row in figures:
        rows[row.unit, row.period][row.indicator] = row
    return rows


def test_two_calls_give_the_same_figures(world: World, series: Series) -> None:
    assert build_series(build_world(TODAY)) == series


def test_every_unit_has_the_indicators_of_its_track_for_24_months(world: World, series: Series) -> None:
    rows = group_rows(series.figures)
    periods = sorted({period for _, period in rows})

    assert len(periods) == 24
    assert periods[-1] == "2026-10"
    for unit in world.list_units():
        codes = [row.code for row in read_indicators() if row.applies_to(unit.track)]
        for period in periods:
            assert list(rows[unit.code, period]) == codes
    assert len(series.figures) == len({(row.unit, row.period, row.indicator) for row in series.figures})


def test_figures_satisfy_the_column_rules(series: Series) -> None:
    indicators = {row.code: row for row in read_indicators()}
    for row in series.figures:
        indicator = indicators[row.indicator]
        assert re.fullmatch(r"\d{4}-\d{2}", row.period)
        for number in (row.actual, row.target, row.base):
            if number is None:
                continue
            assert re.fullmatch(r"\d{1,12}(\.\d{1,6})?", str(number)), row
            assert number == round(number, indicator.decimals), row
        if indicator.kind in ("count", "veto"):
            assert row.actual == int(row.actual or 0)
        assert (row.target is not None) == indicator.needs_target
        if not row.remark:
            assert (row.base is not None) == indicator.needs_base, row


def test_rows_of_the_figures_file(series: Series) -> None:
    header, first, *_ = write_rows(series.list_figures("A1", "2026-10"))

    assert header == COLUMNS
    assert first[:4] == ("A1-CY1", "production", "2026-10", "org_life")


@pytest.mark.parametrize("today", DAYS)
def test_figures_are_plausible_by_the_handbook(today: date) -> None:
    ranges = {
        row["code"]: (row["low"], row["high"])
        for row in tomllib.loads((PACKS / "indicators.toml").read_text(encoding="utf-8"))["indicator"]
    }
    for row in build_series(build_world(today)).figures:
        low, high = ranges[row.indicator]
        assert row.actual is None or low <= row.actual <= high, row


@pytest.mark.parametrize("today", [TODAY, date(2028, 3, 1)])
def test_totals_are_believable(scheme: dict[str, Any], today: date) -> None:
    rows = group_rows(build_series(build_world(today)).figures)
    finals = {key: float(total) for key, unit in rows.items() for total, final, _ in [total_unit(scheme, unit)] if final}
    means = {unit: mean(t for (u, _), t in finals.items() if u == unit) for unit, _ in finals}

    assert sum(75 <= total <= 101 for total in finals.values()) / len(finals) > 0.97
    assert min(finals.values()) >= 60
    assert all(80 <= value <= 97 for value in means.values()), means
    assert max(means.values()) - min(means.values()) > 6
    assert means["A1-CY6"] == min(value for unit, value in means.items() if unit.startswith("A1-CY"))
    # No month in which nearly everybody is excellent, or nobody.
    excellent = sum(total >= 92 for total in finals.values()) / len(finals)
    assert 0.25 < excellent < 0.65


def test_the_station_that_is_strong_in_business_is_weak_in_party_work(scheme: dict[str, Any], series: Series) -> None:
    rows = group_rows(series.figures)
    party: dict[str, list[float]] = defaultdict(list)
    business: dict[str, list[float]] = defaultdict(list)
    for (unit, _), figures in rows.items():
        dimensions = total_unit(scheme, figures)[2]
        business[unit].append(float(dimensions.pop("foundation")))
        party[unit].append(float(sum(dimensions.values())))

    assert mean(business["A1-CY3"]) > mean(business["A1-CY2"])
    assert mean(party["A1-CY3"]) < mean(party["A1-CY2"]) - 2


def test_the_stories_are_in_the_figures(scheme: dict[str, Any], series: Series) -> None:
    rows = group_rows(series.figures)
    storm = rows["A1-CY2", f"{find_storm_month(TODAY):%Y-%m}"]
    spill = rows["A1-CY6", "2026-04"]
    late = rows["A1-CY5", "2026-07"]
    spike = rows["A1-CY3", "2026-09"]["unit_cost"]
    assert storm["oil"].actual
    assert storm["oil"].target
    assert spike.actual
    assert spike.target

    assert storm["oil"].actual < storm["oil"].target * Decimal("0.9")
    assert "停电" in storm["oil"].remark
    assert spill["pollution"].actual == 1
    assert total_unit(scheme, spill)[0] <= 70
    assert late["utilisation"].actual is None
    assert not total_unit(scheme, late)[1]
    assert spike.actual > spike.target * Decimal("1.3")
    assert rows["A1-CY3", "2026-03"]["leavers"].actual == 1


def test_only_what_may_be_empty_is_empty(series: Series) -> None:
    empty = Counter(row.indicator for row in series.figures if row.actual is None and not row.remark)

    assert set(empty) <= EXEMPT


def test_an_approved_relief_lowers_the_target(series: Series) -> None:
    targets = {(row.unit, row.period, row.indicator): row for row in series.targets}

    assert {row.state for row in series.exemptions} == {"approved", "asked"}
    for exemption in series.exemptions:
        target = targets[exemption.unit, exemption.period, exemption.indicator]
        assert target.planned == exemption.planned
        assert target.value == (exemption.adjusted if exemption.state == "approved" else exemption.planned)


def test_targets_reach_the_end_of_the_year(series: Series) -> None:
    assert max(row.period for row in series.targets) == "2026-12"


@pytest.mark.parametrize("today", DAYS)
def test_batches_cover_every_source_and_no_one_reviews_their_own(today: date) -> None:
    world = build_world(today)
    batches = list_batches(world)
    last = [row for row in batches if row.area == "A1" and row.period == max(b.period for b in batches if b.state != "open")]

    assert Counter(row.state for row in last) == {"confirmed": 16, "submitted": 1, "returned": 1}
    assert len({(row.area, row.period, row.reported_by, row.unit) for row in batches}) == len(batches)
    for row in batches:
        assert row.reporter != row.reviewer
        assert (row.reviewer != "") == (row.state in ("confirmed", "returned"))
        assert row.submitted_on is None or row.submitted_on <= today
    assert {row.state for row in batches if row.period == f"{today:%Y-%m}"} == {"open"}
