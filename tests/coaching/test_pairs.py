"""A pair from the marks to its effect: agreed by both, visits, what was taken over, tasks, an end that waits for them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.assessment.models import Run
from ronghe.audit.models import Entry
from ronghe.coaching.actions import pairs
from ronghe.coaching.models import Display, Pair
from ronghe.common.calendar import today
from ronghe.worklist.models import Task
from tests.coaching import cases
from tests.coaching.cases import fresh, user

pytestmark = pytest.mark.django_db


def test_it_runs_only_when_both_agree(world):
    pair = cases.propose(world)
    with pytest.raises(ValidationError, match="已经在学"):
        cases.propose(world)
    with pytest.raises(PermissionDenied):
        cases.propose(world, by=user(world.zhaomin), indicator="x")
    with pytest.raises(ValidationError, match="自己的单位"):
        cases.propose(world, by=user(world.liuhaitao), indicator="x")
    assert sorted(Task.objects.open().filter(kind="结对").values_list("owner__name", flat=True)) == ["孙丽华", "马晓燕"]
    with pytest.raises(PermissionDenied):
        pairs.agree_to_pair(pair, by=user(world.liuhaitao))
    pairs.agree_to_pair(pair, by=user(world.maxiaoyan))
    with pytest.raises(ValidationError, match="已经同意"):
        pairs.agree_to_pair(fresh(pair), by=user(world.maxiaoyan))
    with pytest.raises(ValidationError, match="待双方同意"):
        pairs.note_visit(fresh(pair), day=today(), seen="x", taken="", by=user(world.maxiaoyan))
    pair = pairs.agree_to_pair(fresh(pair), by=user(world.sunlihua))
    assert (pair.state, pair.weak_agreed, pair.strong_agreed) == ("running", world.maxiaoyan, world.sunlihua)
    other = cases.propose(world, indicator="hse")
    pairs.decline_pair(other, reason="人手抽不出", by=user(world.sunlihua))
    assert (fresh(other).state, fresh(other).ending) == ("declined", "人手抽不出")


def test_visits_tasks_and_the_end(world, login):
    pair = cases.run_pair(world)
    with pytest.raises(ValidationError, match="观摩日期"):
        pairs.note_visit(pair, day=today() + timedelta(days=1), seen="x", taken="", by=user(world.maxiaoyan))
    client = login(world.maxiaoyan)
    at = f"/coaching/pairs/{pair.pk}"
    form = {"day": str(today()), "seen": "看了巡检", "taken": "看板法", "task": "挂看板", "once": "v"}
    assert client.post(f"{at}/visit/", form).status_code == 422
    full = form | {"owner": world.maxiaoyan.pk, "due": str(today() + timedelta(days=5))}
    assert client.post(f"{at}/visit/", full).status_code == 302
    assert client.post(f"{at}/visit/", full).status_code == 302
    (task,) = pair.tasks.all()
    page = client.get(f"{at}/").content.decode()
    assert "看板法" in page
    early = client.post(f"{at}/end/", {"ending": "学会了", "version": fresh(pair).version})
    assert "还有没完成的结对任务" in early.content.decode()
    with pytest.raises(PermissionDenied):
        pairs.finish_pair_task(task, result="挂了", by=user(world.hejing))
    assert client.post(f"{at}/tasks/{task.pk}/", {"result": "挂了", "version": task.version}).status_code == 302
    assert client.post(f"{at}/end/", {"ending": "学会了", "version": fresh(pair).version}).status_code == 302
    assert fresh(pair).state == "ended"
    assert not Task.objects.open().filter(kind="结对").exists()


def test_the_marks_propose_and_the_form_opens_filled(world, login):
    cases.publish_year(world, [(80, 95, 40)])
    client = login(world.lijianguo)
    page = client.get("/coaching/pairs/")
    (offer,) = page.context["offers"]
    assert (offer.weak, offer.strong) == ("注采三站", "注采二站")
    form = client.get(offer.url).context["form"]
    assert form["why"].value() == offer.text
    given = {name: form[name].value() for name in ("weak", "strong", "indicator", "why")}
    assert client.post(offer.url, given | {"target": "", "ends_on": str(today())}).status_code == 422
    made = given | {"target": "得满分的八成", "ends_on": str(today() + timedelta(days=90)), "once": "p"}
    assert client.post(offer.url, made).status_code == 302
    pair = Pair.objects.get()
    assert (pair.period, pair.indicator_name) == ("2026-10", "原油产量")
    assert client.get("/coaching/pairs/").context["offers"] == []
    chief = login(world.maxiaoyan)
    assert chief.post(f"/coaching/pairs/{pair.pk}/agree/", {"version": pair.version, "once": "q"}).status_code == 302
    assert fresh(pair).weak_agreed == world.maxiaoyan


def test_a_month_is_shown_by_an_act_and_taken_back_with_a_reason(world, login):
    """Nobody sees a poster before it is shown; then the declared circle alone; no person but the praised, and these only where it is said."""
    from tests.rectification.cases import open_one

    poster, page = "/coaching/poster/", "/coaching/displays/"
    assert login(world.wutong).get(poster).status_code == 404
    run = cases.publish_year(world, [(80, 95, 40), (85, 95, 50)])[-1]
    open_one(world, by="李建国")
    cases.decide(world, "praise-unit", person=None, unit=world.unit["注采二站"], ground="连续两月第一")
    cases.decide(world, "praise-person", person="吴桐", owner="刘海涛")
    cases.run_pair(world)
    assert login(world.wutong).get(poster).status_code == 404, "published, and not shown yet"
    new = f"/coaching/displays/runs/{run.pk}/"
    for name, status in (("吴桐", 403), ("陈晓燕", 403), ("高明", 403), ("韩冬", 404)):
        assert login(world.person[name]).post(new, {"scope": "area", "basis": "办法"}).status_code == status
    boss = login(world.wanghaitao)
    assert "先看样子" in boss.get(page).content.decode()
    assert "别人看不到" in boss.get(f"{poster}?preview=1").content.decode()
    assert boss.get(f"{poster}print/?preview=1").status_code == 302
    assert f"{poster}?period={run.period}&amp;preview=1" in boss.get(new).content.decode()
    assert boss.post(new, {"scope": "area", "basis": " "}).status_code == 422
    assert boss.post(new, {"scope": "chiefs", "basis": "考核办法第三条"}).status_code == 302
    assert boss.post(new, {"scope": "area", "basis": "办法"}).status_code == 422, "once a month"
    first = Display.objects.get()
    seen = {name: login(world.person[name]).get(poster).status_code for name in ("刘海涛", "陈晓燕", "吴桐", "高明", "韩冬")}
    assert seen == {"刘海涛": 200, "陈晓燕": 200, "吴桐": 404, "高明": 404, "韩冬": 404}
    boss = login(world.lijianguo)
    back = f"/coaching/displays/{first.pk}/withdraw/"
    assert boss.post(back, {"reason": "", "version": first.version}).status_code == 422
    assert boss.post(back, {"reason": "范围选错", "version": first.version}).status_code == 302
    assert login(world.liuhaitao).get(poster).status_code == 404
    assert "范围选错" not in login(world.liuhaitao).get(page).content.decode()
    boss = login(world.lijianguo)
    assert "范围选错" in boss.get(page).content.decode()
    assert boss.post(new, {"scope": "area", "basis": "考核办法第三条"}).status_code == 302
    told = list(Entry.objects.filter(verb__contains="晾晒").order_by("pk").values_list("verb", "actor_name", "note"))
    assert told == [
        ("晾晒", "王海涛", "班子成员和班站长、党小组长;不写受表扬的个人姓名"), ("撤回晾晒", "李建国", "范围选错"),
        ("晾晒", "李建国", "本管理区全体人员;不写受表扬的个人姓名"),
    ]  # fmt: skip
    client = login(world.wutong)
    text = client.get(poster).content.decode()
    assert [word in text for word in ("注采二站:连续两月第一", "注采三站向注采二站学原油产量", "新 1 销 0 余 1")] == [True] * 3
    assert [name for name in world.person if name in text] == ["李建国"], "who showed it"
    printed = client.get(f"{poster}print/?track=production").content.decode()
    assert ("注采一站" in printed, [name for name in world.person if name in printed]) == (True, ["李建国", "吴桐"])
    assert client.get(f"{poster}?period=1999-13").status_code == 404
    assert login(world.gaoming).get(f"{poster}?area={world.area.pk}").status_code == 200
    boss = login(world.lijianguo)
    again = Display.objects.get(state="shown")
    boss.post(f"/coaching/displays/{again.pk}/withdraw/", {"reason": "写上受表扬的", "version": again.version})
    boss.post(new, {"scope": "area", "names": "on", "basis": "考核办法第三条"})
    text = login(world.liuhaitao).get(poster).content.decode()
    assert "吴桐(注采一站)" in text
    Run.objects.filter(pk=run.pk).update(state="superseded")
    assert login(world.liuhaitao).get(poster).status_code == 404, "a corrected result is shown anew or not at all"
