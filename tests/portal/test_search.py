"""Search: people by pinyin initials, units, indicators, batches; nothing of the other area, nothing for who may not read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.common.pinyin import index_name
from ronghe.org.models import Person, Unit
from tests.figures.factories import make_indicators, make_period, submit_station


@pytest.fixture
def found(world, login):
    """found(login name, query) → titles of the hits. Names are indexed as the product does it."""
    for row in [*Person.objects.all(), *Unit.objects.all()]:
        type(row).objects.filter(pk=row.pk).update(pinyin=index_name(row.name))

    def ask(name, query):
        answer = login(getattr(world, name)).get("/search/", {"q": query})
        assert answer.status_code == 200
        return [hit.title for group in answer.context["groups"] for hit in group.hits]

    return ask


def test_person_by_initials_syllables_name_and_number(world, found):
    assert [found("lijianguo", query) for query in ("lht", "liuhaitao", "刘海", "LHT", world.liuhaitao.number)] == [["刘海涛"]] * 5


def test_initials_of_another_reading(world, found):
    Person.objects.filter(pk=world.wutong.pk).update(name="单田芳", pinyin=index_name("单田芳"))
    assert ["单田芳" in found("lijianguo", query) for query in ("stf", "dtf", "ctf")] == [True, True, True]


def test_unit_by_name_alias_code_and_initials(world, found):
    assert [found("lijianguo", query) for query in ("注采一", "a1-s1", "zcyz")] == [["注采一站"]] * 3


def test_indicator_and_batch(world, found):
    indicators = make_indicators(world)
    batch = submit_station(world, make_period(world), indicators)
    assert found("lijianguo", "原油产量") == ["原油产量"]
    assert batch.number in " ".join(found("lijianguo", batch.number))


def test_nothing_of_the_other_area(world, found):
    indicators = make_indicators(world)
    batch = submit_station(world, make_period(world), indicators)
    assert [found("handong", query) for query in ("lht", "刘海涛", "注采一站", "原油产量", batch.number)] == [[]] * 5
    assert [found("lijianguo", query) for query in ("韩冬", "二区采油站")] == [[]] * 2


def test_who_left_is_not_found(world, found):
    Person.objects.filter(pk=world.wutong.pk).update(left_on="2026-01-01")
    assert found("lijianguo", "吴桐") == []


def test_administrators_find_no_business(world, found):
    make_indicators(world)
    assert [found(name, query) for name in ("xitong", "anquan", "shenji") for query in ("原油产量", "刘海涛")] == [[]] * 6


@pytest.mark.parametrize("query", ["", " ", "%", "_", "'; drop table", "\\", "a" * 500, "😀"])
def test_odd_queries_find_nothing_and_break_nothing(world, found, query):
    assert found("lijianguo", query) == []


def test_queries_do_not_grow_with_hits(world, login):
    client = login(world.lijianguo)
    counts = []
    for number in (1, 1, 3):
        for extra in range(number):
            Person.objects.create(
                name=f"查找人{extra}", number=f"C{len(counts)}{extra}", unit=world.area, area=world.area, pinyin="chazhaoren czr"
            )
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": "czr"})
        counts.append(len(queries))
    assert counts[1] == counts[2]
