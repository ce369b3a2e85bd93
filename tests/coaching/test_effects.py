"""Whether a measure worked: the errors of the method over 500 seeded runs, regression to the mean, what it says of small samples."""

import numpy as np

from ronghe.coaching.queries.effects import build_effects
from ronghe.coaching.rules.effects import BETTER, NOTHING, UNSURE, WORSE, Effect, measure_effect, pool_effects, t95
from tests.coaching import cases

MONTHS = [f"{2025 + n // 12}-{n % 12 + 1:02d}" for n in range(19)]
START, RUNS, UNITS = 12, 500, 8


def draw(seed, shift=0.0, likeness=0.0, units=UNITS):
    """A track of units with their own levels, a month's common swing and chance of one; the unit with the worst chance in month 12 is
    picked, as a measure would pick it, and shifted from month 13 on."""
    rng = np.random.default_rng(seed)
    chance = rng.normal(size=(units, len(MONTHS)))
    for month in range(1, len(MONTHS)):
        chance[:, month] = likeness * chance[:, month - 1] + np.sqrt(1 - likeness**2) * chance[:, month]
    picked = int(chance[:, START].argmin())
    rates = 80 + rng.normal(size=(units, 1)) * 3 + rng.normal(size=(1, len(MONTHS))) * 2 + chance
    rates[picked, START + 1 :] += shift
    return {unit: dict(zip(MONTHS, map(float, row), strict=True)) for unit, row in enumerate(rates)}, picked


def share(words, **how):
    found = []
    for seed in range(RUNS):
        series, picked = draw(seed, **how)
        found.append(measure_effect(series, picked, months=MONTHS, trigger=MONTHS[START], start=MONTHS[START]).verdict)
    return sum(one in words for one in found) / RUNS


def test_no_true_effect_raises_few_alarms():
    assert share((BETTER, WORSE)) <= 0.08


def test_nor_where_a_month_resembles_the_one_before():
    assert share((BETTER, WORSE), likeness=0.5) <= 0.08


def test_a_shift_of_two_standard_deviations_over_six_months_is_found():
    assert share((BETTER,), shift=2.0) >= 0.9


def test_the_bad_month_itself_is_not_sold_as_an_effect():
    """One very bad month, then as before: the plain before/after would boast, the measure does not."""
    series = {0: dict.fromkeys(MONTHS, 80.0), 1: dict.fromkeys(MONTHS, 85.0), 2: dict.fromkeys(MONTHS, 90.0)}
    for unit, row in series.items():
        row.update({month: value + (0.5 if (place + unit) % 2 else -0.5) for place, (month, value) in enumerate(row.items())})
    series[0][MONTHS[START]] = 40.0
    effect = measure_effect(series, 0, months=MONTHS, trigger=MONTHS[START], start=MONTHS[START])
    assert abs(effect.effect) < 0.5
    assert effect.verdict == UNSURE


def test_what_the_whole_track_gained_is_no_effect():
    series, picked = draw(1)
    for row in series.values():
        for month in MONTHS[START + 1 :]:
            row[month] += 10
    effect = measure_effect(series, picked, months=MONTHS, trigger=MONTHS[START], start=MONTHS[START])
    assert effect.own > 8
    assert abs(effect.effect) < 2


def test_too_little_says_so():
    series, picked = draw(2)
    short = measure_effect(series, picked, months=MONTHS, trigger=MONTHS[START], start=MONTHS[-3])
    alone = measure_effect({picked: series[picked]}, picked, months=MONTHS, trigger=MONTHS[START], start=MONTHS[START])
    assert (short.verdict, short.after, short.effect, short.word) == (NOTHING, 2, None, "样本不够")
    assert (alone.verdict, alone.peers) == (NOTHING, 0)
    gaps = {unit: {month: value for month, value in row.items() if unit == picked or month != MONTHS[3]} for unit, row in series.items()}
    assert measure_effect(gaps, picked, months=MONTHS, trigger=MONTHS[START], start=MONTHS[START]).peers == 0


def test_points_of_t_lean_to_the_careful_side():
    assert [t95(freedom) for freedom in (1, 5, 11, 25, 1000)] == [12.706, 2.571, 2.228, 2.086, 1.980]


def test_kinds_are_pooled_by_how_sure_each_is():
    one = Effect(BETTER, 5, 1, 4.0, 2.0, 6.0, 6, 6, 5, 1.0)
    unsure = Effect(UNSURE, 1, 1, 0.0, -8.0, 8.0, 6, 6, 5, 4.0)
    pool = pool_effects([one, one, unsure, Effect(NOTHING)])
    assert (pool.count, pool.counted, pool.better) == (4, 3, 2)
    assert round(pool.effect, 2) == round((4 + 4 + 0 / 16) / (1 + 1 + 1 / 16), 2)
    assert pool_effects([one, one]).verdict == NOTHING
    assert pool_effects([]).count == 0


def test_the_page_compares_with_the_track_and_shows_names_only_to_whom_they_are_for(world, login):
    months = [(80, 82, 84)] * 6 + [(60, 82, 84)] + [(92, 82.5, 84)] * 4
    cases.publish_year(
        world, [tuple(value + (0.4 if n % 2 else 0) * (place + 1) for place, value in enumerate(row)) for n, row in enumerate(months)]
    )
    from datetime import date

    with cases.on(date(2026, 6, 20)):
        cases.adopt(world)
        measure = cases.decide(world, "help", period="2026-06", due=date(2026, 7, 20))
        cases.measures.carry_out_measure(measure, result="技术室帮了三周", by=cases.user(measure.owner))
    page = build_effects(cases.user(world.lijianguo), world.area.pk)
    (line,) = page.lines
    assert (line.word, line.title, page.kinds[0].label, page.kinds[0].counted) == ("有效果", "帮促计划(刘海涛)", "帮促计划", 1)
    assert float(line.effect) > 10
    assert build_effects(cases.user(world.zhaomin), world.area.pk).lines == []
    text = login(world.zhaomin).get("/coaching/effects/").content.decode()
    assert "帮促计划" in text
    assert "刘海涛" not in text
    assert "有效果" in login(world.liuhaitao).get(f"/coaching/{measure.pk}/").content.decode()
