"""新单位开张: each step read from the records, never ticked; what is not needed has its reason; each sees what is his to do."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ronghe.audit.models import Entry
from ronghe.common.calendar import today
from ronghe.duties.actions.adopt import adopt_matrix
from ronghe.goals.packs import adopt_indicators
from ronghe.meetings.actions.kinds import adopt_kinds
from ronghe.opening.actions import resume_step, skip_step
from ronghe.opening.models import Skip
from ronghe.opening.queries import read_findings, read_progress
from ronghe.opening.rules import BY_CODE, PHASES, STEPS, Finding, count_progress, judge_steps
from ronghe.opening.texts import PHASES as NAMES
from ronghe.opening.texts import TITLES
from ronghe.org.actions.setup import Administrator, Place, set_up
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Unit
from ronghe.worklist.actions.guides import adopt_guide
from ronghe.worklist.actions.months import generate_month
from ronghe.worklist.packs import list_guide_packs
from ronghe.worklist.rules.recurrence import name_month
from tests.goals.cases import draft
from tests.portal.test_query_budgets import count_queries

CODES = [step.code for step in STEPS]


def test_the_steps_are_whole():
    assert len(set(CODES)) == len(CODES)
    assert set(TITLES) == set(CODES)
    assert set(NAMES) == set(PHASES) == {step.phase for step in STEPS}
    for number, step in enumerate(STEPS):
        assert set(step.needs) <= set(CODES[:number]), step.code
        assert set(step.posts) <= set(POST_TITLES), step.code


@given(st.sets(st.sampled_from(CODES)), st.sets(st.sampled_from(CODES)))
def test_a_step_waits_for_those_before_it_and_records_win(done, skipped):
    states = judge_steps({code: Finding(code in done, "") for code in CODES}, skipped)
    for step in STEPS:
        ended = all(states[code] in ("done", "skipped") for code in step.needs)
        wanted = "done" if step.code in done else "skipped" if step.code in skipped else "open" if ended else "waiting"
        assert states[step.code] == wanted
    assert count_progress(states) == (sum(BY_CODE[code].must for code in done | skipped), 14)


@pytest.mark.django_db
def test_an_empty_installation_waits_for_its_units(client):
    three = [
        Administrator(kind, name, f"S{number}", login)
        for number, (kind, name, login) in enumerate(
            (("system_admin", "何佳", "hejia"), ("security_admin", "安宁", "anning"), ("audit_admin", "申明", "shenming"))
        )
    ]
    set_up(Place("SL", "胜利采油厂"), Place("SL-1", "第一采油管理区"), three)
    area = Unit.objects.get(code="SL-1")
    states = judge_steps(read_findings(area), [])
    assert {code for code, state in states.items() if state == "done"} <= {"setup", "calendar"}
    assert (states["setup"], states["units"], states["people"], states["month"]) == ("done", "open", "waiting", "waiting")


def find_line(progress, code):
    return next(line for phase in progress.phases for line in phase.lines if line.code == code)


def test_the_records_say_what_is_done(world, login):
    admin = login(world.xitong)
    assert 'hx-get="/opening/waiting/"' in admin.get("/").content.decode()
    assert count_queries(admin, "/") <= 12
    assert "现在该您办:关键岗位有人" in admin.get("/opening/waiting/").content.decode()
    found = read_findings(world.area)
    assert (found["units"].done, found["units"].left) == (True, "")
    assert found["posts"].left == "没有站长、主任:综合党群室、经营管理室;没有填报人:注采三站"
    assert (found["indicators"].done, found["matrix"].done, found["guides"].done, found["month"].done) == (False,) * 4
    adopt_indicators(world.area, offices={}, by=world.zhaomin.user)
    adopt_matrix(world.area, by=world.lijianguo.user)
    adopt_kinds(world.area, by=world.lijianguo.user)
    for pack in list_guide_packs():
        adopt_guide(world.area, pack.code, by=world.lijianguo.user)
    generate_month(world.area, name_month(today()), by=world.lijianguo.user)
    found = read_findings(world.area)
    assert [code for code in ("indicators", "matrix", "meetings", "guides", "month") if not found[code].done] == []
    assert (found["findings"].done, found["findings"].left.startswith("还有 ")) == (False, True)
    # a unit that has its first list is open: nothing of it waits on the workbench
    assert admin.get("/opening/waiting/").content.strip() == b""
    assert "/opening/waiting/" not in login(world.lijianguo).get("/").content.decode()
    assert login(world.wutong).get("/opening/waiting/").status_code == 403


def test_each_sees_what_is_his(world):
    admin, secretary = read_progress(world.xitong.user, world.area), read_progress(world.lijianguo.user, world.area)
    assert (find_line(admin, "units").mine, find_line(secretary, "units").mine) == (True, False)
    assert find_line(admin, "matrix").url == ""
    assert find_line(secretary, "matrix").mine
    assert "李建国" in find_line(admin, "matrix").who
    assert admin.mine.code == "posts"  # the heads of the two offices are missing
    assert "先办:" in find_line(secretary, "matrix").left
    # the goals begin in the pack's form and go on in the plan
    assert find_line(secretary, "goals").url == "/goals/plans/adopt/"
    draft(world)
    assert find_line(read_progress(world.lijianguo.user, world.area), "goals").url == "/goals/plans/"


def test_a_step_that_is_not_needed_has_its_reason_and_may_be_taken_up_again(world, login):
    client = login(world.lijianguo)
    assert client.post("/opening/steps/meetings/skip/", {"reason": "不"}).status_code == 422
    assert client.post("/opening/steps/meetings/skip/", {"reason": "沿用厂里的会议系统"}).status_code == 302
    page = client.get("/opening/steps/").content.decode()
    assert "沿用厂里的会议系统" in page
    assert Skip.objects.get().step == "meetings"
    with pytest.raises(ValidationError, match="已经标为不需要"):
        skip_step(world.area, "meetings", reason="再来一次", by=world.lijianguo.user)
    assert client.post("/opening/steps/meetings/resume/").status_code == 302
    assert not Skip.objects.exists()
    assert list(Entry.objects.filter(verb__startswith="开张").order_by("pk").values_list("verb", flat=True)) == [
        "开张步骤不需要", "开张步骤重新要办",
    ]  # fmt: skip


def test_who_may_leave_a_step_out(world, login):
    for person, step in ((world.xitong, "meetings"), (world.lijianguo, "units"), (world.liuhaitao, "month"), (world.handong, "meetings")):
        with pytest.raises(PermissionDenied):
            skip_step(world.area, step, reason="不用这一步", by=person.user)
        with pytest.raises(PermissionDenied):
            resume_step(world.area, step, by=person.user)
    with pytest.raises(ValidationError, match="没有这一步"):
        skip_step(world.area, "nothing", reason="不用这一步", by=world.lijianguo.user)
    assert login(world.lijianguo).get("/opening/steps/units/skip/").status_code == 404
    assert login(world.handong).get(f"/opening/steps/?area={world.area.pk}").status_code == 404
    assert login(world.wutong).get("/opening/steps/").status_code == 403


def test_constant_queries(world, login):
    client = login(world.xitong)
    few = count_queries(client, "/opening/steps/")
    for number in range(3):
        unit = Unit.objects.create(code=f"n{number}", name=f"新站{number}", kind="station", parent=world.area)
        unit.area = world.area
        unit.save()
    assert count_queries(client, "/opening/steps/") == few <= 45
