"""完成措施: by whoever carries it out or by the owner; taken back before a proof is filed."""

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.rectification import actions
from ronghe.rectification.actions import Planned
from tests.rectification.cases import day, open_one, plan_one, prove_one, titles_of, user


def make_measure(world):
    item = open_one(world, measures=[Planned("培训", world.wutong, day(5))], cause="x")
    return item.measures.get()


@pytest.mark.parametrize("name", ["吴桐", "刘海涛"])
def test_responsible_or_owner_finishes(world, name):
    measure = actions.finish_measure(make_measure(world), by=user(world.person[name]))
    assert (measure.done_on, measure.done_by) == (today(), world.person[name])
    assert titles_of(world.wutong) == []


@pytest.mark.parametrize("name", ["李建国", "郑爽", "何静", "孙丽华", "韩冬"])
def test_others_do_not(world, name):
    with pytest.raises(PermissionDenied):
        actions.finish_measure(make_measure(world), by=user(world.person[name]))


def test_twice_is_refused(world):
    measure = make_measure(world)
    actions.finish_measure(measure, by=user(world.wutong))
    with pytest.raises(Refused):
        actions.finish_measure(measure, by=user(world.wutong))


def test_taken_back_it_is_due_again(world):
    measure = make_measure(world)
    actions.finish_measure(measure, by=user(world.wutong))
    assert actions.resume_measure(measure, by=user(world.liuhaitao)).done_on is None
    assert titles_of(world.wutong) == [("整改措施", day(5))]


def test_not_taken_back_once_proof_is_filed(world):
    item = prove_one(world)
    with pytest.raises(Refused):
        actions.resume_measure(item.measures.get(), by=user(world.liuhaitao))


def test_button_finishes_once(world, login):
    item = plan_one(world)
    measure = item.measures.get()
    client = login(world.liuhaitao)
    for _again in range(2):
        response = client.post(f"/rectification/{item.pk}/measures/{measure.pk}/finish/", {"once": "k", "from": "proof"})
        assert (response.status_code, response.url) == (302, f"/rectification/{item.pk}/proof/")
    measure.refresh_from_db()
    assert measure.done_by == world.liuhaitao
