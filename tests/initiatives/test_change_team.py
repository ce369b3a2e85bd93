"""A running team changes with dates: seats keep their time, the head is passed on, milestones move; by the head and the leaders only."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.audit.models import Entry
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.initiatives import actions
from ronghe.initiatives.models import Project, ProjectMember
from ronghe.worklist.models import Task
from tests.initiatives import cases
from tests.initiatives.cases import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(world):
    """A team that began ten days ago and runs."""
    project = cases.found_team(world)
    begun = today() - timedelta(days=10)
    Project.objects.filter(pk=project.pk).update(starts_on=begun)
    ProjectMember.objects.filter(project=project).update(valid_from=begun)
    world.team = actions.approve_project(Project.objects.get(pk=project.pk), by=user(world.wanghaitao))
    world.begun = begun
    return world


def seat(world, name):
    return ProjectMember.objects.get(project=world.team, person=getattr(world, name), valid_to=None)


def list_seats(world, name):
    rows = ProjectMember.objects.filter(project=world.team, person=getattr(world, name)).order_by("pk")
    return [(row.role, row.duty, row.valid_from, row.valid_to) for row in rows]


def test_another_duty_from_a_day_on_keeps_the_one_before(team):
    day = today() - timedelta(days=3)
    actions.change_member(seat(team, "hejing"), role="technical", duty="测试", since=day, by=user(team.liuhaitao))
    assert list_seats(team, "hejing") == [
        ("data", "数据", team.begun, day - timedelta(days=1)),
        ("technical", "测试", day, None),
    ]
    actions.change_member(seat(team, "hejing"), role="data", duty="台账", since=day, by=user(team.liuhaitao))
    assert list_seats(team, "hejing")[1] == ("data", "台账", day, None)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"since": today() + timedelta(days=1)}, "since"),
        ({"since": today() - timedelta(days=11)}, "since"),
        ({"role": "head"}, "role"),
        ({"duty": " "}, "duty"),
        ({"role": "data", "duty": "数据"}, "duty"),
    ],
)
def test_what_a_change_may_not_be(team, values, field):
    with pytest.raises(ValidationError) as raised:
        actions.change_member(seat(team, "hejing"), by=user(team.liuhaitao), **{"role": "field", "duty": "现场", **values})
    assert list(raised.value.message_dict) == [field]


def test_somebody_comes_and_goes_on_a_day(team):
    came = today() - timedelta(days=5)
    actions.add_member(team.team, actions.Seat(team.wutong, "field", "巡检"), since=came, by=user(team.liuhaitao))
    with pytest.raises(ValidationError, match="还有"):
        actions.end_member(seat(team, "hejing"), on=today(), by=user(team.liuhaitao))
    for day in (came - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(ValidationError):
            actions.end_member(seat(team, "wutong"), on=day, by=user(team.liuhaitao))
    actions.end_member(seat(team, "wutong"), on=today() - timedelta(days=1), by=user(team.liuhaitao))
    assert list_seats(team, "wutong") == [("field", "巡检", came, today() - timedelta(days=1))]


@pytest.mark.parametrize("stays", [True, False])
def test_another_head(team, stays):
    actions.change_head(team.team, person=team.sunlihua, stays=stays, by=user(team.liuhaitao))
    project = Project.objects.get(pk=team.team.pk)
    assert (project.head, seat(team, "sunlihua").role) == (team.sunlihua, "head")
    assert [row[0] for row in list_seats(team, "liuhaitao")] == (["head", "member"] if stays else ["head"])
    with pytest.raises(PermissionDenied):
        actions.change_head(project, person=team.hejing, stays=True, by=user(team.liuhaitao))
    assert Entry.objects.get(verb="换组长").note.endswith("刘海涛 → 孙丽华")


def test_a_milestone_moves_with_its_task(team):
    step = team.team.steps.get()
    due = today() + timedelta(days=30)
    with pytest.raises(ValidationError, match="不在组里"):
        actions.change_step(step, owner=team.wutong, due=due, reason="调整", by=user(team.liuhaitao))
    actions.change_step(step, owner=team.sunlihua, due=due, reason="何静借调", by=user(team.liuhaitao))
    tasks = Task.objects.open().filter(kind="项目组里程碑").values_list("owner__name", "due")
    assert list(tasks) == [("孙丽华", due)]
    actions.add_step(team.team, actions.Stage("复核", due, team.hejing), by=user(team.liuhaitao))
    assert Task.objects.open().filter(kind="项目组里程碑").count() == 2
    with pytest.raises(ValidationError):
        actions.add_step(team.team, actions.Stage("迟了", today() + timedelta(days=900), team.hejing), by=user(team.liuhaitao))


def test_only_who_manages_it_and_on_what_they_saw(team):
    for who in ("hejing", "sunlihua", "wutong", "qianjin", "handong"):
        with pytest.raises(PermissionDenied):
            actions.change_member(seat(team, "hejing"), role="field", duty="现场", by=user(getattr(team, who)))
    with pytest.raises(StaleForm):
        actions.change_head(team.team, person=team.sunlihua, stays=True, by=user(team.liuhaitao), version=team.team.version - 1)


def test_the_pages_of_a_change(team, login):
    client, at = login(team.liuhaitao), f"/initiatives/projects/{team.team.pk}"
    member, step = seat(team, "hejing"), team.team.steps.get()
    pages = ("/head/", "/members/", f"/members/{member.pk}/", f"/members/{member.pk}/end/", "/steps/", f"/steps/{step.pk}/change/")
    assert [client.get(f"{at}{page}").status_code for page in pages] == [200] * len(pages)
    version = Project.objects.get(pk=team.team.pk).version
    given = {"role": "technical", "duty": "测试", "since": today(), "version": version}
    assert client.post(f"{at}/members/{member.pk}/", given).status_code == 302
    stale = client.post(f"{at}/members/{seat(team, 'hejing').pk}/", {**given, "duty": "复核"})
    assert (stale.status_code, "复核" in stale.content.decode()) == (422, True)
    assert [login(team.wutong).get(f"{at}{page}").status_code for page in pages] == [403] * len(pages)
