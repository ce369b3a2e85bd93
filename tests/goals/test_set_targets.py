import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.goals.actions.targets import Aim, StaleTargets, set_targets
from ronghe.goals.models import Target
from ronghe.goals.rules import print_number, read_number
from tests.figures.factories import make_target, month


def aim(world, indicators, value, *, unit="注采一站", code="oil", base=None, was=(None, None)):
    return Aim(world.unit[unit].pk, indicators[code].pk, value, base, was=was)


def test_targets_are_set_and_recorded(world, indicators):
    assert set_targets(world.area, period=month(), aims=[aim(world, indicators, Decimal(1300))], reason="", by=world.zhaomin.user) == 1
    assert Target.objects.get().value == 1300
    assert Entry.objects.get(verb="设定目标值").changes == {"注采一站 原油产量": [None, "1300"]}


def test_changing_one_needs_a_reason(world, indicators):
    make_target(indicators["oil"], world.unit["注采一站"], 1300)
    later = aim(world, indicators, Decimal(1350), was=(Decimal(1300), None))
    with pytest.raises(Refused):
        set_targets(world.area, period=month(), aims=[later], reason="", by=world.zhaomin.user)
    set_targets(world.area, period=month(), aims=[later], reason="年中调整", by=world.zhaomin.user)
    assert Target.objects.get().value == 1350


def test_the_late_of_two_browsers_is_told(world, indicators):
    make_target(indicators["oil"], world.unit["注采一站"], 1300)
    with pytest.raises(StaleTargets) as caught:
        set_targets(world.area, period=month(), aims=[aim(world, indicators, Decimal(1400))], reason="x", by=world.zhaomin.user)
    assert list(caught.value.saved.values()) == [(1300, None)]


def test_only_ours_by_our_administrator(world, indicators):
    for person in (world.lijianguo, world.hejing, world.xunuo):
        with pytest.raises(PermissionDenied):
            set_targets(world.area, period=month(), aims=[aim(world, indicators, Decimal(1))], reason="", by=person.user)
    foreign = [aim(world, indicators, Decimal(1), unit="二区采油站")]
    with pytest.raises(Refused):
        set_targets(world.area, period=month(), aims=foreign, reason="", by=world.zhaomin.user)


def post(client, world, indicators, value, *, was="", reason="", once="k", part=""):
    name = f"t-{world.unit['注采一站'].pk}-{indicators['oil'].pk}"
    fields = {name: value, "was": json.dumps({name: was} if was else {}), "reason": reason, "once": once}
    return client.post(f"/goals/targets/?period={month()}&part={part}", fields)


def test_typing_into_the_table(world, indicators, login):
    client = login(world.zhaomin)
    assert post(client, world, indicators, "1,3００").status_code == 302
    assert Target.objects.get().value == 1300
    assert post(client, world, indicators, "1180", part="base", once="b", reason="补基数").status_code == 302
    assert (Target.objects.get().value, Target.objects.get().base) == (1300, 1180)
    assert 'value="1300"' in client.get(f"/goals/targets/?period={month()}").content.decode()


def test_nonsense_is_shown_again(world, indicators, login):
    answer = post(login(world.zhaomin), world, indicators, "多一点")
    assert answer.status_code == 422
    assert "多一点" in answer.content.decode()
    assert Target.objects.count() == 0


def test_the_late_browser_sees_both(world, indicators, login):
    make_target(indicators["oil"], world.unit["注采一站"], 1300)
    answer = post(login(world.zhaomin), world, indicators, "1400", reason="改")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "现已保存:1300" in page
    assert 'value="1400"' in page
    assert Target.objects.get().value == 1300
    assert post(login(world.zhaomin), world, indicators, "1400", was="1300", reason="改", once="k2").status_code == 302


def test_others_read_only(world, indicators, login):
    page = login(world.liuhaitao).get(f"/goals/targets/?period={month()}").content.decode()
    assert "readonly" in page
    assert 'name="reason"' not in page
    assert login(world.gaoming).get("/goals/targets/").status_code == 403


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=6))
def test_a_printed_number_is_read_back(value):
    assert read_number(print_number(value)) == value


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("—", None), ("1,200", 1200), ("１２.５", Decimal("12.5")), ("95%", 95), ("1.2万", 12000), ("-3", -3)]
)
def test_what_people_type(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["约3", "1.2.3", "1e5", "NaN", "1234567890123", "1.00000001", "Infinity", "2026-10"])
def test_what_is_no_number(text):
    with pytest.raises(ValueError, match=r".*"):
        read_number(text)
