"""Every step in every state by every role: what is not its own is refused and changes nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.initiatives import actions
from ronghe.initiatives.models import Idea, Share
from tests.initiatives import cases
from tests.initiatives.cases import FILES, user

PEOPLE = ["李建国", "王海涛", "陈晓燕", "周卫东", "刘海涛", "孙丽华", "何静", "钱进", "郑爽", "吴桐", "高明", "系统管理员", "韩冬", "冯涛"]
LEADERS = {"李建国", "王海涛", "陈晓燕", "周卫东"}
REACH = {
    "proposed": cases.propose, "doing": cases.accept, "verifying": cases.finish, "verified": cases.verify, "credited": cases.credit,
}  # fmt: skip
# step → (state in which it is possible, people who may)
MAY = {
    "withdraw": ("proposed", {"吴桐"}),
    "accept": ("proposed", {"刘海涛", *LEADERS}),
    "decline": ("proposed", {"刘海涛", *LEADERS}),
    "stop": ("doing", {"何静", *LEADERS}),
    "finish": ("doing", {"何静"}),
    "verify": ("verifying", {"陈晓燕"}),
    "return": ("verifying", {"陈晓燕"}),
    "share": ("verified", {"吴桐", "何静"}),
}


def take(step, idea, world, by):
    given = {"by": by}
    if step == "withdraw":
        return actions.withdraw_idea(idea, reason="不提了", **given)
    if step == "accept":
        return actions.accept_idea(idea, owner=world.hejing, due=today() + timedelta(days=9), note="", **given)
    if step == "decline":
        return actions.decline_idea(idea, note="已有同类做法", **given)
    if step == "stop":
        return actions.stop_idea(idea, reason="设备停用", **given)
    if step == "finish":
        return actions.finish_idea(idea, text="做完了", files=FILES, **given)
    if step == "verify":
        return actions.verify_benefit(idea, benefit=Decimal(5), measured="电费单", files=FILES, **given)
    if step == "return":
        return actions.return_result(idea, note="缺台账", **given)
    return actions.propose_shares(idea, [actions.Part(world.wutong, Decimal(100), "提出")], **given)


@pytest.mark.django_db
@pytest.mark.parametrize("state", REACH)
def test_every_step_by_everybody(world, state):
    idea = REACH[state](world)
    assert idea.state == state
    wrong = []
    for step, (wanted, people) in MAY.items():
        for name in PEOPLE:
            point = transaction.savepoint()
            try:
                with transaction.atomic():
                    take(step, idea, world, user(world.person[name]))
                done = True
            except (PermissionDenied, ValidationError):
                done = False
            if done != (state == wanted and name in people):
                wrong.append((step, name, done))
            transaction.savepoint_rollback(point)
    assert wrong == []


@pytest.mark.django_db
def test_a_stale_form_changes_nothing(world):
    idea = cases.propose(world)
    with pytest.raises(StaleForm):
        actions.withdraw_idea(idea, reason="x", by=user(world.wutong), version=idea.version - 1)
    assert cases.fresh(idea).state == "proposed"


@pytest.mark.django_db
def test_late_goes_up_a_level_and_stays_red(world):
    idea = cases.propose(world)
    assert idea.holder == world.liuhaitao
    day = idea.step_due + timedelta(days=1)
    actions.raise_late_ideas(idea.step_due)
    assert cases.fresh(idea).holder == world.liuhaitao
    actions.raise_late_ideas(day)
    actions.raise_late_ideas(day)
    raised = cases.fresh(idea)
    assert (raised.holder, raised.step_due) == (world.chenxiaoyan, idea.step_due)
    actions.raise_late_ideas(day + timedelta(days=30))
    assert cases.fresh(idea).holder == world.wanghaitao


@pytest.mark.django_db
def test_a_deputy_with_a_part_in_it_does_not_verify(world):
    idea = cases.finish(world, by="陈晓燕")
    assert idea.holder == world.wanghaitao
    idea = cases.finish(world, owner="陈晓燕", title="另一个点子")
    assert idea.holder == world.wanghaitao
    with pytest.raises(ValidationError, match="核实人"):
        cases.share(world, parts=(("吴桐", "50"), ("陈晓燕", "50")), title="第三个")


@pytest.mark.django_db
def test_everybody_agrees_before_it_is_credited(world):
    idea = cases.share(world)
    assert idea.state == "verified"
    row = Share.objects.get(idea=idea, person=world.wutong)
    with pytest.raises(ValidationError, match="本人"):
        actions.answer_share(row, agreed=True, by=user(world.lijianguo))
    actions.answer_share(row, agreed=False, note="我出力更多", by=user(world.wutong))
    assert cases.fresh(idea).state == "verified"
    parts = [actions.Part(world.wutong, Decimal("33.34"), "提出"), actions.Part(world.hejing, Decimal("66.66"), "实施")]
    actions.propose_shares(cases.fresh(idea), parts, by=user(world.hejing))
    row = Share.objects.get(idea=idea, person=world.wutong, state="asked")
    actions.answer_share(row, agreed=True, by=user(world.wutong))
    with pytest.raises(ValidationError):
        actions.answer_share(row, agreed=True, by=user(world.wutong))
    done = cases.fresh(idea)
    assert done.state == "credited"
    amounts = dict(Share.objects.filter(idea=idea, amount__isnull=False).values_list("person__name", "amount"))
    assert amounts == {"吴桐": Decimal("3334.00"), "何静": Decimal("6666.01")}


@pytest.mark.django_db
def test_nothing_found_is_an_end(world):
    idea = cases.verify(world, benefit="0")
    assert (idea.state, idea.holder) == (Idea.State.FRUITLESS, None)
