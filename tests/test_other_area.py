"""Nothing of one 管理区 is reached from the other: every address with an object is tried with the ids of the first area by the
people of the second. An address that this file doesn't know fails it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ronghe.assessment.actions.drafts import start_draft
from ronghe.assessment.actions.objections import object_to_mark
from ronghe.assessment.models import Mark, SchemeVersion
from ronghe.common.access import find_declaration
from ronghe.common.calendar import today
from ronghe.documents.actions import attach
from ronghe.duties.actions.handovers import hand_over
from ronghe.duties.actions.lists import start_list
from ronghe.duties.models import Finding as DutyFinding
from ronghe.duties.models import Matter as DutyMatter
from ronghe.figures.actions.adjustments import ask_adjustment
from ronghe.figures.actions.history import keep_history
from ronghe.figures.models import Demand, Upload
from ronghe.figures.queries.history import read_file as read_history
from ronghe.goals.actions.checks import check_leader
from ronghe.goals.actions.members import MemberPart, split_members
from ronghe.goals.models import Goal, Indicator
from ronghe.lists.actions import save_view
from ronghe.notices.actions import notify
from ronghe.operations.tokens import make_token
from ronghe.org.actions.rosters import keep_roster
from ronghe.org.models import Appointment, Membership, Post, Track
from ronghe.org.roster import RosterReading
from ronghe.outlook.limits import propose_rule
from ronghe.retention.actions import place_hold
from ronghe.worklist.actions.calendar import make_calendar_key
from tests.appraisal import cases as appraisal_cases
from tests.archive import cases as archived
from tests.assessment.conftest import ready, shown  # noqa: F401  (fixtures)
from tests.assessment.test_save_chase import save
from tests.capability import cases as capable
from tests.coaching import cases as coaching_cases
from tests.concerns import cases as concerned
from tests.decisions.cases import stop_one
from tests.duties.cases import adopt as adopt_duties
from tests.figures import factories
from tests.figures.reading.builders import make_csv
from tests.goals.cases import issue, write_plan
from tests.initiatives import cases as ideas
from tests.letters.cases import put_in_force
from tests.meetings import cases as meeting_cases
from tests.people import make_person
from tests.rectification.cases import prove_one
from tests.stationing import cases as stationed
from tests.supervision import cases as supervised
from tests.test_every_url import EVERY
from tests.tracing import cases as traced
from tests.webhooks import cases as hooked
from tests.worklist.cases import adopt, task_of

STRANGERS = ("handong", "fengtao", "xunuo", "shenkuo", "xitong2", "anquan2", "shenji2")
# addresses whose number is no object of an area: a year, one's own security key, a kind of reminder for all
GLOBAL = {
    "archive:term",
    "retention:kind",
    "retention:kind-propose",
    "retention:kind-approve",
    "retention:kind-decline",
    "operations:workdays-fill",
    "operations:workdays-confirm",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "assessment:indicator",
    "rectification:source",
    "worklist:feed",
    "duties:norm",
    "opening:guide",
    "opening:picture",
    "opening:skip",  # the name of a step; of one's own area (tests/opening/test_open_unit.py)
    "opening:resume",
    "letters:verify-code",  # open to all: it answers true or false and nothing more (tests/letters/test_pages.py)
}


@pytest.fixture
def foreign(shown):  # noqa: F811
    """Something of everything in the first area; → name of an address (or its start) → its arguments."""
    world = shown
    make_person(world, "系统管理员二", "xitong2", world.other, ("system_admin", world.other))
    make_person(world, "安全管理员二", "anquan2", world.other, ("security_admin", world.other))
    make_person(world, "审计管理员二", "shenji2", world.other, ("audit_admin", world.other))
    indicators = {row.code: row for row in Indicator.objects.filter(area=world.area)}
    period = factories.make_period(world, period="2026-09")
    station = world.unit["注采一站"]
    batch = factories.submit_station(world, period, indicators, oil=1200)
    adjustment = ask_adjustment(
        station,
        indicators["oil"],
        period="2026-09",
        kind="exempt",
        target=None,
        reason="计划关停",
        proof=("关停通知".encode(), "通知.txt"),
        by=world.liuhaitao.user,
    )
    upload = Upload.objects.create(
        area=world.area, unit=station, period=period, author=world.hejing.user, name="表.xlsx", source="sheet", digest="0"
    )
    sheet = make_csv([["月份", "单位", "指标", "实际值"], ["2025-01", "注采一站", "原油产量", "很多"]])
    found = read_history(world.area, sheet)
    history = keep_history(world.area, data=sheet, name="历史.csv", found=found, by=world.zhaomin.user)
    item = prove_one(world)
    lost = Mark.objects.filter(run=world.run, unit=station, lost__gt=0).first()
    objection = object_to_mark(lost, reason="数据有误", proof=("台账".encode(), "台账.txt"), by=world.liuhaitao.user)
    draft = start_draft(world.area, by=world.zhaomin.user, source=SchemeVersion.objects.get(area=world.area))
    paper = attach(batch, data="证明".encode(), name="证明.txt", by=world.hejing.user, area_id=world.area.pk)
    notice = notify([world.hejing], kind="test", title="催报", path="/", area_id=world.area.pk)[0]
    person = world.wutong
    idea = ideas.share(world)
    team = ideas.found_team(world)
    plan, goal, party = write_plan(world)
    issue(world, plan)
    milestone = party.milestones.first()
    shared = Goal.objects.get(plan=plan, unit=station)
    (part,) = split_members(shared, [MemberPart(person.pk, shared.value)], by=world.liuhaitao.user)
    checked = {"phase": f"{today().year}-Q1", "business": "未完成", "party": "按期", "verdict": "missed"}
    check = check_leader(plan, world.wanghaitao, **checked, by=world.lijianguo.user)
    guide = adopt(world)
    key, _token = make_calendar_key(name="手机", by=world.liuhaitao.user)
    meeting, topic, follow_up, urgent, meeting_kind = meeting_cases.one_of_everything(world)
    appraisal = appraisal_cases.one_of_everything(world)
    rule = propose_rule(world.area, valid_from="2026-11", green=Decimal(0), yellow=Decimal(8), basis="班子会", by=world.zhaomin.user)
    posts = adopt_duties(world)
    handover = hand_over(
        world.songwen, receiver=world.zhengshuang, kind="absence", starts_on=today(), ends_on=today(), note="休假", by=world.lijianguo.user
    )
    listed = start_list(by=world.lijianguo.user, post=posts["branch_secretary"])
    letter = put_in_force(world)
    decision, stop, todo = stop_one(world)
    matter = DutyMatter.objects.filter(area=world.area).first()
    held = place_hold(kind="", area=world.area, reason="配合巡察", by=world.anquan.user)
    return world, {
        "assessment:station": {"unit_id": station.pk},
        "assessment:mark": {"pk": Mark.objects.filter(run=world.run).first().pk},
        "assessment:objection": {"pk": objection.pk},
        "assessment:run": {"pk": world.run.pk},
        "assessment:run-file": {"pk": world.run.pk, "name": "marks.csv"},
        "assessment:chase": {"pk": save(world).pk},
        "assessment:chase-unit": {"unit_id": station.pk},
        "assessment:chase-plan": {"unit_id": station.pk},
        "assessment:chase-try": {"unit_id": station.pk},
        "assessment:chase-new": {"unit_id": station.pk},
        **appraisal,
        **coaching_cases.one_of_everything(world),
        "outlook:light-decide": {"pk": rule.pk},
        "outlook:series": {"unit": station.pk, "indicator": indicators["oil"].pk},
        "assessment:scheme": {"pk": draft.pk},
        "assessment:scheme-indicator": {"pk": draft.pk, "code": "oil"},
        "decisions": {"pk": decision.pk},
        "decisions:step": {"pk": decision.pk, "step": decision.steps.get(state="open").pk},
        "decisions:ask-exception": {"pk": decision.pk, "step": decision.steps.get(state="open").pk},
        "decisions:cure": {"pk": decision.pk, "stop": stop.pk},
        "decisions:reconsider": {"pk": decision.pk, "stop": stop.pk},
        "decisions:resume": {"pk": decision.pk, "stop": stop.pk},
        "decisions:assignment": {"pk": decision.pk, "row": todo.pk},
        "decisions:edition": {"pk": decision.edition_id},
        "decisions:edition-rule": {"pk": decision.edition_id, "rule": decision.rule_id},
        "decisions:edition-rule-new": {"pk": decision.edition_id},
        "decisions:edition-form": {"pk": decision.edition_id, "code": "survey"},
        "figures:demand": {"pk": Demand.objects.filter(area=world.area).first().pk},
        "figures:period": {"pk": period.pk},
        "figures:form": {"pk": period.pk, "unit": station.pk},
        "figures:template": {"pk": period.pk, "unit": station.pk},
        "figures:upload": {"pk": upload.pk},
        "figures:upload-new": {"pk": period.pk, "unit": station.pk},
        "figures:batch": {"pk": batch.pk},
        "figures:history": {"pk": history.pk},
        "figures:adjustment": {"pk": adjustment.pk},
        "goals:indicator": {"pk": indicators["oil"].pk},
        "goals:plan": {"pk": plan.pk},
        "goals:plan-branch": {"pk": plan.pk, "goal": goal.pk},
        "goals:goal": {"pk": goal.pk},
        "goals:goal-new": {"pk": plan.pk},
        "goals:milestone": {"pk": milestone.goal_id},
        "goals:milestone-done": {"pk": milestone.goal_id, "milestone": milestone.pk},
        "goals:leader": {"pk": person.pk},
        "goals:goal-members": {"pk": shared.pk},
        "goals:goal-tallies": {"pk": shared.pk},
        "goals:part-pass": {"pk": part.pk},
        "goals:part-take-back": {"pk": part.pk},
        "goals:check": {"pk": check.pk},
        "meetings:meeting": {"pk": meeting.pk},
        "meetings:item": {"pk": topic.pk},
        "meetings:assignment": {"pk": follow_up.pk},
        "meetings:urgent": {"pk": urgent.pk},
        "meetings:kind": {"pk": meeting_kind.pk},
        "letters": {"pk": letter.pk},
        "letters:template": {"pk": letter.template_id},
        **supervised.one_of_everything(world),
        **stationed.one_of_everything(world),
        **concerned.one_of_everything(world),
        **capable.one_of_everything(world),
        **traced.one_of_everything(world),
        **archived.one_of_everything(world),
        "retention:hold": {"pk": held.pk},
        **hooked.one_of_everything(world),
        "lists:view": {"pk": save_view(page="org:people", name="视图", query="", by=world.lijianguo.user).pk},
        "duties:matter": {"pk": matter.pk},
        "duties:cell": {"pk": matter.pk, "post": posts["area_manager"].pk},
        "duties:list": {"pk": listed.duty_list_id},
        "duties:list-start": {"kind": "post", "pk": posts["deputy_geology"].pk},
        "duties:plot": {"pk": person.pk},
        "duties:handover": {"pk": handover.pk},
        "duties:handover-new": {"person": person.pk},
        "duties:deputy": {"pk": posts["area_manager"].pk},
        "duties:finding": {"pk": DutyFinding.objects.filter(area=world.area, ended_on=None).first().pk},
        "rectification": {"pk": item.pk},
        "rectification:measure": {"pk": item.pk, "measure": item.measures.first().pk},
        "rectification:decide": {"pk": item.pk, "row": 1},
        "worklist:task": {"pk": task_of(world, world.liuhaitao).pk},
        "worklist:task-step": {"pk": task_of(world, world.liuhaitao).pk, "verb": "move"},
        "worklist:task-press": {"pk": task_of(world, world.liuhaitao).pk, "verb": "accept"},
        "worklist:guide": {"pk": guide.pk},
        "worklist:item-new": {"pk": guide.pk},
        "worklist:item": {"pk": guide.pk, "code": "meeting"},
        "worklist:key-revoke": {"pk": key.pk},
        "initiatives": {"pk": idea.pk},
        "initiatives:answer": {"pk": idea.pk, "row": idea.shares.get(state="asked").pk},
        "initiatives:person": {"pk": person.pk},
        "initiatives:project": {"pk": team.pk},
        "initiatives:project-member": {"pk": team.pk, "member": team.members.last().pk},
        "initiatives:project-member-new": {"pk": team.pk},
        "initiatives:project-step": {"pk": team.pk, "step": team.steps.get().pk},
        "initiatives:project-step-new": {"pk": team.pk},
        "documents:download": {"pk": paper.pk},
        "notices:open": {"pk": notice.pk},
        "notices": {"pk": 999_999},
        "operations:token-revoke": {"pk": make_token(name="系统", scopes=["tasks:read"], ends_on=today(), by=world.hejing.user)[0].pk},
        "operations:sessions-end": {"pk": world.hejing.user.pk},
        "org:person": {"pk": person.pk},
        "org:unit": {"pk": station.pk},
        "org:admin": {"pk": person.pk},
        "org:admin-unit": {"pk": station.pk},
        "org:admin-track": {"pk": Track.objects.filter(area=world.area).first().pk},
        "org:admin-party": {"pk": world.group["注采一站"].pk},
        "org:admin-membership": {"pk": Membership.objects.filter(group=world.group["注采一站"]).first().pk},
        "org:admin-post": {"pk": Post.objects.filter(unit=station).first().pk},
        "org:admin-roster": {"pk": keep_roster(world.area, data=b"x", name="花名册.csv", found=RosterReading(), by=world.xitong.user).pk},
        "org:admin-end": {"pk": person.pk, "appointment": Appointment.objects.filter(person=person).first().pk},
    }


def find_arguments(name, known):
    """Return the arguments of the longest known start of an address's name."""
    starts = [start for start in known if name == start or name.startswith((f"{start}-", f"{start}:"))]
    return known[max(starts, key=len)] if starts else None


# the API knows no session: tests/portal/test_api.py
WITH_OBJECT = {name: view for pattern, name, view in EVERY if "<" in pattern and name not in GLOBAL and not name.startswith("api:")}


def test_no_object_is_reached_from_the_other_area(foreign, client):
    world, known = foreign
    client.raise_request_exception = False
    reached = []
    for login in STRANGERS:
        client.force_login(getattr(world, login).user, backend="allauth.account.auth_backends.AuthenticationBackend")
        for name, view in WITH_OBJECT.items():
            arguments = find_arguments(name, known)
            assert arguments is not None, f"{name}: tell this test which object of the first area it opens"
            if not find_declaration(view, name)(getattr(world, login).user):
                continue  # turned away at the door: tests/test_every_url.py
            path = reverse(name, kwargs=arguments)
            for method in ("get", "post"):
                status = getattr(client, method)(path).status_code
                if status not in (403, 404, 405):
                    reached.append((login, method, path, status))
    assert reached == []
