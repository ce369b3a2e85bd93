"""指标管理员赵敏 runs a month: marks, totals and places are those that one adds up by hand."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.assessment import kernel
from ronghe.assessment.models import Mark, Result, Run, SchemeVersion
from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.worklist.models import Task
from tests.assessment import month


def totals(run):
    return {row.unit.name: (row.total, row.place) for row in Result.objects.filter(run=run).select_related("unit")}


def test_marks_are_those_of_the_hand(ready):
    run = month.run(ready)
    marks = {(mark.unit.name, mark.indicator): mark.mark for mark in Mark.objects.filter(run=run).select_related("unit")}
    assert marks["注采一站", "org_life"] == Decimal("11.25")
    assert marks["注采一站", "petition"] == Decimal("13.50")
    assert marks["注采一站", "oil"] == Decimal("41.25")
    assert marks["注采二站", "accountability"] == Decimal("4.50")
    assert marks["注采三站", "oil"] == Decimal("27.50")


def test_totals_and_places(ready):
    assert totals(month.run(ready)) == {
        "注采一站": (Decimal("81.00"), 2),
        "注采二站": (Decimal("89.50"), 1),
        "注采三站": (Decimal("65.00"), 3),
        "综合党群室": (Decimal("95.00"), None),
        "经营管理室": (Decimal("85.00"), None),
    }


def test_party_work_stands_beside_business(ready):
    run = month.run(ready)
    row = Result.objects.get(run=run, unit=ready.unit["注采一站"])
    assert (row.party, row.party_full, row.business, row.business_full) == (Decimal("39.75"), 45, Decimal("41.25"), 55)
    assert row.leader_name == "刘海涛"


def test_run_keeps_what_it_was_computed_from(ready):
    run = month.run(ready)
    assert run.state == Run.State.PREVIEW
    assert run.scheme == SchemeVersion.objects.get(area=ready.area)
    assert kernel.digest(kernel.unpack(run.inputs)) == run.inputs_digest
    files = {f"{name}.csv": kernel.unpack_file(run.outputs, f"{name}.csv") for name in kernel.RESULT_NAMES}
    assert kernel.digest_files(files) == run.results_digest
    assert run.tracks == [["production", "采油站"], ["support", "综合保障"]]
    assert Entry.objects.filter(label="assessment.run", object_id=run.pk, verb="计分").count() == 1


def test_second_run_is_another_run_with_the_same_bytes(ready):
    first, second = month.run(ready), month.run(ready)
    assert (first.number, second.number) == (1, 2)
    assert (first.inputs_digest, first.results_digest) == (second.inputs_digest, second.results_digest)


def test_scheme_with_many_ties_is_compiled_once(ready, monkeypatch):
    text = month.SCHEME.replace('["oil"]', '["oil", "org_life", "petition", "accountability"]').replace("version = 1", "version = 2")
    monkeypatch.setattr("ronghe.scoring.compile.SHIPPED_TIES", 3)
    monkeypatch.setattr("ronghe.scoring.compile._IN_PROCESS", {})
    scheme = month.adopt(ready, text, valid_from="2026-10")
    assert scheme.compiled
    monkeypatch.setattr("ronghe.scoring.compile._IN_PROCESS", {})
    monkeypatch.setattr("ronghe.scoring.expressions.build_steps", lambda *args: pytest.fail("compiled again"))
    assert totals(month.run(ready))["注采二站"] == (Decimal("89.50"), 1)


def test_those_who_may_publish_are_asked(ready):
    run = month.run(ready)
    owners = {task.owner.name for task in Task.objects.from_origin(run).open()}
    assert owners == {"李建国", "王海涛", "陈晓燕"}


@pytest.mark.parametrize("name", ["李建国", "钱进", "刘海涛", "吴桐", "高明", "系统管理员", "许诺"])
def test_others_may_not_run(ready, name):
    from ronghe.assessment.actions import run_month

    with pytest.raises(PermissionDenied):
        run_month(ready.area, "2026-10", by=ready.person[name].user)
    assert not Run.objects.exists()


def test_month_before_the_scheme_is_refused(ready):
    with pytest.raises(Refused, match="没有生效的考核方案"):
        month.run(ready, "2024-12")


def test_missing_figure_leaves_the_unit_unplaced_and_is_said(ready):
    from ronghe.figures.models import Figure

    Figure.objects.filter(unit=ready.unit["注采三站"], indicator__code="oil").update(in_force=False)
    run = month.run(ready)
    row = Result.objects.get(run=run, unit=ready.unit["注采三站"])
    assert (row.state, row.place, row.missing) == ("provisional", None, 1)
    assert any("注采三站 1" in text for text in run.warnings)


def test_veto_strikes_the_total(ready):
    month.report(ready, "2026-10", {"注采二站": {"accident": 1}})
    row = Result.objects.get(run=month.run(ready), unit=ready.unit["注采二站"])
    assert (row.total, row.vetoed, row.place) == (Decimal("0.00"), 1, 3)
