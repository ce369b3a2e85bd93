"""Every step in every stage by every role: what is not its own is refused and changes nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django_fsm import TransitionNotAllowed

from ronghe.appraisal.actions import ballots, count, cycles, doubts, outcomes, reports, signing, templates
from ronghe.appraisal.models import Cycle, Outcome, Template
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import today
from tests.appraisal import cases
from tests.appraisal.cases import fresh, user

pytestmark = pytest.mark.django_db
PEOPLE = ["李建国", "王海涛", "陈晓燕", "刘海涛", "孙丽华", "何静", "赵敏", "郑爽", "吴桐", "高明", "系统管理员", "韩冬"]
KEEPS, HEADS = {"李建国"}, {"李建国", "王海涛"}
# step → stages in which it is possible → who may
MAY = {
    "present": {"reporting": {"刘海涛"}},
    "open_ballots": {"reporting*": KEEPS},
    "drop": {"reporting": KEEPS, "reporting*": KEEPS, "balloting": KEEPS, "balloting*": KEEPS},
    "cast": {"balloting": {"李建国", "王海涛", "陈晓燕", "刘海涛", "孙丽华", "何静", "吴桐"}},
    "codes": {},
    "count": {"balloting*": KEEPS},
    "give": {"counted": {"郑爽"}},
    "show": {"given": KEEPS},
    "object": {"shown": {"刘海涛"}},
    "grade": {"shown": HEADS},
    "sign": {"graded": HEADS},
    "publish": {"signed": KEEPS},
}


def reach(world, stage):
    """A round of chiefs in a stage; a star: everybody has done their part."""
    if stage == "reporting":
        return cases.open_round(world)
    if stage == "reporting*":
        return cases.present_all(cases.open_round(world))
    if stage == "balloting":
        return cases.ballot(world)
    if stage == "balloting*":
        return cases.cast_all(cases.ballot(world))
    if stage == "graded":
        cycle = cases.shown(world)
        cases.see_all(cycle)
        cases.grade_all(world, cycle)
        return fresh(cycle)
    return {"counted": cases.counted, "given": cases.given, "shown": cases.shown, "signed": cases.signed, "published": cases.published}[
        stage
    ](world)


STAGES = ["reporting", "reporting*", "balloting", "balloting*", "counted", "given", "shown", "graded", "signed", "published"]


def take(step, cycle, world, by, me):
    report = cases.report_of(cycle, world.liuhaitao)
    outcome = Outcome.objects.filter(report=report, current=True).first()
    if step in ("object", "grade") and outcome is None:
        raise Refused("no result yet")
    if step == "present":
        return reports.present_report(report, cases.WORDS, by=by)
    if step == "open_ballots":
        return ballots.open_ballots(cycle, due=today() + timedelta(days=2), by=by)
    if step == "drop":
        return cycles.drop_cycle(cycle, reason="改期", by=by)
    if step == "cast":
        judge = cycle.judges.filter(person=me).first()
        marks = {seat.report_id: [0] * len(cycle.template.items) for seat in judge.seats.all()} if judge else {}
        return ballots.cast_ballot(cycle, marks, by=by)
    if step == "codes":
        return ballots.make_codes(cycle, "staff", 5, by=by)
    if step == "count":
        return count.count_ballots(cycle, by=by)
    if step == "give":
        return outcomes.give_counts(cycle, {}, by=by)
    if step == "show":
        return outcomes.show_outcomes(cycle, by=by)
    if step == "object":
        return doubts.object_to_outcome(outcome, code="discipline", reason="没有被问责", by=by)
    if step == "grade":
        return outcomes.grade_outcome(outcome, grade="称职", reason="按分数", by=by)
    if step == "sign":
        return signing.sign_cycle(cycle, by=by)
    return outcomes.publish_cycle(cycle, by=by)


@pytest.mark.parametrize("stage", STAGES)
def test_every_step_by_everybody(world, stage, settings, tmp_path, monkeypatch):
    settings.RONGHE_URNS = tmp_path / "urns"
    cycle = reach(world, stage)
    wrong = []
    for step, stages in MAY.items():
        wanted = stages.get(
            stage,
            {"李建国", "王海涛"}
            if (step, stage) == ("grade", "graded")
            else {"刘海涛"}
            if (step, stage) == ("object", "graded")
            else set(),
        )
        for name in PEOPLE:
            if step == "show" and name in wanted:
                continue  # the scoring kernel takes half a second; tests/appraisal/test_outcome.py goes through it
            point = transaction.savepoint()
            try:
                with transaction.atomic():
                    take(step, fresh(cycle), world, user(world.person[name]), world.person[name])
                done = True
            except (PermissionDenied, ValidationError, TransitionNotAllowed):
                done = False
            if done != (name in wanted):
                wrong.append((step, name, done))
            transaction.savepoint_rollback(point)
    assert wrong == []


def test_a_presented_report_stands(world):
    cycle = cases.open_round(world)
    report = cases.report_of(cycle, world.liuhaitao)
    with pytest.raises(ValidationError) as problem:
        reports.present_report(report, {"business": "只写成绩"}, by=user(world.liuhaitao))
    assert set(problem.value.message_dict) == {"f-party", "f-problems", "f-cures"}
    done = cases.present(report)
    assert done.digest
    with pytest.raises(Refused, match="不能再改"):
        reports.present_report(done, cases.WORDS, by=user(world.liuhaitao))
    with pytest.raises(Refused):
        reports.save_draft(done, {"business": "改"}, number=done.draft_number, by=user(world.liuhaitao))
    assert (fresh(done).answers, fresh(done).digest) == (done.answers, done.digest)


def test_an_older_window_never_overwrites_a_newer_draft(world):
    report = cases.report_of(cases.open_round(world), world.liuhaitao)
    me = user(world.liuhaitao)
    saved = reports.save_draft(report, {"business": "甲"}, number=0, window="w1", by=me)
    assert (saved.draft_number, saved.version) == (1, report.version)
    assert reports.save_draft(report, {"business": "甲乙"}, number=0, window="w1", by=me).draft_number == 2, "its own window may go on"
    with pytest.raises(StaleForm):
        reports.save_draft(report, {"business": "丙"}, number=0, window="w2", by=me)
    assert fresh(report).answers == {"business": "甲乙"}


def test_a_template_is_changed_by_a_new_version_and_a_running_round_keeps_its_own(world):
    cycle = cases.open_round(world)
    old = cycle.template
    judges = [{**one, "weight": weight} for one, weight in zip(old.judges, (20, 30, 50, 0), strict=True)]
    with pytest.raises(ValidationError):
        templates.revise_template(old, {"judges": [{**judges[0], "weight": 21}, *judges[1:]]}, reason="试", by=user(world.lijianguo))
    made = templates.revise_template(fresh(old), {"judges": judges}, reason="按职代会意见", by=user(world.lijianguo))
    assert (made.number, fresh(old).valid_to is not None, fresh(cycle).template_id) == (2, True, old.pk)
    with pytest.raises(Refused):
        templates.revise_template(fresh(old), {"judges": judges}, reason="再改", by=user(world.lijianguo))
    with pytest.raises(ValidationError):
        cycles.open_cycle(made, period=cases.YEAR, report_due=today(), by=user(world.lijianguo))  # the period is taken
    for person in (world.wanghaitao, world.zhaomin, world.handong):
        with pytest.raises(PermissionDenied):
            templates.revise_template(made, {"trim": 5}, reason="试", by=user(person))


def test_every_template_of_the_pack_can_be_used(world):
    known = cases.adopt(world)
    assert set(known) == {"leader-quarter", "leader-year", "chief-year", "member-month", "member-year"}
    for template in Template.objects.all():
        templates.check_template(template)
    assert not Cycle.objects.exists()


def test_members_show_their_month_within_the_group(world, login):
    month = f"{today():%Y-%m}"
    cycle = cases.open_round(world, "member-month", month)
    assert set(cycle.reports.values_list("person__name", flat=True)) == {"刘海涛", "孙丽华", "马晓燕"}
    cases.present_all(cycle)
    ended = cycles.end_cycle(fresh(cycle), by=user(world.lijianguo))
    assert (ended.state, ended.ending) == ("ended", "全部述职")
    other = cases.report_of(cycle, world.sunlihua)
    assert login(world.liuhaitao).get(f"/appraisal/reports/{other.pk}/").status_code == 404, "another group's"
    assert login(world.lijianguo).get(f"/appraisal/reports/{other.pk}/").status_code == 200
