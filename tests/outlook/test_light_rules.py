"""亮灯规则: proposed by the 指标管理员, decided by another, from a month on; the forecasts' lights follow, those of past months stay."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django_fsm import TransitionNotAllowed
from django_tasks_db.models import DBTaskResult

from ronghe.audit.models import Entry
from ronghe.outlook.actions import refresh_area
from ronghe.outlook.limits import decide_rule, find_limits, propose_rule
from ronghe.outlook.models import LightRule, Outlook
from ronghe.outlook.rules import Limits, pick_limits
from ronghe.worklist.models import Task
from tests.assessment.cases import user

D = Decimal
PAGE = reverse("outlook:lights")


def propose(world, by="赵敏", *, valid_from="2026-10", green="3", yellow="25"):
    return propose_rule(
        world.area, valid_from=valid_from, green=D(green), yellow=D(yellow), basis="班子会 10 月纪要", by=user(world.person[by])
    )


def lights(world):
    return dict(Outlook.objects.filter(area=world.area).values_list("unit__name", "light"))


def come(client, world, login):
    client.force_login(getattr(world, login).user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_rule_of_a_month():
    default, first, second, third = (Limits(D(0), D(n), "", n, f"2026-{m:02d}") for n, m in ((0, 1), (1, 3), (2, 6), (3, 6)))
    rules = [third, first, second]
    found = [pick_limits(rules, month, default).number for month in ("2026-02", "2026-03", "2026-05", "2026-06", "2027-01")]
    assert found == [0, 1, 1, 3, 3]
    assert Limits(D("5.00"), D("10.0"), "").shares == Limits(D(5), D(10), "").shares == (D("0.05"), D("0.1"))


@pytest.mark.django_db
def test_approved_rule_changes_the_lights(told):
    assert find_limits(told.area.pk, "2026-10") == Limits(
        D(0), D(5), "系统默认:预计达到目标为绿,差在 5% 以内为黄,更多为红;制度没有规定数值,由管理区自定"
    )
    refresh_area(told.area)
    assert lights(told) == {"注采一站": "green", "注采二站": "yellow", "注采三站": "red"}
    row = propose(told)
    assert refresh_area(told.area) == 0, "what waits does not count"
    decide_rule(row, approve=True, note="", by=told.wanghaitao.user)
    assert DBTaskResult.objects.ready().count() == 1
    assert refresh_area(told.area) == 3
    assert lights(told) == {"注采一站": "green", "注采二站": "green", "注采三站": "yellow"}
    assert refresh_area(told.area) == 0
    assert list(Entry.objects.filter(object_id=row.pk, label="outlook.lightrule").order_by("number").values_list("verb", flat=True)) == [
        "提出亮灯规则",
        "批准",
    ]


@pytest.mark.django_db
def test_rule_of_a_later_month_waits_for_it(told):
    refresh_area(told.area)
    decide_rule(propose(told, valid_from="2026-11"), approve=True, note="", by=told.wanghaitao.user)
    assert refresh_area(told.area) == 0
    assert (find_limits(told.area.pk, "2026-10").number, find_limits(told.area.pk, "2026-11").number) == (0, 1)


@pytest.mark.django_db
def test_who_proposes_and_who_decides(told):
    for name in ("李建国", "周卫东", "何静", "刘海涛", "韩冬"):
        with pytest.raises(PermissionDenied):
            propose(told, by=name)
    row = propose(told)
    assert Task.objects.filter(kind="批准亮灯规则", state="open").count() > 0
    for name in ("赵敏", "何静", "李建国", "韩冬"):
        with pytest.raises(PermissionDenied):
            decide_rule(row, approve=True, note="", by=user(told.person[name]))
    with pytest.raises(ValidationError):
        decide_rule(row, approve=False, note=" ", by=told.wanghaitao.user)
    row = decide_rule(row, approve=False, note="太松", by=told.wanghaitao.user)
    assert (row.state, Task.objects.filter(kind="批准亮灯规则", state="open").count()) == ("declined", 0)
    with pytest.raises(TransitionNotAllowed):
        row.approve()
    assert propose(told).number == 2


@pytest.mark.django_db
def test_wrong_limits_and_a_second_proposal_are_refused(told):
    for green, yellow in (("6", "5"), ("-1", "5"), ("0", "101")):
        with pytest.raises(ValidationError):
            propose(told, green=green, yellow=yellow)
    propose(told)
    with pytest.raises(ValidationError):
        propose(told)
    assert LightRule.objects.count() == 1


@pytest.mark.django_db
def test_pages(told, client):
    refresh_area(told.area)
    form = {"valid_from": "2026-10", "green": "6", "yellow": "5", "basis": "纪要", "once": "a"}
    answer = come(client, told, "zhaomin").post(PAGE, form)
    assert (answer.status_code, answer.context["form"]["basis"].value(), list(answer.context["form"].errors)) == (422, "纪要", ["yellow"])
    assert client.post(PAGE, {**form, "green": "3", "yellow": "25", "once": "b"}).status_code == 302
    row = LightRule.objects.get()
    assert come(client, told, "wanghaitao").get(PAGE).context["may_decide"] is True
    decide = reverse("outlook:light-decide", args=[row.pk])
    assert client.post(decide, {"version": row.version, "decline": "1", "once": "c"}).status_code == 422
    assert client.post(decide, {"version": row.version, "approve": "1", "once": "d"}).status_code == 302
    assert client.post(decide, {"version": row.version, "approve": "1", "once": "e"}).status_code == 422
    refresh_area(told.area)
    context = client.get(reverse("outlook:list")).context
    assert (context["green"], context["yellow"], context["basis"]) == ("3%", "25%", "纪要")
    for login, status in (("hejing", 200), ("wutong", 403), ("xitong", 403)):
        assert come(client, told, login).get(PAGE).status_code == status
    assert come(client, told, "hejing").post(PAGE, form).status_code == 403
