"""延期: asked with a reason, decided by another, old and new dates kept."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.actions import Refused
from ronghe.rectification import actions
from ronghe.rectification.actions import Planned
from tests.rectification.cases import close_one, day, finish_all, fresh, open_one, plan_one, prove_one, titles_of, user


def ask(world, item, **values):
    return actions.ask_move(item, by=user(world.liuhaitao), **{"new_due": day(45), "reason": "等配件", **values})


def test_verifier_is_asked_and_the_date_stays(world):
    item = plan_one(world)
    row = ask(world, item)
    assert (row.state, row.approver, row.old_due, row.new_due) == ("asked", world.zhengshuang, day(30), day(45))
    assert fresh(item).due == day(30)
    assert [kind for kind, _due in titles_of(world.zhengshuang)] == ["整改审批"]


@pytest.mark.parametrize("name", ["郑爽", "李建国", "王海涛"])
def test_verifier_or_a_leader_approves_and_the_date_moves(world, name):
    item = plan_one(world)
    row = actions.decide_request(ask(world, item), approved=True, by=user(world.person[name]))
    item = fresh(item)
    assert (row.state, row.decided_by, row.old_due, row.new_due) == ("approved", world.person[name], day(30), day(45))
    assert (item.due, item.step_due) == (day(45), day(45))
    assert titles_of(world.liuhaitao) == [("整改", day(45))]
    assert titles_of(world.zhengshuang) == []


def test_declined_needs_a_reason_and_changes_nothing(world):
    item = plan_one(world)
    row = ask(world, item)
    with pytest.raises(ValidationError):
        actions.decide_request(row, approved=False, by=user(world.zhengshuang))
    assert actions.decide_request(row, approved=False, note="不行", by=user(world.zhengshuang)).state == "declined"
    assert fresh(item).due == day(30)


@pytest.mark.parametrize("name", ["刘海涛", "何静", "孙丽华", "赵敏", "韩冬", "高明"])
def test_others_do_not_decide(world, name):
    row = ask(world, plan_one(world))
    with pytest.raises(PermissionDenied):
        actions.decide_request(row, approved=True, by=user(world.person[name]))


def test_leader_who_owns_the_item_does_not_approve_it(world):
    item = plan_one(world, owner="王海涛")
    row = actions.ask_move(item, new_due=day(45), reason="x", by=user(world.wanghaitao))
    with pytest.raises(PermissionDenied):
        actions.decide_request(row, approved=True, by=user(world.wanghaitao))


def test_decided_once(world):
    row = ask(world, plan_one(world))
    actions.decide_request(row, approved=True, by=user(world.zhengshuang))
    with pytest.raises(Refused, match="已经办过"):
        actions.decide_request(row, approved=False, note="x", by=user(world.lijianguo))


@pytest.mark.parametrize(
    ("values", "field"),
    [({"new_due": day(0)}, "new_due"), ({"new_due": day(30)}, "new_due"), ({"new_due": None}, "new_due"), ({"reason": ""}, "reason")],
)
def test_date_and_reason_are_checked(world, values, field):
    with pytest.raises(ValidationError) as problem:
        ask(world, plan_one(world), **values)
    assert list(problem.value.message_dict) == [field]


def test_one_at_a_time(world):
    item = plan_one(world)
    ask(world, item)
    with pytest.raises(Refused, match="已有一份"):
        ask(world, item, new_due=day(50))


@pytest.mark.parametrize("make", [prove_one, close_one])
def test_not_while_verifying_nor_after_the_end(world, make):
    with pytest.raises(Refused):
        ask(world, make(world))


@pytest.mark.parametrize("name", ["李建国", "何静", "郑爽", "孙丽华"])
def test_only_the_owner_or_the_chief_asks(world, name):
    with pytest.raises(PermissionDenied):
        actions.ask_move(plan_one(world), new_due=day(40), reason="x", by=user(world.person[name]))


def test_one_measure_is_moved(world):
    item = open_one(world, measures=[Planned("培训", world.wutong, day(5))], cause="x")
    measure = item.measures.get()
    row = ask(world, item, measure=measure, new_due=day(12))
    actions.decide_request(row, approved=True, by=user(world.zhengshuang))
    measure.refresh_from_db()
    assert measure.due == day(12)
    assert fresh(item).due == day(30)
    assert titles_of(world.wutong) == [("整改措施", day(12))]


def test_measure_not_beyond_the_item(world):
    item = plan_one(world)
    with pytest.raises(ValidationError):
        ask(world, item, measure=item.measures.get(), new_due=day(31))


def test_overtaken_by_the_proof(world):
    item = plan_one(world)
    row = ask(world, item)
    finish_all(item)
    actions.file_proof(item, text="x", files=[("a.txt", "完成".encode())], by=user(world.liuhaitao))
    assert type(row).objects.get(pk=row.pk).state == "dropped"
    assert [kind for kind, _due in titles_of(world.zhengshuang)] == ["整改验证"]


def test_pages(world, login):
    item = plan_one(world)
    data = {"version": item.version, "once": "k", "new_due": day(45), "reason": "等配件"}
    client = login(world.liuhaitao)
    assert client.get(f"/rectification/{item.pk}/move/").status_code == 200
    assert client.post(f"/rectification/{item.pk}/move/", data).status_code == 302
    row = item.requests.get()
    client = login(world.zhengshuang)
    assert "不批准" in client.get(f"/rectification/{item.pk}/").content.decode()
    assert client.post(f"/rectification/{item.pk}/requests/{row.pk}/", {"verdict": "decline"}).status_code == 422
    assert client.post(f"/rectification/{item.pk}/requests/{row.pk}/", {"verdict": "approve", "once": "d"}).status_code == 302
    assert fresh(item).due == day(45)
