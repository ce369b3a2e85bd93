"""提出整改: a finding gets an owner, a verifier, a deadline, a task and a message; the same finding is opened once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.actions import Refused
from ronghe.common.calendar import add_working_days, today
from ronghe.rectification import actions
from ronghe.rectification.actions import Planned
from ronghe.rectification.models import Item
from tests.rectification.cases import day, fresh, notices_of, open_one, titles_of, user


def test_item_has_number_owner_verifier_group_and_dates(world):
    item = fresh(open_one(world))
    assert item.number == f"ZG-{today().year}-0001"
    assert (item.owner, item.verifier, item.opened_by) == (world.liuhaitao, world.zhengshuang, world.lijianguo)
    assert item.party_group == world.group["注采一站"]
    assert (item.state, item.holder, item.due, item.watch_days) == ("open", world.liuhaitao, day(30), 90)
    assert item.step_due == add_working_days(today(), 3)
    assert item.source_name == "月度指标晾晒"


def test_owner_gets_task_and_message(world):
    item = open_one(world)
    assert titles_of(world.liuhaitao) == [("整改方案", item.step_due)]
    assert notices_of(world.liuhaitao) == [f"有一项整改请您负责:躺井率连续两月超标({day(30)} 前)"]


def test_with_measures_the_cure_runs_at_once(world):
    item = open_one(world, measures=["清点油管", Planned("培训", world.wutong, day(5))], cause="没有人管")
    assert (item.state, item.step_due) == ("curing", day(30))
    assert list(item.measures.values_list("text", "responsible__name", "due")) == [
        ("清点油管", "刘海涛", day(30)),
        ("培训", "吴桐", day(5)),
    ]
    assert titles_of(world.wutong) == [("整改措施", day(5))]


def test_without_verifier_the_discipline_group_verifies(world):
    assert open_one(world, verifier=None).verifier == world.zhengshuang
    assert open_one(world, owner="郑爽", verifier=None).verifier == world.lijianguo


def test_station_chief_opens_for_the_own_station_only(world):
    assert open_one(world, by="刘海涛").opened_by == world.liuhaitao
    with pytest.raises(PermissionDenied):
        open_one(world, by="刘海涛", unit="注采二站")


@pytest.mark.parametrize("name", ["何静", "吴桐", "高明", "系统管理员", "审计管理员", "韩冬"])
def test_others_open_nothing(world, name):
    with pytest.raises(PermissionDenied):
        open_one(world, by=name)
    assert Item.objects.count() == 0


def test_verifier_is_another_than_the_owner(world):
    with pytest.raises(ValidationError) as problem:
        open_one(world, owner="郑爽", verifier="郑爽")
    assert problem.value.message_dict == {"verifier": ["验证人不能是责任人本人。"]}


@pytest.mark.parametrize("name", ["韩冬", "系统管理员", "高明"])
def test_owner_holds_a_business_post_of_the_area(world, name):
    with pytest.raises(ValidationError) as problem:
        open_one(world, owner=name)
    assert list(problem.value.message_dict) == ["owner"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"source": "nowhere"}, "source"),
        ({"due": day(-1)}, "due"),
        ({"unit": "二区采油站"}, "unit"),
        ({"measures": [Planned("晚了", due=day(31))]}, "measures"),
        ({"measures": [" "]}, "measures"),
    ],
)
def test_what_does_not_hold_together_is_said_at_its_field(world, values, field):
    expected = PermissionDenied if field == "unit" else ValidationError
    with pytest.raises(expected) as problem:
        open_one(world, **values)
    if expected is ValidationError:
        assert list(problem.value.message_dict) == [field]
    assert Item.objects.count() == 0


def test_numbers_have_no_gaps(world):
    open_one(world, key="a")
    with pytest.raises(ValidationError):
        open_one(world, due=day(-1))
    open_one(world, key="a")
    open_one(world)
    assert list(Item.objects.order_by("number").values_list("number", flat=True)) == [f"ZG-{today().year}-000{n}" for n in (1, 2)]


def test_same_key_while_it_lives_adds_an_occurrence(world):
    first = open_one(world, key="indicator:a")
    again = open_one(world, key="indicator:a", by="郑爽", source="check", problem="又发现")
    assert again == first
    assert list(first.occurrences.values_list("source_name", "note", "round")) == [
        ("月度指标晾晒", "躺井率 3.2%,目标 2.5%。", 1),
        ("专项检查", "又发现", 1),
    ]
    assert notices_of(world.liuhaitao)[-1] == "整改中的问题再次发现:躺井率连续两月超标"


def test_same_origin_adds_nothing_twice(world):
    first = open_one(world, key="a", origin=world.unit["注采一站"])
    open_one(world, key="a", origin=world.unit["注采一站"])
    assert first.occurrences.count() == 1


def test_same_key_in_another_unit_is_another_item(world):
    first = open_one(world, key="a")
    assert open_one(world, key="a", unit="注采二站", owner="孙丽华") != first


def test_without_key_two_findings_are_two_items(world):
    assert open_one(world, origin=world.area) != open_one(world, origin=world.area)


def test_account_without_a_person_does_nothing(world, django_user_model):
    nobody = django_user_model.objects.create_user("nobody", "x")
    with pytest.raises((Refused, PermissionDenied)):
        actions.ask_void(open_one(world), reason="x", by=user_of(nobody))


def user_of(account):
    return type(account).objects.get(pk=account.pk)


def test_audit_tells_who_opened_it(world):
    from ronghe.audit.queries import list_history

    item = open_one(world)
    assert [(line.who, line.what) for line in list_history(item)] == [("李建国", "提出整改")]
    assert user(world.lijianguo).pk == item.opened_by.user_id
