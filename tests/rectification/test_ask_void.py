"""认定不成立: no item vanishes; a wrongly opened one is ended by a second person, with the reason."""

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.common.calendar import today
from ronghe.rectification import actions
from ronghe.rectification.models import Item
from tests.rectification.cases import day, fresh, open_one, prove_one, titles_of, user


def test_owner_asks_and_the_verifier_agrees(world):
    item = open_one(world)
    row = actions.ask_void(item, reason="表读错了", by=user(world.liuhaitao))
    assert (row.approver, fresh(item).state) == (world.zhengshuang, "open")
    actions.decide_request(row, approved=True, note="属实", by=user(world.zhengshuang))
    item = fresh(item)
    assert (item.state, item.ended_by, item.ended_on, item.holder) == ("void", world.zhengshuang, today(), None)
    assert titles_of(world.liuhaitao) == titles_of(world.zhengshuang) == []
    assert Item.objects.filter(pk=item.pk).exists()


def test_verifier_who_asks_leaves_it_to_a_leader(world):
    row = actions.ask_void(open_one(world), reason="x", by=user(world.zhengshuang))
    assert row.approver == world.lijianguo
    with pytest.raises(Exception, match="不能批准自己的申请"):
        actions.decide_request(row, approved=True, by=user(world.zhengshuang))


def test_leader_who_asks_does_not_decide(world):
    row = actions.ask_void(open_one(world), reason="x", by=user(world.lijianguo))
    with pytest.raises(Exception, match="不能批准自己的申请"):
        actions.decide_request(row, approved=True, by=user(world.lijianguo))


def test_declined_leaves_the_item_as_it_was(world):
    item = open_one(world)
    row = actions.ask_void(item, reason="x", by=user(world.liuhaitao))
    actions.decide_request(row, approved=False, note="问题属实", by=user(world.zhengshuang))
    assert (fresh(item).state, fresh(item).holder) == ("open", world.liuhaitao)


def test_waiting_proof_is_let_go(world):
    item = prove_one(world)
    row = actions.ask_void(item, reason="x", by=user(world.liuhaitao))
    actions.decide_request(row, approved=True, by=user(world.wanghaitao))
    assert item.proofs.get().verdict == "dropped"


@pytest.mark.parametrize("name", ["孙丽华", "何静", "韩冬", "高明", "审计管理员"])
def test_others_do_not_ask(world, name):
    with pytest.raises(PermissionDenied):
        actions.ask_void(open_one(world), reason="x", by=user(world.person[name]))


def test_same_problem_after_it_is_a_new_item(world):
    item = open_one(world, key="a")
    row = actions.ask_void(item, reason="x", by=user(world.liuhaitao))
    actions.decide_request(row, approved=True, by=user(world.zhengshuang))
    assert open_one(world, key="a") != item


def test_page(world, login):
    item = open_one(world)
    data = {"version": item.version, "reason": "表读错了", "once": "k"}
    assert login(world.liuhaitao).post(f"/rectification/{item.pk}/void/", data).status_code == 302
    assert item.requests.get().reason == "表读错了"
    assert day(0) == today()


def test_rows_are_never_deleted(world, login):
    from django.urls import get_resolver

    names = [name for name in get_resolver().namespace_dict["rectification"][1].reverse_dict if isinstance(name, str)]
    assert not [name for name in names if "delete" in name]
