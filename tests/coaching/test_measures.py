"""A talk from its notice to its follow-ups, tasks, praise; who may and who may not; who reads what; pages and their costs."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.audit.models import Entry
from ronghe.coaching import holdings
from ronghe.coaching.actions import measures, talks
from ronghe.coaching.models import FollowUp, Measure, Talk
from ronghe.coaching.queries.lists import search_measures
from ronghe.common.calendar import today
from ronghe.common.registry import find_facts
from ronghe.supervision.models.checks import LogEntry
from ronghe.worklist.models import Task
from tests.coaching import cases
from tests.coaching.cases import fresh, user
from tests.people import appoint

pytestmark = pytest.mark.django_db


def tasks_of(person):
    return sorted(Task.objects.open().filter(owner=person).values_list("kind", flat=True))


def test_a_talk_to_its_follow_up(world):
    measure = cases.decide(world, "talk")
    assert tasks_of(world.wanghaitao) == ["落实措施"]
    assert "刘海涛" not in Task.objects.open().get(owner=world.wanghaitao).title
    with pytest.raises(ValidationError, match="先通知"):
        talks.record_talk(measure, parts=cases.PARTS, by=user(world.wanghaitao))
    with pytest.raises(ValidationError, match="谈话记录"):
        measures.carry_out_measure(measure, result="谈了", by=user(world.wanghaitao))
    measure = cases.recorded(world, code="talk", person="孙丽华")
    with pytest.raises(ValidationError):
        talks.return_talk(measure, words="", by=user(world.sunlihua))
    with pytest.raises(PermissionDenied):
        talks.confirm_talk(measure, words="", by=user(world.lijianguo))
    talks.return_talk(measure, words="原因写得不对", by=user(world.sunlihua))
    assert (fresh(measure).state, tasks_of(world.sunlihua)) == ("open", [])
    talks.record_talk(fresh(measure), parts=cases.PARTS | {"cause": "设备老化"}, by=user(world.wanghaitao))
    talks.confirm_talk(fresh(measure), words="属实", by=user(world.sunlihua))
    with pytest.raises(ValidationError, match="已经确认"):
        talks.confirm_talk(fresh(measure), words="", by=user(world.sunlihua))
    measure = talks.confirm_talk(fresh(measure), words="", by=user(world.wanghaitao))
    assert measure.state == "following"
    first, second = measure.follows.all()
    assert [(one.due - today()).days for one in (first, second)] == [30, 60]
    measures.look_again(first, verdict="better", text="两项都办了", help_kept=True, by=user(world.wanghaitao))
    assert fresh(measure).state == "following"
    measures.look_again(second, verdict="same", text="保持", help_kept=None, by=user(world.wanghaitao))
    assert (fresh(measure).state, fresh(measure).ended_on) == ("done", today())
    assert "谈话帮促中答应的帮助已兑现" in {fact.title for fact in find_facts(world.wanghaitao, today(), today())}
    said = [row for row in Entry.objects.all() if "设备老化" in f"{row.note}{row.changes}" or "属实" in f"{row.note}{row.changes}"]
    assert said == []  # the words of a talk are in no audit
    assert not LogEntry.objects.exists()  # and it is in no count of discipline


def test_who_may_decide_on_whom(world):
    """Nobody on oneself; a chief on the own people only; the level must be one of the kind's."""
    cases.adopt(world)
    appoint(world.wutong, "staff", world.unit["注采一站"])

    def able(by, person, code="remind", owner="王海涛"):
        try:
            cases.decide(world, code, person=person, by=by, owner=owner)
        except (PermissionDenied, ValidationError):
            return False
        return True

    assert able("刘海涛", "吴桐", owner="李建国")
    assert not able("刘海涛", "罗兰")
    assert not able("孙丽华", "孙丽华")
    assert not able("李建国", "李建国")
    assert not able("赵敏", "吴桐")
    assert not able("韩冬", "吴桐")
    assert not able("李建国", "吴桐", "talk")
    assert able("李建国", "陈晓燕")
    assert not able("李建国", "王海涛", owner="王海涛")
    assert able("李建国", "何静", "post")
    assert not able("陈晓燕", "何静", "post")


def test_who_reads_what(world, login):
    talk, praise = cases.recorded(world), cases.decide(world, "praise-person", person="吴桐", owner="刘海涛")

    def readers(row):
        return sorted(name for name, person in world.person.items() if Measure.objects.visible_to(user(person)).filter(pk=row.pk).exists())

    assert readers(talk) == sorted(["李建国", "王海涛", "刘海涛"])
    everybody = [name for name, person in world.person.items() if person.area_id == world.area.pk and "管理员" not in name]
    assert readers(praise) == sorted([*everybody, "赵敏"]) if "赵敏" not in everybody else sorted(everybody)
    assert praise.state == "done"
    assert [name for name, person in world.person.items() if Talk.objects.visible_to(user(person)).exists()] == [
        "李建国",
        "王海涛",
        "刘海涛",
    ]
    assert login(world.hejing).get(f"/coaching/{talk.pk}/").status_code == 404
    assert "表扬" in login(world.hejing).get(f"/coaching/{praise.pk}/").content.decode()
    page = login(world.hejing).get("/coaching/").content.decode()
    assert ("吴桐" in page, "提醒谈话(" in page) == (True, False)
    assert [fact.title for fact in find_facts(world.wutong, today(), today()) if fact.group == "措施"] == ["表扬(个人)"]
    assert search_measures(user(world.hejing), "刘海涛", 5) == []
    assert [hit.title for hit in search_measures(user(world.lijianguo), "刘海涛", 5)] == ["提醒谈话(刘海涛)"]


def test_a_help_plan_and_taking_back(world):
    measure = cases.decide(world, "help", person=None, owner="周卫东")
    measure = measures.carry_out_measure(measure, result="派了两人", by=user(world.zhouweidong))
    assert (measure.level, measure.state, measure.follows.count()) == ("unit", "following", 3)
    assert Measure.objects.visible_to(user(world.liuhaitao)).filter(pk=measure.pk).exists()
    with pytest.raises(PermissionDenied):
        measures.drop_measure(measure, reason="x", by=user(world.liuhaitao))
    measures.drop_measure(measure, reason="单位撤并", by=user(world.lijianguo))
    assert fresh(measure).state == "dropped"
    assert tasks_of(world.zhouweidong) == []
    with pytest.raises(ValidationError):
        measures.look_again(FollowUp.objects.first(), verdict="same", text="x", help_kept=None, by=user(world.zhouweidong))


def test_handing_over(world):
    measure = cases.decide(world)
    (held,) = holdings.list_held(world.wanghaitao.pk)
    give = lambda to: holdings.hand_over(held.key, world.wanghaitao, to, user(world.lijianguo), "出差")  # noqa: E731
    assert "本人" in give(world.liuhaitao)
    assert give(world.chenxiaoyan) == ""
    assert (fresh(measure).owner, tasks_of(world.chenxiaoyan), tasks_of(world.wanghaitao)) == (world.chenxiaoyan, ["落实措施"], [])
    assert "已换人" in give(world.lijianguo)


def test_the_pages_of_a_talk(world, login):
    cases.adopt(world)
    boss = login(world.lijianguo)
    kind = cases.Kind.objects.get(code="remind")
    wrong = boss.post("/coaching/new/", {"kind": kind.pk, "ground": "整改逾期两次", "reason": "谈"})
    assert wrong.status_code == 422
    assert "整改逾期两次" in wrong.content.decode()
    form = {
        "kind": kind.pk, "person": world.liuhaitao.pk, "ground": "整改逾期两次", "reason": "谈", "owner": world.wanghaitao.pk, "once": "a",
    }  # fmt: skip
    for _twice in range(2):
        assert boss.post("/coaching/new/", form).status_code == 302
    measure = Measure.objects.get()
    at = f"/coaching/{measure.pk}"
    talker = login(world.wanghaitao)
    assert "通知谈话" in talker.get(f"{at}/").content.decode()
    late = {"meets_on": str(today() - timedelta(days=1)), "meets_at": "15:00", "place": "谈话室", "version": measure.version}
    assert talker.post(f"{at}/notice/", late).status_code == 422
    assert talker.post(f"{at}/notice/", late | {"meets_on": str(today())}).status_code == 302
    stale = talker.post(f"{at}/record/", {**cases.PARTS, "version": measure.version})
    assert stale.status_code == 422
    assert cases.PARTS["cause"] in stale.content.decode()
    assert talker.post(f"{at}/record/", {**cases.PARTS, "version": fresh(measure).version}).status_code == 302
    me = login(world.liuhaitao)
    assert cases.PARTS["promise"] in me.get(f"{at}/confirm/").content.decode()
    assert me.post(f"{at}/confirm/", {"words": "认可", "version": fresh(measure).version}).status_code == 302
    talker = login(world.wanghaitao)
    assert talker.post(f"{at}/confirm/", {"version": fresh(measure).version}).status_code == 302
    printed = talker.get(f"{at}/print/").content.decode()
    assert "认可" in printed
    assert "不是处分" in printed
    follow = measure.follows.get()
    assert (
        talker.post(
            f"{at}/follows/{follow.pk}/", {"verdict": "better", "text": "已改", "help_kept": "1", "version": follow.version}
        ).status_code
        == 302
    )
    assert fresh(measure).state == "done"
    assert "已改" in talker.get(f"{at}/").content.decode()


def test_the_pages_of_kinds(world, login):
    boss = login(world.lijianguo)
    assert boss.post("/coaching/kinds/adopt/", {"once": "a"}).status_code == 302
    good = {
        "name": "师带徒", "tone": "help", "way": "task", "levels": ["staff"], "deciders": ["station_chief"], "demand": "带三个月", "days": "30",
        "follow_days": "30,60", "quiet_days": "60", "basis": "本单位办法", "g_late": "10",
    }  # fmt: skip
    wrong = boss.post("/coaching/kinds/new/", good | {"demand": "不成就扣发奖金", "g_late": "很多"})
    assert wrong.status_code == 422
    wrong = boss.post("/coaching/kinds/new/", good | {"demand": "不成就扣发奖金"})
    assert "扣发" in wrong.content.decode()
    assert boss.post("/coaching/kinds/new/", good).status_code == 302
    kind = cases.Kind.objects.get(name="师带徒")
    assert (kind.follow_days, kind.grounds) == ([30, 60], [{"code": "late", "limit": "10"}])
    revise = f"/coaching/kinds/{kind.pk}/revise/"
    assert 'value="30,60"' in boss.get(revise).content.decode()
    assert boss.post(revise, good | {"days": "20", "reason": "缩短", "version": kind.version}).status_code == 302
    assert boss.post(f"/coaching/kinds/{fresh(kind).pk + 1}/retire/", {"reason": "不用", "version": 1}).status_code == 302
    assert login(world.wutong).get("/coaching/kinds/").status_code == 200


def test_lists_cost_the_same_for_one_and_for_three(world, login):
    client = login(world.lijianguo)

    def count(path):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    paths = ("/coaching/", "/coaching/pairs/", "/coaching/effects/", "/coaching/kinds/")
    cases.decide(world)
    cases.run_pair(world)
    one = [count(path) for path in paths]
    cases.decide(world, person="孙丽华")
    cases.decide(world, "praise-person", person="吴桐")
    pair = cases.propose(world, indicator="hse")
    assert pair.is_live
    assert [count(path) for path in paths] == one
