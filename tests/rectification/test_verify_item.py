"""验证: another person than the owner and the proof's filer closes (销号) or returns."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from ronghe.audit.queries import list_history
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import add_working_days, today
from ronghe.rectification import actions
from ronghe.rectification.models import Item, Proof
from tests.rectification.cases import PROOF_FILES, close_one, day, fresh, notices_of, plan_one, prove_one, titles_of, user


def test_verifier_closes(world):
    item = fresh(close_one(world))
    assert (item.state, item.ended_by, item.ended_on, item.holder, item.step_due) == ("closed", world.zhengshuang, today(), None, None)
    proof = item.proofs.get()
    assert (proof.verdict, proof.decided_by, proof.note) == ("accepted", world.zhengshuang, "现场核实")
    assert titles_of(world.zhengshuang) == titles_of(world.liuhaitao) == []
    assert notices_of(world.liuhaitao)[-1] == f"整改已销号:躺井率连续两月超标(观察期至 {day(90)})"
    assert [line.what for line in list_history(item)] == ["销号", "提交证明", "完成措施", "制定方案", "提出整改"]


def test_verifier_returns_with_a_reason(world):
    item = actions.return_item(prove_one(world), note="照片看不清", by=user(world.zhengshuang))
    assert (item.state, item.holder, item.step_due, item.returns) == ("returned", world.liuhaitao, day(30), 1)
    assert item.proofs.get().verdict == "returned"
    assert titles_of(world.liuhaitao) == [("整改", day(30))]
    assert notices_of(world.liuhaitao)[-1] == "整改证明被退回:躺井率连续两月超标(照片看不清)"


def test_returned_near_the_deadline_leaves_time_to_redo(world):
    item = actions.return_item(prove_one(world, due=day(1)), note="不清", by=user(world.zhengshuang))
    assert item.step_due == add_working_days(today(), 5)
    assert item.due == day(1)


def test_returned_item_is_proved_again_and_closed(world):
    item = actions.return_item(prove_one(world), note="不清", by=user(world.zhengshuang))
    actions.file_proof(item, text="重拍了", files=PROOF_FILES, by=user(world.liuhaitao))
    item = actions.close_item(item, by=user(world.zhengshuang))
    assert list(item.proofs.values_list("verdict", flat=True)) == ["returned", "accepted"]


def test_reason_is_needed_to_return(world):
    with pytest.raises(ValidationError) as problem:
        actions.return_item(prove_one(world), note=" ", by=user(world.zhengshuang))
    assert list(problem.value.message_dict) == ["note"]


@pytest.mark.parametrize("name", ["刘海涛", "李建国", "何静", "孙丽华", "韩冬", "高明"])
@pytest.mark.parametrize("act", [actions.close_item, actions.return_item])
def test_nobody_else_verifies(world, name, act):
    item = prove_one(world)
    with pytest.raises(PermissionDenied):
        act(item, note="x", by=user(world.person[name]))
    assert fresh(item).state == "proving"


def test_nothing_closes_without_proof(world):
    with pytest.raises(Refused):
        actions.close_item(plan_one(world), by=user(world.zhengshuang))


def test_one_who_filed_does_not_verify_after_a_change_of_roles(world):
    item = prove_one(world)
    with pytest.raises(ValidationError, match="提交过本项的证明"):
        actions.reassign_item(item, owner=world.wutong, verifier=world.liuhaitao, note="换", by=user(world.lijianguo))


def test_second_verdict_is_refused(world):
    item = prove_one(world)
    actions.close_item(item, by=user(world.zhengshuang), version=item.version)
    with pytest.raises(StaleForm):
        actions.close_item(item, by=user(world.zhengshuang), version=item.version)
    with pytest.raises(Refused):
        actions.return_item(item, note="x", by=user(world.zhengshuang))


def test_state_cannot_be_written_past_the_transitions(world):
    item = plan_one(world)
    with pytest.raises(AttributeError):
        item.state = "closed"
    with pytest.raises(TransitionNotAllowed):
        item.close()


def test_database_holds_the_two_people_and_the_holder(world):
    item = prove_one(world)
    for values in ({"verifier": item.owner}, {"holder": None}, {"state": "closed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.filter(pk=item.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.filter(item=item).update(decided_by=world.liuhaitao)


def test_page_closes_once(world, login):
    item = prove_one(world)
    client = login(world.zhengshuang)
    assert "刘海涛" in client.get(f"/rectification/{item.pk}/verify/").content.decode()
    for _again in range(2):
        data = {"version": item.version, "once": "k", "verdict": "close"}
        assert client.post(f"/rectification/{item.pk}/verify/", data).status_code == 302
    assert fresh(item).state == "closed"
    assert [line.what for line in list_history(item)].count("销号") == 1


def test_page_shows_the_missing_reason_at_its_field(world, login):
    item = prove_one(world)
    response = login(world.zhengshuang).post(f"/rectification/{item.pk}/verify/", {"version": item.version, "verdict": "return"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"note": ["退回须写明理由。"]}


def test_page_is_not_for_the_owner(world, login):
    item = prove_one(world)
    assert login(world.liuhaitao).get(f"/rectification/{item.pk}/verify/").status_code == 403
    assert login(world.handong).get(f"/rectification/{item.pk}/verify/").status_code == 404
