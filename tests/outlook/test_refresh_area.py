"""Computing 进度与预测: what it says, that it is done once, and what has it done again."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from ronghe.common.ticks import ticks
from ronghe.figures.actions.reviews import confirm_batch
from ronghe.figures.models import Adjustment, Batch, Figure
from ronghe.goals.models import Indicator, Target
from ronghe.outlook.actions import refresh_area
from ronghe.outlook.models import Outlook, Refresh
from tests.assessment import month
from tests.assessment.cases import user

pytestmark = pytest.mark.django_db


def row_of(world, unit):
    return Outlook.objects.get(unit=world.unit[unit], period="2026-10")


def test_year_of_each_station(told):
    assert refresh_area(told.area) == 3
    rows = {name: row_of(told, name) for name in ("注采一站", "注采二站", "注采三站")}
    assert {name: row.light for name, row in rows.items()} == {"注采一站": "green", "注采二站": "yellow", "注采三站": "red"}
    two = rows["注采二站"]
    assert (two.so_far, two.target_so_far, two.target, two.target_months) == (970, 1000, 1200, 12)
    assert (two.estimate, two.required, two.months_left, two.kind) == (1164, 115, 2, "sum")
    assert (two.against_time, two.year_gone) == (Decimal("-0.025"), Decimal("0.833333"))


def test_done_twice_writes_nothing(told):
    refresh_area(told.area)
    assert refresh_area(told.area) == 0
    assert ticks.get("outlook").run(date(2026, 11, 1)) == "进度与预测更新 0 行"


def test_changed_figure_is_computed_again(told):
    refresh_area(told.area)
    month.report(told, "2026-09", {"注采三站": {"oil": 90}})
    assert refresh_area(told.area) == 1
    assert row_of(told, "注采三站").so_far == 810


def test_adjusted_target_counts(told):
    oil = Indicator.objects.get(area=told.area, code="oil")
    Adjustment.objects.create(
        area=told.area, unit=told.unit["注采三站"], indicator=oil, period="2026-08", kind="target", target=40, reason="停井",
        state="approved", asked_by=told.maxiaoyan.user,
    )  # fmt: skip
    refresh_area(told.area)
    assert row_of(told, "注采三站").target == 1140


def test_without_a_target_there_is_no_row(told):
    refresh_area(told.area)
    Target.objects.filter(unit=told.unit["注采三站"]).delete()
    refresh_area(told.area)
    assert set(Outlook.objects.values_list("unit__name", flat=True)) == {"注采一站", "注采二站"}


def test_unreported_month_is_told(told):
    Figure.objects.filter(unit=told.unit["注采一站"], period="2026-10").delete()
    refresh_area(told.area)
    assert (row_of(told, "注采一站").months_missing, row_of(told, "注采二站").months_missing) == (1, 0)


def test_who_may_refresh(told):
    for name in ("李建国", "周卫东", "赵敏"):
        refresh_area(told.area, by=user(told.person[name]))
    for name in ("刘海涛", "何静", "钱进", "高明", "韩冬"):
        with pytest.raises(PermissionDenied):
            refresh_area(told.area, by=user(told.person[name]))


def test_confirmation_has_the_worker_compute_once(told):
    batches = []
    for name in ("注采一站", "注采二站"):
        batch = Batch.objects.filter(unit=told.unit[name], period__period="2026-10").first()
        figures = list(batch.figures.all())
        again = Batch.objects.create(
            area=told.area, unit=batch.unit, period=batch.period, number=f"{batch.number}-2", source="grid", author=told.hejing.user,
            hands=[told.hejing.user.pk], replaces=batch,
        )  # fmt: skip
        for figure in figures:
            Figure.objects.create(
                area=told.area,
                batch=again,
                unit=figure.unit,
                indicator=figure.indicator,
                period=figure.period,
                actual=(figure.actual or 0) + 1,
            )
        again.submit()
        again.save()
        batches.append(again)
    for batch in batches:
        confirm_batch(Batch.objects.get(pk=batch.pk), by=user(told.qianjin))
    assert Refresh.objects.get(area=told.area).waits is True
    assert DBTaskResult.objects.ready().count() == 1
    refresh_area(told.area)
    assert Refresh.objects.get(area=told.area).waits is False
