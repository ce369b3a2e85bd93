"""改派: one item or several, by leaders; measures, requests and tasks go along."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.actions import Refused
from ronghe.rectification import actions
from tests.rectification.cases import close_one, day, fresh, open_one, plan_one, prove_one, titles_of, user


def test_new_owner_takes_the_step_and_the_measures(world):
    item = actions.reassign_item(plan_one(world), owner=world.hejing, note="调岗", by=user(world.lijianguo))
    assert (item.owner, item.holder) == (world.hejing, world.hejing)
    assert item.measures.get().responsible == world.hejing
    assert titles_of(world.liuhaitao) == []
    assert titles_of(world.hejing) == [("整改", day(30))]


def test_new_verifier_takes_the_verification(world):
    item = actions.reassign_item(prove_one(world), verifier=world.wanghaitao, note="出差", by=user(world.lijianguo))
    assert (item.verifier, item.holder) == (world.wanghaitao, world.wanghaitao)
    assert [kind for kind, _due in titles_of(world.wanghaitao)] == ["整改验证"]
    assert titles_of(world.zhengshuang) == []


def test_request_goes_to_one_who_may_decide(world):
    item = plan_one(world, verifier="王海涛")
    row = actions.ask_move(item, new_due=day(40), reason="x", by=user(world.liuhaitao))
    assert row.approver == world.wanghaitao
    actions.reassign_item(item, owner=world.wanghaitao, verifier=world.zhengshuang, note="换", by=user(world.lijianguo))
    assert item.requests.get().approver == world.zhengshuang
    assert [kind for kind, _due in titles_of(world.zhengshuang)] == ["整改审批"]


@pytest.mark.parametrize(
    ("values", "field"), [({"owner": "郑爽"}, "verifier"), ({"owner": "韩冬"}, "owner"), ({"owner": "何静", "note": ""}, "note")]
)
def test_what_may_not_be(world, values, field):
    given = {"note": "x", **values, "owner": world.person[values["owner"]]}
    with pytest.raises(ValidationError) as problem:
        actions.reassign_item(plan_one(world), by=user(world.lijianguo), **given)
    assert list(problem.value.message_dict) == [field]


def test_no_change_and_ended_items_are_refused(world):
    with pytest.raises(Refused):
        actions.reassign_item(plan_one(world), owner=world.liuhaitao, note="x", by=user(world.lijianguo))
    with pytest.raises(Refused):
        actions.reassign_item(close_one(world), owner=world.hejing, note="x", by=user(world.lijianguo))


@pytest.mark.parametrize("name", ["刘海涛", "郑爽", "赵敏", "韩冬", "高明"])
def test_only_leaders(world, name):
    with pytest.raises(PermissionDenied):
        actions.reassign_item(plan_one(world), owner=world.hejing, note="x", by=user(world.person[name]))


def test_batch_says_what_it_left(world):
    one, two, ended = open_one(world), open_one(world, verifier="何静"), close_one(world)
    outcome = actions.reassign_items([one, two, ended], owner=world.hejing, note="调岗", by=user(world.lijianguo))
    assert outcome.done == [one.number]
    assert [text.split(":")[0] for text in outcome.left] == [two.number, ended.number]
    assert (fresh(one).owner, fresh(two).owner, fresh(ended).owner) == (world.hejing, world.liuhaitao, world.liuhaitao)


def test_pages(world, login):
    one, two = open_one(world), open_one(world)
    client = login(world.lijianguo)
    response = client.post("/rectification/batch/", {"do": "reassign", "item": [one.pk, two.pk], "once": "a"})
    assert response.url == f"/rectification/reassign/?item={one.pk}&item={two.pk}" or response.url.endswith(f"item={two.pk}&item={one.pk}")
    assert client.get(response.url).status_code == 200
    data = {"item": [one.pk, two.pk], "owner": world.hejing.pk, "note": "调岗", "once": "b"}
    assert client.post("/rectification/reassign/", data).status_code == 302
    assert fresh(one).owner == fresh(two).owner == world.hejing
    assert client.get(f"/rectification/{one.pk}/reassign/").status_code == 200


def test_items_of_another_area_are_not_reached(world, login):
    item = open_one(world)
    login(world.handong).post("/rectification/reassign/", {"item": [item.pk], "owner": world.handong.pk, "note": "x"})
    assert fresh(item).owner == world.liuhaitao
