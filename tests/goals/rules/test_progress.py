from datetime import date
from decimal import Decimal

import pytest

from ronghe.goals.rules.progress import Node, count_done, join_lights, judge_milestones, judge_number

D = Decimal
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("actual", "target", "direction", "light"),
    [
        ("100", "100", "up", "green"),
        ("95", "100", "up", "yellow"),
        ("94.99", "100", "up", "red"),
        ("100", "100", "down", "green"),
        ("105", "100", "down", "yellow"),
        ("105.01", "100", "down", "red"),
        ("-1", "0", "up", "red"),
        ("1", "0", "down", "red"),
        ("0", "0", "down", "green"),
        ("-105", "-100", "up", "yellow"),
        (None, "1", "up", ""),
        ("1", None, "up", ""),
    ],
)
def test_light_of_a_number(actual, target, direction, light):
    assert judge_number(D(actual) if actual else None, D(target) if target else None, direction) == light


@pytest.mark.parametrize(
    ("nodes", "light", "done"),
    [
        ([], "", 0),
        ([(22, None)], "red", 0),
        ([(23, None)], "yellow", 0),
        ([(30, None)], "yellow", 0),
        ([(10, date(2026, 11, 12)), (30, None)], "yellow", 50),
        ([(10, date(2026, 11, 12))], "done", 100),
    ],
)
def test_light_of_milestones(nodes, light, done):
    given = [Node(date(2026, 11, day), done_on) for day, done_on in nodes]
    assert (judge_milestones(given, DAY), count_done(given)) == (light, done)


def test_far_milestones_are_green_and_shares_count():
    nodes = [Node(date(2026, 12, 31), None, D(75)), Node(date(2026, 12, 1), DAY, D(25))]
    assert (judge_milestones(nodes, DAY), count_done(nodes)) == ("green", D(25))


def test_the_worst_light_counts():
    assert [join_lights(lights) for lights in ([], ["", ""], ["green", "red"], ["done", "yellow"], ["done"])] == [
        "",
        "",
        "red",
        "yellow",
        "done",
    ]
