"""The total of each unit as a number for 预警: that of the newest month published by a day."""

from datetime import timedelta

from django.utils.timezone import localtime

from ronghe.assessment.models import Result
from ronghe.common.registry import gauges


def test_totals_are_told_from_the_day_of_publication(shown):
    run = shown.run
    day = localtime(run.published_at).date()
    read = gauges.get("total").read
    totals = {row.unit_id: row.total for row in Result.objects.filter(run=run, total__isnull=False)}
    readings = read(run.area_id, [day - timedelta(days=1), day], "", 90)
    assert {one.unit_id: one.value for one in readings} == totals
    assert {one.day for one in readings} == {day}
    assert read(run.area_id, [day + timedelta(days=91)], "", 90) == []
