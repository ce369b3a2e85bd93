"""制定方案: cause and measures; later ones are added, none is taken away."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.actions import Refused, StaleForm
from ronghe.rectification import actions
from ronghe.rectification.actions import Planned
from tests.rectification.cases import close_one, day, fresh, open_one, plan_one, prove_one, titles_of, user


def test_owner_plans_and_the_cure_runs(world):
    item = open_one(world)
    actions.plan_cure(item, cause="缺台账", measures=[Planned("建台账", world.wutong, day(9)), "复查"], by=user(world.liuhaitao))
    item = fresh(item)
    assert (item.state, item.cause, item.holder, item.step_due) == ("curing", "缺台账", world.liuhaitao, day(30))
    assert titles_of(world.liuhaitao) == [("整改", day(30))]
    assert titles_of(world.wutong) == [("整改措施", day(9))]


def test_further_measures_are_added(world):
    item = plan_one(world)
    actions.plan_cure(item, cause=item.cause, measures=["再查一遍"], by=user(world.liuhaitao))
    assert list(item.measures.values_list("text", flat=True)) == ["排查低效井", "再查一遍"]
    assert fresh(item).state == "curing"


@pytest.mark.parametrize(("values", "field"), [({"cause": " "}, "cause"), ({"measures": []}, "measures")])
def test_cause_and_a_measure_are_needed(world, values, field):
    with pytest.raises(ValidationError) as problem:
        actions.plan_cure(open_one(world), by=user(world.liuhaitao), **{"cause": "x", "measures": ["y"], **values})
    assert list(problem.value.message_dict) == [field]


@pytest.mark.parametrize("name", ["李建国", "郑爽", "何静", "孙丽华", "韩冬"])
def test_others_do_not_plan(world, name):
    with pytest.raises(PermissionDenied):
        actions.plan_cure(open_one(world), cause="x", measures=["y"], by=user(world.person[name]))


def test_measure_of_somebody_from_elsewhere_is_refused(world):
    with pytest.raises(ValidationError):
        actions.plan_cure(open_one(world), cause="x", measures=[Planned("y", world.handong)], by=user(world.liuhaitao))


def test_stale_form_changes_nothing(world):
    item = open_one(world)
    actions.plan_cure(item, cause="先", measures=["一"], by=user(world.liuhaitao), version=item.version)
    with pytest.raises(StaleForm):
        actions.plan_cure(item, cause="后", measures=["二"], by=user(world.liuhaitao), version=item.version)
    assert list(item.measures.values_list("text", flat=True)) == ["一"]


@pytest.mark.parametrize("make", [close_one])
def test_ended_item_is_not_planned(world, make):
    with pytest.raises(Refused):
        actions.plan_cure(make(world), cause="x", measures=["y"], by=user(world.liuhaitao))


def test_page_plans(world, login):
    item = open_one(world)
    client = login(world.liuhaitao)
    page = client.get(f"/rectification/{item.pk}/plan/").content.decode()
    assert "制定整改方案" in page
    data = {
        "version": item.version, "once": "k1", "cause": "缺台账", "m-TOTAL_FORMS": 2, "m-INITIAL_FORMS": 2,
        "m-0-text": "建台账", "m-0-responsible": world.wutong.pk, "m-0-due": day(9), "m-1-text": "",
    }  # fmt: skip
    assert client.post(f"/rectification/{item.pk}/plan/", data).status_code == 302
    assert client.post(f"/rectification/{item.pk}/plan/", data).status_code == 302
    assert list(item.measures.values_list("text", "responsible__name")) == [("建台账", "吴桐")]


def test_more_rows_keep_what_was_typed(world, login):
    item = open_one(world)
    data = {"version": item.version, "cause": "写了一半", "m-TOTAL_FORMS": 1, "m-INITIAL_FORMS": 0, "m-0-text": "先写的", "more": "1"}
    page = login(world.liuhaitao).post(f"/rectification/{item.pk}/plan/", data).content.decode()
    assert "写了一半" in page
    assert 'value="先写的"' in page
    assert 'name="m-2-text"' in page


def test_stale_page_shows_what_is_saved_and_keeps_what_was_typed(world, login):
    item = prove_one(world)
    data = {"version": item.version - 1, "cause": "我写的原因", "m-TOTAL_FORMS": 0, "m-INITIAL_FORMS": 0}
    response = login(world.liuhaitao).post(f"/rectification/{item.pk}/plan/", data)
    assert response.status_code == 422
    assert "我写的原因" in response.content.decode()
    assert "待验证" in response.content.decode()
