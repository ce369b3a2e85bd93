"""追标方案: who saves one, what it opens, how editions follow each other, and what the month that comes makes of it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.assessment import actions
from ronghe.assessment.models import Chase, Run
from ronghe.assessment.rules_chase import is_aim_met, is_step_met
from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.notices.models import Notice
from ronghe.worklist.models import Task
from tests.assessment import month
from tests.assessment.cases import user

pytestmark = pytest.mark.django_db
# 81.00 → 90.00: oil 950 → 1000 gives 55 instead of 41.25
OIL = {"oil": Decimal(1000)}


def save(world, *, by="刘海涛", unit="注采一站", values=OIL, owner="刘海涛", until="2026-11", aim="place", **more):
    owners = dict.fromkeys(values, world.person[owner].pk)
    unit = world.unit[unit]
    return actions.save_chase(
        unit, world.run, values=values, owners=owners, month=until, aim=aim, note="", by=user(world.person[by]), **more
    )


def test_numbers_are_the_kernels(shown):
    chase = save(shown)
    assert (chase.total_before, chase.place_before) == (Decimal("81.00"), 2)
    assert (chase.total_then, chase.place_then, chase.grade_then, chase.aim_place) == (Decimal("94.75"), 1, "优秀", 1)
    step = chase.steps.get()
    assert (step.before, step.wanted, step.x_wanted, step.ratio) == (950, 1000, Decimal("1"), "attainment")
    assert (step.mark_before, step.mark_then, step.change) == (Decimal("41.25"), Decimal("55.00"), Decimal("0.052632"))


def test_owner_has_a_task_and_a_message(shown):
    chase = save(shown, by="李建国")
    task = Task.objects.get(kind="追标")
    assert (task.owner.name, task.title, str(task.due)) == ("刘海涛", "追标:2026年11月「原油产量」达到 1000t", "2026-11-30")
    assert task.path == f"/assessment/chase/plans/{chase.pk}/"
    assert Notice.objects.filter(person=shown.liuhaitao, kind="追标").count() == 1
    assert list(Entry.objects.filter(label="assessment.chase").values_list("verb", flat=True)) == ["制定追标方案"]


def test_only_chief_and_leaders_may_save(shown):
    for name in ("孙丽华", "何静", "赵敏", "钱进", "吴桐", "高明", "韩冬"):
        with pytest.raises(PermissionDenied):
            save(shown, by=name)
    for name in ("刘海涛", "李建国", "周卫东"):
        assert save(shown, by=name).author_id == shown.person[name].user_id


def test_later_edition_takes_the_place(shown):
    first = save(shown)
    second = save(shown, values={"oil": Decimal(980)}, edition=1)
    first = Chase.objects.get(pk=first.pk)
    assert (first.state, second.edition, second.replaces, second.number) == ("replaced", 2, first, first.number)
    assert list(Task.objects.filter(kind="追标").order_by("pk").values_list("state", flat=True)) == ["dropped", "open"]


def test_stale_form_replaces_nothing(shown):
    save(shown)
    for edition in (0, 2):
        with pytest.raises(StaleForm):
            save(shown, edition=edition)
    assert Chase.objects.count() == 1


def test_wrong_input_is_refused(shown):
    for more, word in (
        ({"until": "2026-10"}, "之后"),
        ({"until": "2026-13"}, "之后"),
        ({"aim": "x"}, "算达到"),
        ({"values": {"oil": Decimal(950)}}, "不同"),
        ({"owner": "韩冬"}, "责任人"),
    ):
        with pytest.raises(ValidationError, match=word):
            save(shown, **more)
    assert not Chase.objects.exists()


def test_replaced_result_is_no_ground(shown):
    old = Run.objects.get(pk=shown.run.pk)
    month.report(shown, "2026-10", {"注采一站": {"oil": 960}})
    month.publish(shown, reason="更正")
    shown.run = old
    with pytest.raises(Refused, match="现行"):
        save(shown)


def test_dropping_needs_a_reason_and_ends_the_tasks(shown):
    chase = save(shown)
    with pytest.raises(Refused, match="理由"):
        actions.drop_chase(chase, reason=" ", by=user(shown.liuhaitao))
    with pytest.raises(PermissionDenied):
        actions.drop_chase(chase, reason="不追了", by=user(shown.sunlihua))
    dropped = actions.drop_chase(chase, reason="计划关井", by=user(shown.liuhaitao))
    assert (dropped.state, dropped.end_note, Task.objects.get(kind="追标").state) == ("dropped", "计划关井", "dropped")
    with pytest.raises(Refused, match="结果"):
        actions.drop_chase(chase, reason="再撤", by=user(shown.liuhaitao))


@pytest.mark.parametrize(("oil", "state", "word"), [(1000, "reached", "已达到"), (999, "missed", "未达到")])
def test_month_that_comes_judges(shown, oil, state, word):
    chase = save(shown, aim="figures")
    month.report(shown, "2026-11", {**month.ACTUALS, "注采一站": {**month.ACTUALS["注采一站"], "oil": oil}})
    run = month.publish(shown, "2026-11")
    chase = Chase.objects.get(pk=chase.pk)
    step = chase.steps.get()
    assert (chase.state, chase.judged_by, step.came, step.reached) == (state, run, oil, oil == 1000)
    assert (chase.end_note, Task.objects.get(kind="追标").result) == (f"{int(oil == 1000)} / 1 项达到", word)


def test_correction_judges_again(shown):
    chase = save(shown, aim="figures")
    month.report(shown, "2026-11", month.ACTUALS)
    month.publish(shown, "2026-11")
    month.report(shown, "2026-11", {"注采一站": {"oil": 1010}})
    month.publish(shown, "2026-11", reason="漏计")
    chase = Chase.objects.get(pk=chase.pk)
    assert (chase.state, chase.steps.get().came) == ("reached", 1010)


def test_ratio_decides_where_targets_differ():
    met = {"before": Decimal(950), "wanted": Decimal(1000), "x_wanted": Decimal(1)}
    assert is_step_met(**met, came=Decimal(990), x_came=Decimal("1.01")) is True
    assert is_step_met(**met, came=Decimal(1010), x_came=Decimal("0.99")) is False
    assert is_step_met(**met, came=None, x_came=None) is None
    assert is_step_met(before=Decimal(3), wanted=Decimal(1), x_wanted=None, came=Decimal(1), x_came=None) is True
    assert is_step_met(before=Decimal(3), wanted=Decimal(1), x_wanted=None, came=Decimal(2), x_came=None) is False


def test_aims():
    none = {"place": None, "total": None, "place_came": None, "total_came": None, "steps": []}
    assert is_aim_met("place", **{**none, "place": 2, "place_came": 2}) is True
    assert is_aim_met("place", **{**none, "place": 2, "place_came": 3}) is False
    assert is_aim_met("place", **{**none, "place": 2}) is False
    assert is_aim_met("total", **{**none, "total": Decimal(80), "total_came": Decimal("80.00")}) is True
    assert is_aim_met("figures", **{**none, "steps": [True, False]}) is False
    assert is_aim_met("figures", **none) is False
