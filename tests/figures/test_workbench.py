from ronghe.figures.actions.batches import start_correction
from ronghe.figures.queries.panel import build_panel
from tests.figures.factories import confirm_station, make_period, save_station, submit_station


def missing(person):
    from django.contrib.auth import get_user_model

    panel = build_panel(get_user_model().objects.get(pk=person.user.pk))
    return [(line.unit.name, line.missing, line.asked) for line in panel["lines"]] if panel else None


def test_a_reporter_sees_what_is_owed(world, period, indicators):
    assert missing(world.hejing) == [("注采一站", 4, 4)]
    assert missing(world.songwen) == [("综合党群室", 6, 6)]
    assert missing(world.liuhaitao) is None
    assert missing(world.lijianguo) is None


def test_what_is_handed_in_is_owed_no_more(world, period, indicators):
    save_station(world, period, indicators, oil=1)
    assert missing(world.hejing) == [("注采一站", 4, 4)]
    submit_station(world, period, indicators, oil=1, cost=2)
    assert missing(world.hejing) == [("注采一站", 2, 4)]


def test_a_complete_month_is_gone_also_during_a_correction(world, period, indicators):
    batch = confirm_station(world, period, indicators)
    assert missing(world.hejing) is None
    start_correction(batch, reason="抄错", by=world.hejing.user)
    assert missing(world.hejing) is None


def test_closed_months_are_not_shown(world, indicators):
    make_period(world, opens=-20, due=-10, closes=-5)
    assert missing(world.hejing) is None


def test_the_workbench_stays_within_its_queries(world, period, indicators, login, django_assert_max_num_queries):
    client = login(world.hejing)
    client.get("/")
    with django_assert_max_num_queries(12):
        client.get("/")
