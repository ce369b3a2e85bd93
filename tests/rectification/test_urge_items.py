"""催办: one message to a person for all chosen items, at most once a working day."""

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.common.actions import Refused
from ronghe.rectification import actions
from tests.rectification.cases import close_one, day, notices_of, open_one, prove_one, user


def urged(person):
    return [title for title in notices_of(person) if title.startswith("催办")]


def test_one_message_for_all_the_items_of_a_person(world):
    items = [open_one(world), open_one(world, title="另一件"), prove_one(world)]
    outcome = actions.urge_items(items, by=user(world.lijianguo))
    assert (sorted(outcome.done), outcome.left) == (["刘海涛", "郑爽"], [])
    assert urged(world.liuhaitao) == [f"催办:您有 2 项整改待办,最早的一项 {items[0].step_due} 到期"]
    assert len(urged(world.zhengshuang)) == 1


def test_not_twice_in_a_working_day(world):
    item = open_one(world)
    actions.urge_items([item], by=user(world.lijianguo))
    outcome = actions.urge_items([open_one(world)], by=user(world.zhengshuang))
    assert (outcome.done, outcome.left) == ([], ["刘海涛"])
    assert len(urged(world.liuhaitao)) == 1


def test_ended_items_and_oneself_are_not_urged(world):
    with pytest.raises(Refused):
        actions.urge_items([close_one(world)], by=user(world.lijianguo))
    with pytest.raises(Refused):
        actions.urge_items([open_one(world, owner="李建国")], by=user(world.lijianguo))


@pytest.mark.parametrize("name", ["刘海涛", "何静", "赵敏", "韩冬", "高明"])
def test_only_leaders_and_the_discipline_group(world, name):
    with pytest.raises(PermissionDenied):
        actions.urge_items([open_one(world)], by=user(world.person[name]))


def test_page_urges_and_goes_back_to_the_filtered_list(world, login):
    item = open_one(world)
    client = login(world.lijianguo)
    for _again in range(2):
        response = client.post("/rectification/batch/", {"do": "urge", "item": [item.pk], "once": "k", "back": "/rectification/?light=y"})
        assert (response.status_code, response.url) == (302, "/rectification/?light=y")
    assert len(urged(world.liuhaitao)) == 1
    assert client.post("/rectification/batch/", {"do": "urge", "item": [item.pk], "back": "https://x.example/"}).url == "/rectification/"
    assert day(0) is not None
