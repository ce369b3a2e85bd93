"""书记李建国 publishes what 赵敏 computed; a published run stands; a correction is another run beside it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.assessment import actions, kernel
from ronghe.assessment.models import Mark, Result, Run
from ronghe.assessment.queries.runs import compare_runs, find_baseline
from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import add_working_days, today
from ronghe.notices.models import Notice
from ronghe.org.models import Person
from ronghe.worklist.models import Task
from tests.assessment import month
from tests.people import appoint


def freeze(run):
    """Return all that must never change of a run."""
    run = Run.objects.get(pk=run.pk)
    marks = list(Mark.objects.filter(run=run).order_by("pk").values())
    results = list(Result.objects.filter(run=run).order_by("pk").values())
    return (
        bytes(run.inputs),
        bytes(run.outputs),
        run.inputs_digest,
        run.results_digest,
        run.scheme_id,
        run.author_id,
        run.created_at,
        marks,
        results,
    )


def test_published_for_three_working_days(ready):
    run = month.publish(ready)
    assert (run.state, run.published_by, run.shown_until) == ("published", ready.lijianguo.user, add_working_days(today(), 3))
    assert Entry.objects.filter(label="assessment.run", object_id=run.pk, verb="公示").count() == 1
    assert not Task.objects.from_origin(run).open().exists()


def test_station_chiefs_are_told_of_their_own_page(shown):
    notice = Notice.objects.get(person=shown.liuhaitao, kind="考核", title="2026年10月考核结果公示")
    assert notice.path == f"/assessment/stations/{shown.unit['注采一站'].pk}/?period=2026-10"
    assert not Notice.objects.filter(person__in=[shown.wutong, shown.handong, shown.xitong], title__contains="公示").exists()


@pytest.mark.parametrize("name", ["赵敏", "周卫东", "钱进", "刘海涛", "高明", "韩冬", "审计管理员"])
def test_others_may_not_publish(ready, name):
    run = month.run(ready)
    with pytest.raises(PermissionDenied):
        actions.publish_run(run, by=ready.person[name].user)
    assert Run.objects.get(pk=run.pk).state == "preview"


def test_who_computed_it_never_publishes_it(ready):
    appoint(ready.lijianguo, "indicator_admin", ready.area)
    user = Person.objects.get(pk=ready.lijianguo.pk).user
    run = actions.run_month(ready.area, "2026-10", by=user)
    with pytest.raises(PermissionDenied):
        actions.publish_run(run, by=user)
    assert actions.publish_run(run, by=ready.wanghaitao.user).state == "published"


def test_preview_is_refused_when_the_figures_have_changed(ready):
    run = month.run(ready)
    month.report(ready, "2026-10", {"注采一站": {"oil": 980}})
    with pytest.raises(Refused, match="重新计分"):
        actions.publish_run(run, by=ready.lijianguo.user)


def test_second_publication_changes_nothing(shown):
    before = freeze(shown.run)
    with pytest.raises(Refused):
        actions.publish_run(shown.run, by=shown.wanghaitao.user)
    with pytest.raises(Refused):
        actions.drop_run(shown.run, by=shown.wanghaitao.user)
    assert freeze(shown.run) == before


def test_stale_form_changes_nothing(ready):
    run = month.run(ready)
    with pytest.raises(StaleForm):
        actions.publish_run(run, by=ready.lijianguo.user, version=run.version - 1)


def test_results_cannot_be_changed_by_the_program(shown):
    result = Result.objects.filter(run=shown.run).first()
    for attempt in (result.save, result.delete, Result.objects.all().delete, lambda: Mark.objects.update(mark=0)):
        with pytest.raises(TypeError):
            attempt()


def test_rerun_needs_a_reason(shown):
    with pytest.raises(Refused, match="写明原因"):
        month.run(shown)


def test_correction_stands_beside_what_it_corrects(shown):
    before = freeze(shown.run)
    month.report(shown, "2026-10", {"注采一站": {"oil": 1000}})
    second = month.run(shown, reason="注采一站产量更正")
    assert second.replaces == shown.run
    row = next(row for table in compare_runs(second, find_baseline(second)) for row in table.rows if row.unit == "注采一站")
    assert (row.old_total, row.total, row.old_place, row.place) == ("81.00", "94.75", "2", "1")
    assert [(mark.indicator, mark.old, mark.new) for mark in row.marks] == [("原油产量", "41.25", "55.00")]
    second = actions.publish_run(second, by=shown.lijianguo.user)
    assert Run.objects.get(pk=shown.run.pk).state == "replaced"
    assert list(Run.objects.in_force().filter(period="2026-10")) == [second]
    assert freeze(shown.run) == before
    assert Result.objects.get(run=second, unit=shown.unit["注采一站"]).total == Decimal("94.75")


def test_two_corrections_cannot_both_replace(shown):
    one, two = month.run(shown, reason="一"), month.run(shown, reason="二")
    actions.publish_run(two, by=shown.lijianguo.user)
    with pytest.raises(Refused):
        actions.publish_run(one, by=shown.wanghaitao.user)
    assert Run.objects.get(pk=one.pk).state == "dropped"


def test_takes_effect_after_its_term(shown):
    until = shown.run.shown_until
    with pytest.raises(Refused, match="公示期"):
        actions.finalise_run(shown.run, by=shown.lijianguo.user)
    assert actions.finalise_due_runs(until) == 0
    assert actions.finalise_due_runs(until + timedelta(days=1)) == 1
    assert actions.finalise_due_runs(until + timedelta(days=1)) == 0
    run = Run.objects.get(pk=shown.run.pk)
    assert (run.state, run.final_at is not None) == ("final", True)
    assert Entry.objects.get(label="assessment.run", object_id=run.pk, verb="生效").actor_name == "系统"


def test_later_finalising_keeps_the_frozen_part(shown):
    before = freeze(shown.run)
    actions.finalise_due_runs(date(2099, 1, 1))
    assert freeze(shown.run) == before


def test_old_run_recomputes_to_the_same_bytes(shown):
    run = Run.objects.get(pk=shown.run.pk)
    assert kernel.compute(run.scheme, kernel.unpack(run.inputs)).digest == run.results_digest
