"""纳入绩效: by hand, to the cent, kept nowhere; only for who keeps results."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ronghe.appraisal.actions.pay import set_pay_rule
from ronghe.appraisal.models import PayPool, PayRule
from ronghe.appraisal.rules.pay import find_coefficient, find_factor, find_faults, split_pool
from ronghe.common.calendar import today
from tests.appraisal import cases
from tests.appraisal.cases import fresh, user
from tests.people import appoint
from tests.portal.test_api import call_as

GRADES = ["优秀", "称职", "基本称职", "不称职"]
BANDS = [{"grade": grade, "coefficient": value} for grade, value in zip(GRADES, ("1.2", "1.0", "0.8", "0.5"), strict=True)]
VALUES = {one["grade"]: Decimal(one["coefficient"]) for one in BANDS}


@given(
    st.decimals(min_value=0, max_value=9_999_999, places=2),
    st.lists(st.decimals(min_value=0, max_value=3, places=4), min_size=1, max_size=40),
)
def test_the_parts_add_up_to_the_pool_to_the_cent(pool, coefficients):
    parts = split_pool(pool, coefficients)
    assert sum(parts) == (pool if any(coefficients) else 0)
    if any(coefficients):
        exact = [pool * one / sum(coefficients) for one in coefficients]
        assert all(abs(part - whole) < Decimal("0.0101") for part, whole in zip(parts, exact, strict=True))


def test_a_coefficient_by_hand():
    factor = find_factor(Decimal(90), Decimal(80))
    assert find_coefficient("优秀", VALUES, Decimal(40), factor).value == Decimal("1.2600")  # 1.2 × (0.6 + 0.4 × 1.125)
    assert find_coefficient("优秀", VALUES, Decimal(40), find_factor(Decimal(160), Decimal(80))).value == Decimal("1.2960")  # at most 1.2
    assert find_coefficient("称职", VALUES, Decimal(40), None).value == Decimal("1.0000")
    assert find_coefficient("", VALUES, Decimal(0), None).value is None
    assert find_factor(None, Decimal(80)) is None


@pytest.mark.parametrize(
    "bands",
    [BANDS[:3], [*BANDS[:3], {"grade": "不称职", "coefficient": "0.9"}], [{"grade": "优秀", "coefficient": "3.5"}, *BANDS[1:]]],
)
def test_a_rule_that_cannot_be_used(bands):
    assert find_faults(BANDS, Decimal(30), GRADES) == ""
    assert find_faults(bands, Decimal(30), GRADES)
    assert find_faults(BANDS, Decimal(101), GRADES)


@pytest.mark.django_db
def test_a_signed_round_is_tried_and_nothing_of_it_is_kept(world, login, settings, tmp_path):
    settings.RONGHE_URNS = tmp_path / "urns"
    cycle = cases.signed(world)
    boss = login(world.wanghaitao)
    assert boss.get(f"/appraisal/cycles/{cycle.pk}/pay/").status_code == 302, "no rule yet"
    path = f"/appraisal/templates/{cycle.template_id}/pay/"
    form = {**{f"g{place}": one["coefficient"] for place, one in enumerate(BANDS)}, "unit_share": "30", "basis": "厂绩效办法第三条"}
    assert boss.post(path, {**form, "g3": "0.9"}).status_code == 422
    assert boss.post(path, form).status_code == 302
    rule = PayRule.objects.get()
    assert boss.post(path, {**form, "version": rule.version, "reason": ""}).status_code == 422
    assert boss.post(path, {**form, "g0": "1.3", "version": rule.version, "reason": "按新办法"}).status_code == 302
    assert [(one.number, one.valid_to is None) for one in PayRule.objects.order_by("number")] == [(1, False), (2, True)]
    before = {model: model._default_manager.count() for model in apps.get_models()}
    page = boss.get(f"/appraisal/cycles/{cycle.pk}/pay/?amount-{cycle.pk}-all=100000.01").content.decode()
    assert "100000.01 元,各人合计 100000.01 元" in page
    assert {model: model._default_manager.count() for model in apps.get_models()} == before
    assert boss.get(f"/appraisal/cycles/{cycle.pk}/pay/export/?amount-{cycle.pk}-all=100000.01").status_code == 200
    for name, status in (("李建国", 200), ("陈晓燕", 403), ("刘海涛", 403), ("韩冬", 404)):
        assert login(world.person[name]).get(f"/appraisal/cycles/{cycle.pk}/pay/").status_code == status
    with pytest.raises(PermissionDenied):
        set_pay_rule(cycle.template, bands=BANDS, unit_share=Decimal(0), basis="x", reason="x", by=user(world.chenxiaoyan))
    with pytest.raises(ValidationError):
        set_pay_rule(fresh(cycle.template), bands=BANDS, unit_share=Decimal(0), basis=" ", reason="", by=user(world.lijianguo))


# --- pools ------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_several_pools_each_to_the_cent_on_the_page_and_by_the_api(world, login, settings, tmp_path):
    """Two pools of one round: stations with the shared rule, offices with their own; last year's and this year's round side by side."""
    settings.RONGHE_URNS = tmp_path / "urns"
    appoint(world.songwen, "group_leader", world.unit["综合党群室"])
    cycle = cases.signed(world)
    boss = login(world.wanghaitao)
    template = cycle.template
    set_pay_rule(template, bands=BANDS, unit_share=Decimal(0), basis="厂绩效办法", reason="", by=user(world.lijianguo))
    path = f"/appraisal/templates/{template.pk}/pools/"
    line = {"code": "first-line", "name": "一线", "kinds": ["station"], "basis": "厂绩效办法第五条"}
    assert boss.post(path, {**line, "code": "一线"}).status_code == 422
    assert boss.post(path, line).status_code == 302
    twice = boss.post(path, {**line, "code": "x2", "kinds": ["station", "office"]})
    assert twice.status_code == 422
    assert "一个人只能在一池" in twice.content.decode()
    assert boss.post(path, {"code": "office", "name": "管理", "kinds": ["office"], "own_rule": "on", "basis": "同上"}).status_code == 302
    office = PayPool.objects.get(code="office")
    at = f"/appraisal/cycles/{cycle.pk}/pay/"
    assert "没有适用的系数规则" in boss.get(at).content.decode()
    own = {**{f"g{place}": "1" for place in range(4)}, "unit_share": "0", "basis": "室绩效办法"}
    assert boss.post(f"/appraisal/pay/pools/{office.pk}/rule/", own).status_code == 302
    asked = f"?year={cycle.period[:4]}&amount-{cycle.pk}-first-line=100.00&amount-{cycle.pk}-office=50.01"
    page = " ".join(boss.get(f"/appraisal/pay/year/{asked}").content.decode().split())
    assert "总额 100.00 元,各人合计 100.00 元" in page
    assert "总额 50.01 元,各人合计 50.01 元" in page
    assert "各池总额合计 150.01 元,各人合计 150.01 元" in page
    assert boss.get(f"/appraisal/pay/year/export/{asked}").status_code == 200
    edit = {"name": "机关", "kinds": ["office"], "own_rule": "on", "basis": "同上", "version": office.version}
    assert boss.post(f"/appraisal/pay/pools/{office.pk}/", edit).status_code == 302
    assert login(world.chenxiaoyan).get("/appraisal/pay/year/").status_code == 403

    caller = call_as(world.lijianguo, "pay:read")
    [signed] = caller.get("/pay/a1")[1]
    assert (signed["round"], signed["template"], signed["signed_on"]) == (cycle.pk, "chief-year", str(today()))
    before = {model: model._default_manager.count() for model in apps.get_models()}
    status, found = caller.get(f"/pay/a1/{cycle.pk}", amounts="first-line:100.00,office:50.01")
    assert status == 200
    pools = {pool["pool"]: pool for pool in found["pools"]}
    assert {code: (len(pool["lines"]), pool["amount"], pool["total"]) for code, pool in pools.items()} == {
        "first-line": (3, "100.00", "100.00"), "office": (1, "50.01", "50.01"),
    }  # fmt: skip
    assert [line["amount"] for line in pools["first-line"]["lines"]] == ["33.34", "33.33", "33.33"]
    assert pools["first-line"]["lines"][0]["number"] == world.liuhaitao.number
    after = {model: model._default_manager.count() for model in apps.get_models()}
    assert {model.__name__ for model in after if after[model] != before[model]} <= {"Export", "Entry"}, "no amount is kept"
    assert caller.get(f"/pay/a1/{cycle.pk}", amounts="nobody:1")[0] == 422
    assert caller.get(f"/pay/a1/{cycle.pk}", amounts="first-line:1,first-line:2")[0] == 422
    assert caller.get(f"/pay/a1/{cycle.pk}", amounts="first-line:-1")[0] == 422
    assert call_as(world.chenxiaoyan, "pay:read").get(f"/pay/a1/{cycle.pk}")[0] == 404
    assert call_as(world.handong, "pay:read").get("/pay/a1") == (200, [])

    boss = login(world.wanghaitao)
    assert boss.post(f"/appraisal/pay/pools/{office.pk}/end/", {"version": fresh(office).version}).status_code == 302
    assert "不在任何一池" in boss.get(at).content.decode()
