"""Handing over what somebody holds in 议事决策: everything is listed, each thing goes to who may have it, nothing is left with nobody."""

from ronghe.decisions import actions, holdings
from ronghe.decisions.models import Matter, Step
from ronghe.worklist.models import Task
from tests.decisions.cases import complete, current, fresh, go_to, publish, register, stop_one, tasks_of, user


def give_all(world, giver, to):
    by = user(world.lijianguo)
    return {one.what: holdings.hand_over(one.key, giver, to, by, "休假") for one in holdings.list_held(giver.pk)}


def test_owner_step_and_assignment_go_along_with_their_tasks(world):
    publish(world)
    matter = register(world)
    go_to(world, matter, "execute")
    actions.assign(fresh(matter), text="签订合同", owner=world.chenxiaoyan, due=fresh(matter).step_due, by=user(world.chenxiaoyan))
    given = give_all(world, world.chenxiaoyan, world.zhouweidong)
    assert given == {"决策事项责任": "", "决策步骤": "", "决议执行": ""}
    matter = fresh(matter)
    assert (matter.owner, matter.holder, current(matter).owner) == (world.zhouweidong,) * 3
    assert holdings.list_held(world.chenxiaoyan.pk) == []
    assert tasks_of(world.zhouweidong) == [("决议执行", "决议执行:签订合同"), ("议事决策", f"执行:{matter.title}")]
    assert Task.objects.open().filter(owner=world.chenxiaoyan).count() == 0


def test_the_cure_of_a_stop_goes_to_the_new_owner_who_is_not_the_stopper(world):
    matter, stop, _row = stop_one(world)
    held = {one.what: one.key for one in holdings.list_held(world.chenxiaoyan.pk)}
    by = user(world.lijianguo)
    assert "叫停" in holdings.hand_over(held["决策事项责任"], world.chenxiaoyan, world.zhengshuang, by, "")
    assert holdings.hand_over(held["决策事项责任"], world.chenxiaoyan, world.zhouweidong, by, "") == ""
    assert (fresh(matter).owner, fresh(matter).holder) == (world.zhouweidong, world.zhouweidong)
    actions.report_cure(fresh(stop), cure="合同已改", by=user(world.zhouweidong))
    (judge,) = holdings.list_held(world.zhengshuang.pk)
    assert "责任人" in holdings.hand_over(judge.key, world.zhengshuang, world.zhouweidong, by, "")
    assert holdings.hand_over(judge.key, world.zhengshuang, world.wanghaitao, by, "") == ""
    assert fresh(matter).holder == world.wanghaitao
    assert "已办过" in holdings.hand_over(judge.key, world.zhengshuang, world.wanghaitao, by, "")


def test_an_exceptions_approval_is_not_passed_on(world):
    publish(world)
    matter = register(world)
    step = go_to(world, matter, "legal")
    request = actions.ask_exception(step, reason="框架协议已审", by=user(step.owner))
    complete(current(request))
    approve = Step.objects.get(matter=request, kind="approve")
    bar = holdings.hand_over(f"step:{approve.pk}", approve.owner, world.zhouweidong, user(world.lijianguo), "")
    assert (bar, fresh(approve).owner) == ("例外的批准不能移交,由另一名有权批准的人办理", approve.owner)
    assert Matter.objects.get(pk=request.pk).holder == approve.owner
