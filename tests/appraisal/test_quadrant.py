"""双挂钩: where two sides drift apart, and a page that says the same as the published results."""

from decimal import Decimal

import pytest

from ronghe.appraisal.rules.quadrant import Point, find_splits, make_scale
from tests.assessment.month import ACTUALS, add_indicators, adopt, publish, report


def points(*rows):
    return [Point(n, "t", Decimal(party), Decimal(business)) for n, (party, business) in enumerate(rows)]


def test_only_where_both_sides_leave_the_median_by_the_margin():
    found = find_splits(points((90, 60), (80, 80), (60, 95)))
    assert {(one.unit_id, one.weak) for one in found} == {(0, "business"), (2, "party")}
    assert find_splits(points((82, 78), (80, 80), (78, 82))) == []
    assert find_splits(points((90, 60), (80, 80))) == [], "two units have no median worth the name"
    assert find_splits(points((90, 90), (80, 80), (60, 60))) == [], "weak on both sides is no 两张皮"


def test_a_scale_holds_all_points():
    scale = make_scale([Decimal("61.2"), Decimal("98.4")], 400)
    assert (scale.low, scale.high) == (Decimal(55), Decimal(105))
    assert 0 < scale.place(Decimal("61.2")) < scale.place(Decimal("98.4")) < 400


@pytest.mark.django_db
def test_the_page_shows_the_published_rates(world, login):
    add_indicators(world.area)
    adopt(world)
    for period in ("2026-07", "2026-08"):
        report(world, period, ACTUALS)
        publish(world, period)
    from ronghe.assessment.models import Result

    row = Result.objects.filter(unit=world.unit["注采一站"], run__period="2026-08").get()
    rate = f"{(row.party * 100 / row.party_full):.1f} / {(row.business * 100 / row.business_full):.1f}"
    page = login(world.wutong).get("/appraisal/quadrant/")
    assert page.status_code == 200
    assert rate in page.content.decode()
    assert login(world.handong).get("/appraisal/quadrant/").content.decode().count("quadrant-dot") == 0
    assert login(world.wutong).get("/appraisal/quadrant/?quarter=nonsense&track=x").status_code == 200


@pytest.mark.django_db
def test_the_margin_is_data_with_its_basis(world, login):
    from ronghe.appraisal.queries.quadrant import find_margin

    assert find_margin(world.area.pk) == (Decimal(3), "")
    boss, path = login(world.lijianguo), "/appraisal/quadrant/margin/"
    assert boss.post(path, {"margin": "3", "basis": "办法"}).status_code == 422
    assert boss.post(path, {"margin": "0", "basis": "办法"}).status_code == 422
    assert boss.post(path, {"margin": "5.5", "basis": "班子会定"}).status_code == 302
    assert find_margin(world.area.pk) == (Decimal("5.5"), "班子会定")
    page = boss.get("/appraisal/quadrant/").content.decode()
    assert ("5.5 个百分点" in page, "班子会定" in page) == (True, True)
    assert login(world.zhaomin).get(path).status_code == 403
