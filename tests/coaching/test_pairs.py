"""A pair from the marks to its effect: agreed by both, visits, what was taken over, tasks, an end that waits for them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.coaching.actions import pairs
from ronghe.coaching.models import Pair
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


def test_the_poster_shows_units_and_no_person(world, login):
    """Places, both sides, findings and cures for the screen on the wall; praise of a person stays where the area's people read it."""
    from tests.rectification.cases import open_one

    client = login(world.wutong)
    assert client.get("/coaching/poster/").status_code == 404
    cases.publish_year(world, [(80, 95, 40), (85, 95, 50)])
    open_one(world, by="李建国")
    cases.decide(world, "praise-unit", person=None, unit=world.unit["注采二站"], ground="连续两月第一")
    cases.decide(world, "praise-person", person="吴桐", owner="刘海涛")
    cases.run_pair(world)
    page = client.get("/coaching/poster/").content.decode()
    assert [word in page for word in ("注采二站:连续两月第一", "注采三站向注采二站学原油产量", "新 1 销 0 余 1")] == [True] * 3
    assert [name for name in world.person if name in page] == []
    printed = client.get("/coaching/poster/print/?track=production").content.decode()
    assert ("注采一站" in printed, [name for name in world.person if name in printed and name != "吴桐"]) == (True, [])
    assert client.get("/coaching/poster/?period=1999-13").status_code == 404
