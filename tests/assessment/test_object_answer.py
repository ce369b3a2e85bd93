"""郑爽 answers; 钱进 confirms the correction; 赵敏 runs the month again; 李建国 publishes: old and new mark stand side by side."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django_fsm import TransitionNotAllowed

from ronghe.assessment import actions
from ronghe.assessment.models import Mark, Run
from ronghe.assessment.queries.objections import compare_marks_of, list_steps
from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import today
from ronghe.figures.actions.adjustments import decide_adjustment
from ronghe.figures.actions.batches import drop_batch, withdraw_batch
from ronghe.figures.actions.reviews import return_batch
from ronghe.figures.models import Adjustment, Batch
from ronghe.notices.models import Notice
from ronghe.worklist.models import Task
from tests.assessment import cases
from tests.assessment.cases import ask, confirm, fresh, in_force, mark_of, rerun, uphold, user
from tests.assessment.test_publish_run import freeze


def tasks(row):
    return sorted(Task.objects.from_origin(row).open().values_list("kind", "owner__name"))


@pytest.mark.parametrize("name", ["钱进", "赵敏", "何静", "刘海涛", "李建国", "孙丽华", "高明", "韩冬", "沈括", "审计管理员"])
def test_who_had_a_hand_or_no_post_does_not_answer(judged, name):
    row = ask(judged, judged.run)
    for answer in (
        lambda: actions.reject_objection(row, answer="无误", by=user(judged.person[name])),
        lambda: uphold(row, judged, by=name),
    ):
        with pytest.raises(PermissionDenied):
            answer()
    assert fresh(row).state == "asked"
    assert Batch.objects.filter(state="submitted").count() == 0


def test_rejection_needs_its_answer(judged):
    row = ask(judged, judged.run)
    with pytest.raises(ValidationError):
        actions.reject_objection(row, answer=" ", by=user(judged.zhengshuang))
    row = actions.reject_objection(row, answer="签认单是11月的", by=user(judged.zhengshuang))
    assert (row.state, row.answer, row.answered_by, row.due, tasks(row)) == (
        "rejected", "签认单是11月的", judged.zhengshuang.user, None, [],
    )  # fmt: skip
    assert Notice.objects.filter(person=judged.liuhaitao, title__endswith="已答复:不成立").count() == 1
    assert mark_of(judged.run, judged).mark == Decimal("41.25")


def test_upheld_leads_to_a_new_run_beside_the_old(judged):
    before = freeze(judged.run)
    row = ask(judged, judged.run)
    row = uphold(row, judged)
    assert (row.state, row.batch.state, row.batch.author, row.batch.replaces.state) == (
        "upheld", "submitted", judged.zhengshuang.user, "confirmed",
    )  # fmt: skip
    assert row.number in row.batch.reason
    assert row.batch.figures.count() == 5  # the whole batch, with one figure changed
    assert in_force(judged) == 950
    with pytest.raises(PermissionDenied):
        confirm(row, judged, by="郑爽")
    assert Task.objects.from_origin(row.batch).open().get().owner == judged.qianjin
    assert Task.objects.from_origin(row.batch).open().get().due >= today()

    confirm(row, judged)
    row = fresh(row)
    assert (row.state, in_force(judged), tasks(row)) == ("cured", 980, [("异议重新计分", "赵敏")])

    run = rerun(row, judged)
    row = fresh(row)
    assert (row.state, row.new_run, tasks(row)) == ("rerun", run, [])
    assert Task.objects.from_origin(run).open().filter(owner=judged.lijianguo).exists()

    run = actions.publish_run(run, by=judged.lijianguo.user)
    row = fresh(row)
    assert (row.state, row.due, row.new_run, run.replaces) == ("corrected", None, run, judged.run)
    assert (mark_of(judged.run, judged).mark, mark_of(run, judged).mark) == (Decimal("41.25"), Decimal("49.5"))
    columns, moved = compare_marks_of(row)
    assert [(one.mark, one.figures, one.total) for one in columns] == [("41.25", "950 / 1000", "81.00"), ("49.50", "980 / 1000", "89.25")]
    assert moved == "↑ 升 8.25"
    assert freeze(judged.run) == before
    assert Run.objects.get(pk=judged.run.pk).state == "replaced"
    assert [step.state for step in list_steps(row, today())] == ["done"] * 5
    verbs = list(Entry.objects.filter(label="assessment.objection", object_id=row.pk).order_by("id").values_list("verb", flat=True))
    assert [verb for verb in verbs if verb != "上传附件"] == ["提出异议", "异议成立", "更正已确认", "已重新计分", "更正结果已公示"]


def test_returned_correction_comes_back_to_who_answered(judged):
    row = uphold(ask(judged, judged.run), judged, right="990")
    return_batch(row.batch, reason="签认单是 980", by=user(judged.qianjin))
    assert tasks(row) == [("异议更正", "郑爽")]
    row = uphold(fresh(row), judged, right="980")
    assert (row.batch.state, tasks(row), Batch.objects.filter(replaces__isnull=False).count()) == ("submitted", [], 1)
    confirm(row, judged)
    assert (fresh(row).state, in_force(judged)) == ("cured", 980)


def test_correction_taken_back_and_dropped_by_the_reporter_is_proposed_anew(judged):
    row = uphold(ask(judged, judged.run), judged)
    withdraw_batch(row.batch, by=user(judged.hejing))
    drop_batch(row.batch, by=user(judged.hejing))
    assert tasks(row) == [("异议更正", "郑爽")]
    row = uphold(fresh(row), judged)
    confirm(row, judged)
    assert fresh(row).state == "cured"


def test_returned_correction_may_end_in_rejection(judged):
    row = uphold(ask(judged, judged.run), judged)
    with pytest.raises(Refused):
        actions.reject_objection(fresh(row), answer="改判", by=user(judged.zhengshuang))
    return_batch(row.batch, reason="签认单系伪造", by=user(judged.qianjin))
    row = actions.reject_objection(fresh(row), answer="经核实签认单不实", by=user(judged.zhengshuang))
    assert (row.state, Batch.objects.get(pk=row.batch_id).state, tasks(row), in_force(judged)) == ("rejected", "dropped", [], 950)
    assert not Task.objects.from_origin(row.batch).open().exists()


@pytest.mark.parametrize(("fault", "right", "state"), [("target", "950", "adjusted"), ("exempt", None, "exempt")])
def test_wrong_target_or_missing_exemption(judged, fault, right, state):
    row = uphold(ask(judged, judged.run), judged, fault=fault, right=right)
    adjustment = row.adjustment
    assert (row.batch, adjustment.kind, adjustment.state, adjustment.asked_by) == (None, fault, "asked", judged.zhengshuang.user)
    decide_adjustment(adjustment, approve=True, note="", by=user(judged.chenxiaoyan))
    assert fresh(row).state == "cured"
    run = actions.publish_run(rerun(row, judged), by=judged.lijianguo.user)
    new = mark_of(run, judged)
    assert (fresh(row).state, new.mark) == ("corrected", Decimal(55) if fault == "target" else None)


def test_declined_adjustment_comes_back(judged):
    row = uphold(ask(judged, judged.run), judged, fault="exempt", right=None)
    decide_adjustment(row.adjustment, approve=False, note="不属不可抗力", by=user(judged.wanghaitao))
    assert tasks(row) == [("异议更正", "郑爽")]
    row = uphold(fresh(row), judged)
    assert (row.fault, row.adjustment, row.batch.state) == ("figure", None, "submitted")
    assert Adjustment.objects.count() == 1


def test_figure_that_nobody_reported_gets_a_batch(ready):
    from ronghe.figures.models import Figure
    from tests.assessment import month

    Figure.objects.filter(unit=ready.unit["注采一站"], indicator__code="oil").delete()
    cases.confirm_all(ready)
    ready.run = month.publish(ready)
    row = uphold(ask(ready, ready.run, reason="已报,漏录"), ready)
    assert (row.batch.replaces, row.batch.unit) == (None, ready.unit["注采一站"])
    confirm(row, ready)
    assert (fresh(row).state, in_force(ready)) == ("cured", 980)


def test_same_or_missing_figure_changes_nothing(judged):
    row = ask(judged, judged.run)
    for right in ("950", None):
        with pytest.raises(ValidationError):
            uphold(row, judged, right=right)
    assert (fresh(row).state, Batch.objects.filter(replaces__isnull=False).count()) == ("asked", 0)


def test_stale_or_second_answer_changes_nothing(judged):
    row = ask(judged, judged.run)
    with pytest.raises(StaleForm):
        actions.reject_objection(row, answer="无误", by=user(judged.zhengshuang), version=row.version - 1)
    actions.reject_objection(row, answer="无误", by=user(judged.zhengshuang))
    with pytest.raises((Refused, TransitionNotAllowed)):
        uphold(row, judged, by="陈晓燕")
    assert fresh(row).state == "rejected"


def test_dropped_preview_is_asked_for_again(judged):
    row = uphold(ask(judged, judged.run), judged)
    confirm(row, judged)
    run = rerun(row, judged)
    actions.drop_run(run, by=user(judged.lijianguo))
    assert (fresh(row).state, fresh(row).new_run, tasks(row)) == ("cured", None, [("异议重新计分", "赵敏")])
    run = rerun(row, judged)
    actions.publish_run(run, by=judged.lijianguo.user)
    assert (fresh(row).state, Mark.objects.filter(indicator="oil", unit=row.unit).count()) == ("corrected", 3)
