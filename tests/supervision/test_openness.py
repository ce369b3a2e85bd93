"""三务公开 comes due, is made known once and only corrected; elections are asked for in time and stand only with four fifths."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ronghe.common.calendar import today
from ronghe.duties.models import Term
from ronghe.portal.matters import collect_matters
from ronghe.supervision.actions import openness
from ronghe.supervision.holdings import hand_over, list_held
from ronghe.supervision.models.openness import Disclosure, Election, OpenItem, Opinion
from ronghe.supervision.packs import read_pack
from ronghe.supervision.rules import openness as rules
from ronghe.worklist.models import Task
from tests.supervision.cases import day, fresh, user
from tests.supervision.open_cases import FIRST, near_end, plan, publish, values

EVERYBODY = ["李建国", "王海涛", "陈晓燕", "周卫东", "刘海涛", "何静", "赵敏", "钱进", "郑爽", "吴桐", "高明", "系统管理员", "韩冬"]


def who(world, act):
    able = []
    for name in EVERYBODY:
        point = transaction.savepoint()
        try:
            with transaction.atomic():
                act(user(world.person[name]))
            able.append(name)
        except (PermissionDenied, ValidationError):
            pass
        transaction.savepoint_rollback(point)
    return able


def test_periods():
    planned = date(2026, 11, 20)
    assert [rules.name_period(every, planned) for every in ("month", "quarter", "half", "year", "")] == [
        "2026年11月", "2026年第4季度", "2026年下半年", "2026年", "2026年11月",
    ]  # fmt: skip


@given(st.integers(1, 200), st.integers(0, 220), st.integers(0, 220))
def test_an_election_stands_with_four_fifths(entitled, present, votes):
    sound = present <= entitled and votes <= present and 5 * present >= 4 * entitled
    assert (rules.find_election_fault(entitled, present, votes) == "") == sound


def test_near():
    assert [rules.is_near(FIRST + timedelta(days=n), FIRST) for n in (-5, 180, 181)] == [True, True, False]


@pytest.mark.django_db
def test_planned_once_for_the_post(world):
    row = plan(world)
    assert (row.owner, row.due, row.period) == (world.chenxiaoyan, date(2026, 11, 20), "2026年11月")
    assert openness.plan_openness(world.area, FIRST) == 0
    assert Task.objects.open().get(kind="三务公开").owner == world.chenxiaoyan


@pytest.mark.django_db
def test_who_makes_known_and_what_stays(world):
    row = plan(world)
    assert who(world, lambda by: openness.publish(row, text="总额", by=by)) == ["李建国", "陈晓燕"]
    with pytest.raises(ValidationError, match="请填写"):
        openness.publish(row, text=" ", by=user(world.chenxiaoyan))
    with pytest.raises(ValidationError, match="还没有公开"):
        openness.correct(row, text="改", by=user(world.chenxiaoyan))
    openness.publish(row, text="总额 42 万元。", by=user(world.chenxiaoyan))
    assert not Task.objects.open().filter(kind="三务公开").exists()
    assert who(world, lambda by: openness.publish(row, text="又一次", by=by)) == []
    openness.correct(row, text="总额为 43 万元。", by=user(world.chenxiaoyan))
    assert (fresh(row).text, row.corrections.get().text) == ("总额 42 万元。", "总额为 43 万元。")


@pytest.mark.django_db
def test_everybody_of_the_area_reads_it(world):
    publish(world)
    readers = [name for name in EVERYBODY if Disclosure.objects.visible_to(user(world.person[name])).exists()]
    assert readers == EVERYBODY[:10]


@pytest.mark.django_db
def test_an_opinion_is_answered_and_its_name_stays_with_those_who_answer(world, login):
    row = publish(world)
    page, asker = reverse("supervision:open-row", args=[row.pk]), world.qianjin
    assert login(asker).post(reverse("supervision:open-ask", args=[row.pk]), {"text": " "}).status_code == 422
    assert login(asker).post(reverse("supervision:open-ask", args=[row.pk]), {"text": "加班费算在里面吗?"}).status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.owner, opinion.asked_by, opinion.state) == (world.chenxiaoyan, asker, "open")
    assert Task.objects.open().get(kind="公开意见").owner == world.chenxiaoyan
    seen = {}
    for person in (asker, world.chenxiaoyan, world.lijianguo, world.wutong, world.wanghaitao):
        text = login(person).get(page).content.decode()
        assert "加班费算在里面吗?" in text
        seen[person.name] = f"本系统 · {asker.name}" in text
    assert seen == {"钱进": True, "陈晓燕": True, "李建国": True, "吴桐": False, "王海涛": False}
    assert f"{asker.name}" not in "".join(str(one) for one in login(world.wutong).get(page).context["history"])
    heard = {"text": "公示贴得太高", "channel": "box"}
    assert login(asker).post(reverse("supervision:open-heard", args=[row.pk]), heard).status_code == 403
    assert login(world.chenxiaoyan).post(reverse("supervision:open-heard", args=[row.pk]), heard).status_code == 302
    (matter,) = [one for one in collect_matters([world.area.pk]) if one.what == "公开意见待答复"]
    assert (matter.owner_id, matter.count) == (world.chenxiaoyan.pk, 2)
    assert [line["waiting"] for line in login(world.zhaomin).get(matter.url).context["lines"]] == [2]
    answer = reverse("supervision:opinion", args=[opinion.pk])
    assert login(asker).get(answer).status_code == 403
    client = login(world.chenxiaoyan)
    assert client.post(answer, {"answer": "", "version": opinion.version}).status_code == 422
    assert client.post(answer, {"answer": "不在里面,另行公开。", "version": opinion.version}).status_code == 302
    assert client.post(answer, {"answer": "再答", "version": fresh(opinion).version}).status_code == 422
    assert "不在里面,另行公开。" in login(world.wutong).get(reverse("supervision:open-print", args=[row.pk])).content.decode()
    (held,) = [one for one in list_held(world.chenxiaoyan.pk) if one.what == "公开意见答复"]
    assert hand_over(held.key, world.chenxiaoyan, world.zhengshuang, user(world.lijianguo), "休假") == ""
    assert Task.objects.open().get(kind="公开意见").owner == world.zhengshuang
    assert "1 条待答复" in login(world.zhaomin).get(reverse("supervision:open")).content.decode()
    printed = login(world.zhaomin).get(reverse("supervision:open-list-print")).content.decode()
    assert (row.item.place in printed, row.item.audience in printed, str(row.published_on) in printed) == (True, True, True)


@pytest.mark.django_db
def test_who_keeps_the_directory(world):
    keepers = who(world, lambda by: openness.save_open(world.area, values(), by=by))
    assert keepers == ["李建国", "王海涛", "陈晓燕"]
    assert openness.adopt_open(world.area, by=user(world.lijianguo)) == len(read_pack("open"))
    assert openness.adopt_open(world.area, by=user(world.lijianguo)) == 0
    assert all(row.basis for row in OpenItem.objects.all())
    openness.switch_open(OpenItem.objects.get(code="bonus"), active=False, by=user(world.lijianguo))
    openness.plan_openness(world.area, FIRST)
    assert sorted(Disclosure.objects.values_list("item__code", flat=True)) == ["production"]


@pytest.mark.django_db
def test_an_election_is_asked_for_once_and_recorded(world):
    row = near_end(world)
    assert (row.owner, row.due) == (world.lijianguo, day(90))
    assert openness.prepare_elections(world.area, today()) == 0
    given = {"held_on": today(), "ends_on": day(1095), "entitled": 40, "present": 36, "votes": 36, "elected": "李建国任书记"}
    assert who(world, lambda by: openness.hold_election(row, by=by, **given)) == ["李建国", "王海涛"]
    with pytest.raises(ValidationError, match="五分之四"):
        openness.hold_election(row, by=user(world.lijianguo), **given | {"present": 31, "votes": 31})
    openness.hold_election(row, by=user(world.lijianguo), **given)
    done = fresh(row)
    assert (done.state, done.new_term.ends_on, Term.objects.count()) == ("held", day(1095), 2)
    assert not Task.objects.open().filter(kind="换届准备").exists()
    assert openness.prepare_elections(world.area, today()) == 0
    assert who(world, lambda by: openness.hold_election(row, by=by, **given)) == []


@pytest.mark.django_db
def test_no_election_while_the_term_is_long(world):
    assert near_end(world, days=400) is None


@pytest.mark.django_db
def test_handing_over_and_matters(world, login):
    row = plan(world)
    Disclosure.objects.filter(pk=row.pk).update(due=day(-2))
    near_end(world)
    mine = [one for one in collect_matters([world.area.pk]) if one.what in ("三务公开待办", "换届待办")]
    assert [(one.what, one.count, one.late) for one in mine] == [("三务公开待办", 1, 1), ("换届待办", 1, 0)]
    for one in mine:
        assert login(world.zhaomin).get(one.url).status_code == 200
    (held,) = [one for one in list_held(world.chenxiaoyan.pk) if one.what == "三务公开"]
    assert hand_over(held.key, world.chenxiaoyan, world.zhouweidong, user(world.lijianguo), "休假") == ""
    assert fresh(row).owner == world.zhouweidong


@pytest.mark.django_db
def test_pages(world, login):
    row = plan(world)
    client = login(world.chenxiaoyan)
    assert "奖金分配" in client.get(reverse("supervision:open")).content.decode()
    address = reverse("supervision:open-publish", args=[row.pk])
    assert client.post(address, {"text": "", "version": row.version}).status_code == 422
    assert client.post(address, {"text": "总额 42 万元。", "version": row.version}).status_code == 302
    reader = login(world.wutong)
    assert "总额 42 万元。" in reader.get(reverse("supervision:open-row", args=[row.pk])).content.decode()
    assert "总额 42 万元。" in reader.get(reverse("supervision:open-print", args=[row.pk])).content.decode()
    assert reader.get(address).status_code == 403
    client = login(world.lijianguo)
    assert client.post(reverse("supervision:open-correct", args=[row.pk]), {"text": "43 万元"}).status_code == 302
    given = {"sphere": "party", "name": "支部工作", "audience": "党员", "place": "大会", "owner_kind": "branch_secretary", "basis": "条例"}
    often = {"every": "quarter", "month_in": "3", "day": "25", "shift": "after"}
    assert client.post(reverse("supervision:open-item-new"), given | often | {"month_in": "9"}).status_code == 422
    assert client.post(reverse("supervision:open-item-new"), given | often).status_code == 302
    item = OpenItem.objects.get(name="支部工作")
    edit = reverse("supervision:open-item", args=[item.pk])
    assert client.post(edit, given | often | {"name": "支部工作安排", "version": item.version}).status_code == 302
    assert client.post(reverse("supervision:open-item-switch", args=[item.pk]), {"active": "0"}).status_code == 302
    assert not fresh(item).active
    assert client.post(reverse("supervision:open-adopt")).status_code == 302


@pytest.mark.django_db
def test_election_pages(world, login):
    row = near_end(world)
    client = login(world.lijianguo)
    assert "换届" in client.get(reverse("supervision:terms")).content.decode()
    address = reverse("supervision:election", args=[row.pk])
    given = {
        "held_on": str(today()), "ends_on": str(day(1000)), "entitled": "10", "present": "7", "votes": "7", "elected": "李建国",
        "version": row.version,
    }  # fmt: skip
    wrong = client.post(address, given)
    assert (wrong.status_code, "五分之四" in wrong.content.decode()) == (422, True)
    assert client.post(address, given | {"present": "8"}).status_code == 302
    assert Election.objects.get().state == "held"
    assert "应到 10,实到 8" in client.get(address).content.decode()
    assert login(world.liuhaitao).get(address).status_code == 403
