"""纳入绩效: by hand, to the cent, kept nowhere; only for who keeps results."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ronghe.appraisal.actions.pay import set_pay_rule
from ronghe.appraisal.models import PayRule
from ronghe.appraisal.rules.pay import find_coefficient, find_factor, find_faults, split_pool
from tests.appraisal import cases
from tests.appraisal.cases import fresh, user

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
    page = boss.get(f"/appraisal/cycles/{cycle.pk}/pay/?pool=100000.01").content.decode()
    assert "100000.01 元,各人合计 100000.01 元" in page
    assert {model: model._default_manager.count() for model in apps.get_models()} == before
    assert boss.get(f"/appraisal/cycles/{cycle.pk}/pay/export/?pool=100000.01").status_code == 200
    for name, status in (("李建国", 200), ("陈晓燕", 403), ("刘海涛", 403), ("韩冬", 404)):
        assert login(world.person[name]).get(f"/appraisal/cycles/{cycle.pk}/pay/").status_code == status
    with pytest.raises(PermissionDenied):
        set_pay_rule(cycle.template, bands=BANDS, unit_share=Decimal(0), basis="x", reason="x", by=user(world.chenxiaoyan))
    with pytest.raises(ValidationError):
        set_pay_rule(fresh(cycle.template), bands=BANDS, unit_share=Decimal(0), basis=" ", reason="", by=user(world.lijianguo))
