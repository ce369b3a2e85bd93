"""What a person holds in 创效 and 项目组 is listed, and goes to whoever may take it; the rest stays with the reason."""

from datetime import timedelta

import pytest

from ronghe.common.calendar import today
from ronghe.initiatives import actions, holdings
from ronghe.initiatives.models import Idea, Project
from ronghe.worklist.models import Task
from tests.initiatives import cases
from tests.initiatives.cases import user

pytestmark = pytest.mark.django_db


def give(world, giver, to, what):
    """Hand over the first thing of a kind; → why not, or ''."""
    held = next(row for row in holdings.list_held(getattr(world, giver).pk) if row.what.startswith(what))
    return holdings.hand_over(held.key, getattr(world, giver), getattr(world, to), user(world.lijianguo), "调离")


@pytest.mark.parametrize(
    ("reach", "giver", "barred", "to", "kind"),
    [
        (cases.propose, "liuhaitao", "wutong", "sunlihua", "创效受理"),
        (cases.accept, "hejing", "", "sunlihua", "创效实施"),
        (cases.finish, "chenxiaoyan", "hejing", "wanghaitao", "创效核实"),
        (cases.verify, "hejing", "chenxiaoyan", "liuhaitao", "创效份额"),
    ],
)
def test_the_next_step_goes_to_who_may_take_it(world, reach, giver, barred, to, kind):
    idea = reach(world)
    if barred:
        assert give(world, giver, barred, "创效") != ""
    assert give(world, giver, to, "创效") == ""
    assert Idea.objects.get(pk=idea.pk).holder == getattr(world, to)
    assert list(Task.objects.open().filter(kind=kind).values_list("owner__name", flat=True)) == [getattr(world, to).name]
    assert [row for row in holdings.list_held(getattr(world, giver).pk) if row.what.startswith("创效")] == []


def test_a_share_is_confirmed_by_its_person_alone(world):
    cases.share(world)
    assert "本人" in give(world, "wutong", "sunlihua", "份额确认")


def test_a_team_its_milestones_and_its_approval(world):
    project = cases.found_team(world)
    assert "班子成员" in give(world, "wanghaitao", "qianjin", "项目组批准")
    assert give(world, "wanghaitao", "lijianguo", "项目组批准") == ""
    assert "要批准" in give(world, "liuhaitao", "lijianguo", "项目组组长")
    actions.approve_project(Project.objects.get(pk=project.pk), by=user(world.lijianguo))
    assert "不在组里" in give(world, "hejing", "wutong", "项目组里程碑")
    assert give(world, "hejing", "sunlihua", "项目组里程碑") == ""
    assert list(Task.objects.open().filter(kind="项目组里程碑").values_list("owner__name", flat=True)) == ["孙丽华"]
    assert give(world, "liuhaitao", "wutong", "项目组组长") == ""
    assert Project.objects.get().head == world.wutong
    assert holdings.list_held(world.liuhaitao.pk) == []
    assert holdings.hand_over(f"head:{project.pk}", world.liuhaitao, world.hejing, user(world.lijianguo), "") == "已结束或已换组长"


def test_what_is_over_is_not_passed_on(world):
    idea = cases.credit(world)
    key = f"idea:{idea.pk}"
    assert holdings.hand_over(key, world.hejing, world.sunlihua, user(world.lijianguo), "") == "已办过或已改派"


def test_the_second_tab_is_told_what_became_of_it(world, login):
    idea = cases.propose(world)
    chief, at = login(world.liuhaitao), f"/initiatives/{idea.pk}"
    opened = idea.version
    given = {"verdict": "accept", "owner": world.hejing.pk, "due": today() + timedelta(days=9), "version": opened}
    assert chief.post(f"{at}/decide/", given | {"once": "a"}).status_code == 302
    for answer in (chief.post(f"{at}/decide/", given | {"once": "b"}, follow=True), chief.get(f"{at}/decide/", follow=True)):
        assert answer.redirect_chain[-1][0] == f"{at}/"
        assert "这一步已经办过" in answer.content.decode()
    assert cases.fresh(idea).owner == world.hejing
    assert login(world.sunlihua).get(f"{at}/finish/").status_code == 403
