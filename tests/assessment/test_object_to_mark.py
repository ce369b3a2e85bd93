"""刘海涛 doubts 注采一站's mark for oil; who may, when, with what; who is asked to answer and by when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.assessment import actions
from ronghe.assessment.models import Objection, Run
from ronghe.assessment.queries.answerers import list_answerers
from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.common.calendar import add_working_days, at_time, now, today
from ronghe.documents.models import Document
from ronghe.notices.models import Notice
from ronghe.worklist.models import Task
from tests.assessment import cases, month
from tests.assessment.cases import ask, fresh, mark_of, user
from tests.people import appoint


def owners(row, kind="异议答复"):
    return sorted(Task.objects.from_origin(row).open().filter(kind=kind).values_list("owner__name", flat=True))


def later(days):
    return at_time(now() + timedelta(days=days))


def test_objection_is_asked_of_those_who_had_no_hand(judged):
    row = ask(judged, judged.run)
    assert (row.state, row.number, row.indicator_name, row.due) == ("asked", "YY-2026-10-001", "原油产量", add_working_days(today(), 3))
    # 钱进 confirmed, 赵敏 computed, 何静 wrote
    assert owners(row) == ["郑爽", "陈晓燕"]
    assert set(Task.objects.from_origin(row).values_list("due", flat=True)) == {row.due}
    assert Document.objects.get(object_id=row.pk, object_type__model="objection").name == "签认单.txt"
    assert Entry.objects.get(label="assessment.objection", object_id=row.pk, verb="提出异议").note == "漏计 30 吨"
    assert Notice.objects.filter(person=judged.zhengshuang, title__contains="待答复异议").count() == 1


@pytest.mark.parametrize("name", ["刘海涛", "何静"])
def test_chief_and_reporter_may_object(judged, name):
    assert ask(judged, judged.run, by=name).asked_by == judged.person[name].user


@pytest.mark.parametrize("name", ["孙丽华", "罗兰", "吴桐", "李建国", "赵敏", "钱进", "高明", "韩冬", "冯涛", "系统管理员"])
def test_others_may_not_object_for_the_unit(judged, name):
    with pytest.raises(PermissionDenied):
        ask(judged, judged.run, by=name)
    assert not Objection.objects.exists()


def test_proof_and_reason_are_required(judged):
    for missing in ({"proof": None}, {"reason": "  "}, {"proof": (b"\x00\x01MZ", "x.exe")}):
        with pytest.raises(ValidationError):
            ask(judged, judged.run, **missing)
    assert not Objection.objects.exists()
    assert not Task.objects.filter(kind="异议答复").exists()


def test_second_objection_waits_for_the_first(judged):
    row = ask(judged, judged.run)
    with pytest.raises(Refused, match="还没有办结"):
        ask(judged, judged.run, by="何静")
    assert ask(judged, judged.run, indicator="org_life").number == "YY-2026-10-002"
    actions.withdraw_objection(row, by=user(judged.liuhaitao))
    assert ask(judged, judged.run).number == "YY-2026-10-003"


def test_term_ends_with_its_last_day(judged):
    run = judged.run
    assert run.objections_until == add_working_days(today(), 5)
    days = (run.objections_until - today()).days
    with later(days + 1), pytest.raises(Refused, match="异议期"):
        ask(judged, run)
    with later(days):
        assert ask(judged, run).state == "asked"


def test_term_is_set_at_publication(ready):
    run = actions.publish_run(month.run(ready), by=ready.lijianguo.user, objection_days=10)
    assert run.objections_until == add_working_days(today(), 10)
    with pytest.raises(Refused, match="异议期"):
        actions.publish_run(month.run(ready, reason="再算"), by=ready.wanghaitao.user, objection_days=0)


def test_final_result_may_be_doubted_a_replaced_or_unpublished_one_not(judged):
    run = judged.run
    with later((run.shown_until - today()).days + 1):
        actions.finalise_run(run, by=user(judged.lijianguo))
        ask(judged, run, indicator="org_life")
    month.report(judged, "2026-10", {"注采一站": {"oil": 960}})
    second = month.run(judged, reason="更正")
    with pytest.raises(Refused):
        ask(judged, second)
    actions.publish_run(second, by=judged.lijianguo.user)
    with pytest.raises(Refused, match="已被更正"):
        ask(judged, Run.objects.get(pk=run.pk))


def test_secretary_answers_where_nobody_else_is_free(judged):
    for name in ("郑爽", "陈晓燕"):
        person = judged.person[name]
        person.appointments.update(valid_to=today() - timedelta(days=1))
    assert [person.name for person in list_answerers(mark_of(judged.run, judged), asker=user(judged.liuhaitao))] == ["李建国"]
    assert owners(ask(judged, judged.run)) == ["李建国"]


def test_people_of_the_unit_and_the_last_reviewer_do_not_answer(judged):
    cases.confirm_all(judged, "郑爽")  # 钱进 had no hand, but nobody else could confirm the correction
    assert owners(ask(judged, judged.run)) == ["陈晓燕"]
    appoint(judged.wutong, "reviewer", judged.area)  # of 注采一站
    assert owners(ask(judged, judged.run, unit="注采一站", indicator="petition")) == ["钱进", "陈晓燕"]
    row = ask(judged, judged.run, unit="注采二站", by="孙丽华")
    assert owners(row) == ["吴桐", "钱进", "陈晓燕"]


def test_asker_takes_it_back_before_the_answer(judged):
    row = ask(judged, judged.run)
    with pytest.raises(PermissionDenied):
        actions.withdraw_objection(row, by=user(judged.hejing))
    row = actions.withdraw_objection(row, by=user(judged.liuhaitao))
    assert (row.state, row.due, owners(row)) == ("withdrawn", None, [])
    assert Objection.objects.count() == 1


def test_unanswered_goes_up_once(judged):
    row = ask(judged, judged.run)
    assert actions.escalate_late(row.due) == 0
    late = row.due + timedelta(days=1)
    with later((late - today()).days):
        assert [actions.escalate_late(late), actions.escalate_late(late), actions.escalate_late(late + timedelta(days=3))] == [1, 0, 0]
    assert owners(row, "异议超期") == ["李建国"]
    assert owners(row) == ["郑爽", "陈晓燕"]
    assert fresh(row).escalated_on == late
    assert Entry.objects.filter(object_id=row.pk, label="assessment.objection", verb="超期未答复").count() == 1
    actions.reject_objection(row, answer="已核对,数据无误", by=user(judged.lijianguo))
    assert not Task.objects.from_origin(row).open().exists()


def test_secretary_is_not_asked_before_it_is_late(judged):
    row = ask(judged, judged.run)
    with pytest.raises(PermissionDenied):
        actions.reject_objection(row, answer="无误", by=user(judged.lijianguo))
