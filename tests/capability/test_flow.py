"""From a gap to its end: standards, pictures, certificates with their reminders, plans, hours, successors."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.capability import actions
from ronghe.capability.models import Certificate, Requirement, Step, Successor, Training
from ronghe.capability.queries.people import build_matrix, build_picture, list_roles, sum_roles
from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.worklist.models import Task
from tests.capability import cases


def states(world, name="刘海涛", role="station_chief"):
    steps = list(Step.objects.filter(person=world.person[name]))
    return {line.requirement.name: line.verdict.state for line in build_picture(world.person[name], role, today(), steps)}


def test_standards_are_taken_over_once_and_change_from_a_day_on(world):
    by = cases.user(world.lijianguo)
    count = actions.adopt_pack(world.area, by=by)
    assert count > 20
    assert actions.adopt_pack(world.area, by=by) == 0
    assert all(row.basis for row in Requirement.objects.all())
    with pytest.raises(PermissionDenied):
        actions.adopt_pack(world.area, by=cases.user(world.liuhaitao))
    old = Requirement.objects.get(role="station_chief", kind="hours")
    Requirement.objects.filter(pk=old.pk).update(valid_from=today() - timedelta(days=100))
    new = actions.set_requirement(
        world.area, role="station_chief", kind="hours", name="年度学时", need=40, basis="本单位文件", by=by, old=old
    )
    assert (cases.fresh(old).valid_to, new.need) == (today() - timedelta(days=1), 40)
    assert [row.need for row in Requirement.objects.on(today() - timedelta(days=5)).filter(role="station_chief", kind="hours")] == [32]
    with pytest.raises(Refused):
        actions.set_requirement(world.area, role="station_chief", kind="hours", name="年度学时", need=41, basis="x", by=by, old=old)


def test_a_certificate_from_gap_to_renewal(world):
    actions.adopt_pack(world.area, by=cases.user(world.lijianguo))
    assert states(world)["井控操作证"] == "gap"
    step = cases.plan(world, gap="井控操作证", way="renewal", text="报名井控培训")
    row = cases.certify(world, left=60)
    assert states(world)["井控操作证"] == "gap"  # one's own word does not count yet
    with pytest.raises(PermissionDenied):
        actions.check_certificate(row, by=cases.user(world.liuhaitao))
    actions.check_certificate(row, by=cases.user(world.lijianguo))
    assert (states(world)["井控操作证"], cases.fresh(step).state) == ("soon", "done")
    actions.tend_certificates(today())
    actions.tend_certificates(today())
    (task,) = Task.objects.open().filter(kind="换证")
    assert (task.owner, task.due) == (world.liuhaitao, row.expires_on)
    with pytest.raises(ValidationError):
        cases.certify(world, left=50, replaces=row)
    new = cases.certify(world, left=900, replaces=row)
    assert states(world)["井控操作证"] == "soon"  # the old one counts until somebody has seen the new one
    actions.check_certificate(new, by=cases.user(world.lijianguo))
    assert cases.fresh(row).replaced_by == new
    assert not Task.objects.open().filter(kind="换证").exists()
    assert states(world)["井控操作证"] == "met"
    with pytest.raises(Refused):
        cases.certify(world, by="李建国", left=950, replaces=row)
    assert Certificate.objects.count() == 2


def test_the_chief_is_asked_too_shortly_before_the_end(world):
    cases.certify(world, "吴桐", by="刘海涛", left=20)
    actions.tend_certificates(today())
    assert {task.owner.name for task in Task.objects.open().filter(kind="换证")} == {"吴桐", "刘海涛"}


def test_levels_are_said_by_another_with_evidence(world):
    actions.adopt_pack(world.area, by=cases.user(world.lijianguo))
    said = {"name": "班组管理", "level": 3, "evidence": "三年站长"}
    with pytest.raises(PermissionDenied):
        actions.judge_person(world.liuhaitao, by=cases.user(world.liuhaitao), **said)
    with pytest.raises(PermissionDenied):
        actions.judge_person(world.liuhaitao, by=cases.user(world.sunlihua), **said)
    actions.judge_person(world.liuhaitao, by=cases.user(world.lijianguo), **said)
    assert states(world)["班组管理"] == "met"
    actions.judge_person(world.liuhaitao, by=cases.user(world.lijianguo), **{**said, "level": 2})
    assert states(world)["班组管理"] == "gap"
    assert list_roles(world.liuhaitao, today()) == ["station_chief", "group_leader"]


def test_plans_end_with_words(world):
    step = cases.plan(world)
    with pytest.raises(Refused):
        cases.plan(world)
    with pytest.raises(ValidationError):
        cases.plan(world, gap="带队伍", way="mentor")
    with pytest.raises(ValidationError):
        actions.finish_step(step, result=" ", by=cases.user(world.liuhaitao))
    with pytest.raises(PermissionDenied):
        actions.drop_step(step, result="不用", by=cases.user(world.liuhaitao))
    with pytest.raises(PermissionDenied):
        actions.finish_step(step, result="好", by=cases.user(world.sunlihua))
    actions.finish_step(step, result="结业,92 分", by=cases.user(world.liuhaitao))
    assert not Task.objects.open().exists()


def test_hours_come_in_once_and_count_by_side(world):
    lines = [
        {"person": world.liuhaitao.pk, "course": "党章", "side": "party", "day": today(), "hours": Decimal(20), "result": ""},
        {"person": world.liuhaitao.pk, "course": "井控", "side": "business", "day": today(), "hours": Decimal(15), "result": "优"},
    ]
    by = cases.user(world.lijianguo)
    actions.adopt_pack(world.area, by=by)
    assert actions.import_training(world.area, lines=lines, name="学时.xlsx", by=by) == 2
    assert actions.import_training(world.area, lines=[{**lines[0], "hours": Decimal(24)}, lines[1]], name="学时.xlsx", by=by) == 0
    assert sum(row.hours for row in Training.objects.all()) == 39
    assert states(world)["年度学时"] == "met"  # 39 of 32
    assert states(world, role="group_leader")["党建学时"] == "gap"  # 24 of 32


def test_the_matrix_and_the_sums_agree(world):
    actions.adopt_pack(world.area, by=cases.user(world.lijianguo))
    cases.certify(world, by="李建国")
    needs, rows = build_matrix(world.area.pk, "station_chief", today())
    assert [(row.name, row.gaps) for row in rows] == [("刘海涛", len(needs) - 1), ("孙丽华", len(needs)), ("马晓燕", len(needs))]
    (line,) = [one for one in sum_roles(world.area.pk, today()) if one.code == "station_chief"]
    assert (line.people, line.met, line.total) == (3, 1, 3 * len(needs))


def test_successors_are_the_leaders_matter(world):
    post = world.lijianguo.appointments.first().post
    with pytest.raises(PermissionDenied):
        actions.name_successor(post, person=world.liuhaitao, ready="now", by=cases.user(world.chenxiaoyan))
    row = actions.name_successor(post, person=world.liuhaitao, ready="now", by=cases.user(world.wanghaitao))
    readers = {person.name for person in world.person.values() if Successor.objects.visible_to(cases.user(person)).exists()}
    assert readers == {"李建国", "王海涛", "陈晓燕", "周卫东"}
    actions.end_successor(row, by=cases.user(world.lijianguo))
    assert cases.fresh(row).ended_on == today()
