"""From a phone's form to a credited share through the pages; who sees whose; the numbers offered upward; a team's life."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.common.calendar import today
from ronghe.common.registry import find_benefits
from ronghe.initiatives.models import Idea, Project, Share
from ronghe.initiatives.models.projects import ProjectStep
from tests.initiatives import cases
from tests.initiatives.cases import user

pytestmark = pytest.mark.django_db


def paper():
    return SimpleUploadedFile("台账.txt", "台账".encode())


def test_from_the_form_to_the_credit(world, login):
    me, station = login(world.wutong), world.unit["注采一站"]
    form = {
        "title": "加保温套", "problem": "放空多", "kind": "value", "expected": "", "measure": "yuan", "measuring": "电费单",
        "unit": station.pk, "once": "a",
    }  # fmt: skip
    again = me.post("/initiatives/new/", form)
    assert again.status_code == 422
    assert "放空多" in again.content.decode()
    for _twice in range(2):
        assert me.post("/initiatives/new/", form | {"expected": "9000"}).status_code == 302
    idea = Idea.objects.get()
    at = f"/initiatives/{idea.pk}"
    chief = login(world.liuhaitao)
    assert chief.post(f"{at}/decide/", {"verdict": "accept", "version": idea.version}).status_code == 422
    due = today() + timedelta(days=9)
    given = {"verdict": "accept", "owner": world.wutong.pk, "due": due, "version": idea.version}
    for _twice in range(2):
        assert chief.post(f"{at}/decide/", given | {"once": "b"}).status_code == 302
    me = login(world.wutong)
    given = {"text": "做完了", "materials": paper(), "version": cases.fresh(idea).version}
    assert me.post(f"{at}/finish/", given).status_code == 302
    deputy = login(world.chenxiaoyan)
    given = {"verdict": "verify", "benefit": "8000", "measured": "电费单", "version": cases.fresh(idea).version}
    assert deputy.post(f"{at}/verify/", given).status_code == 422
    assert deputy.post(f"{at}/verify/", given | {"materials": paper()}).status_code == 302
    me = login(world.wutong)
    assert me.get(f"{at}/shares/").status_code == 200
    given = {
        "s-TOTAL_FORMS": 1, "s-INITIAL_FORMS": 0, "s-0-person": world.wutong.pk, "s-0-percent": "100", "s-0-work": "提出并实施",
        "version": cases.fresh(idea).version,
    }  # fmt: skip
    assert me.post(f"{at}/shares/", given | {"s-0-percent": "99"}).status_code == 422
    assert me.post(f"{at}/shares/", given).status_code == 302
    assert cases.fresh(idea).state == "credited"
    assert "8,000 元" in me.get("/initiatives/added/").content.decode()


def test_who_sees_whose_share(world):
    idea = cases.credit(world)
    seen = {
        name: set(Share.objects.visible_to(user(world.person[name])).filter(idea=idea).values_list("person__name", flat=True))
        for name in ("吴桐", "何静", "刘海涛", "孙丽华", "李建国", "郑爽", "钱进", "高明", "系统管理员", "韩冬")
    }
    both = {"吴桐", "何静"}
    assert seen == {
        "吴桐": both, "何静": both, "刘海涛": both, "李建国": both,
        "孙丽华": set(), "郑爽": set(), "钱进": set(), "高明": set(), "系统管理员": set(), "韩冬": set(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "status"), [("吴桐", 200), ("刘海涛", 200), ("李建国", 200), ("孙丽华", 403), ("郑爽", 403), ("韩冬", 404)]
)
def test_a_persons_page(world, login, name, status):
    cases.credit(world)
    assert login(world.person[name]).get(f"/initiatives/added/{world.wutong.pk}/").status_code == status


def test_percentages_stand_in_no_history(world, login):
    idea = cases.credit(world)
    assert "33.33" not in login(world.sunlihua).get(f"/initiatives/{idea.pk}/").content.decode()
    assert "33.33" in login(world.wutong).get(f"/initiatives/{idea.pk}/").content.decode()


def test_benefits_offered_upward(world):
    cases.credit(world)
    month = f"{today():%Y-%m}"
    (one,) = find_benefits(world.area.pk, month, month)
    assert (one.unit_id, one.period, one.kind, one.measure) == (world.unit["注采一站"].pk, month, "value", "yuan")
    assert (one.value, one.count) == (Decimal("10000.01"), 1)
    assert find_benefits(world.other.pk, month, month) == []


def test_a_similar_idea_shows_the_earlier_one(world, login):
    cases.propose(world)
    second = cases.propose(world, by="何静", title="计量间加装保温套")
    assert "以前的相似建议" in login(world.wutong).get(f"/initiatives/{second.pk}/").content.decode()


@pytest.mark.parametrize("path", ["/initiatives/", "/initiatives/added/", "/initiatives/projects/"])
def test_lists_cost_the_same_for_one_and_three(world, login, path):
    client = login(world.liuhaitao)
    cases.credit(world)
    cases.found_team(world, "一组")

    def count():
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    one = count()
    for number in range(2):
        cases.credit(world, title=f"点子{number}")
        cases.found_team(world, f"组{number}")
    assert count() == one


def test_the_life_of_a_team(world, login):
    project = cases.found_team(world)
    at = f"/initiatives/projects/{project.pk}"
    boss = login(world.wanghaitao)
    assert boss.post(f"{at}/approve/", {"version": project.version}).status_code == 302
    head = login(world.liuhaitao)
    given = {"month": f"{today():%Y-%m}", "value": "8", "text": "完成摸底"}
    assert head.post(f"{at}/report/", given).status_code == 302
    assert login(world.sunlihua).post(f"{at}/report/", given).status_code == 403
    version = Project.objects.get().version
    members = {f"m{row.pk}": "出力" for row in project.members.all()}
    result = {"reached": "21", "result": "减少 21 井次", "version": version, **members}
    head = login(world.liuhaitao)
    assert head.post(f"{at}/result/", result).status_code == 422, "a milestone is open"
    step = ProjectStep.objects.get()
    assert login(world.hejing).post(f"{at}/steps/{step.pk}/", {"result": "已出清单"}).status_code == 302
    head = login(world.liuhaitao)
    assert head.post(f"{at}/result/", result).status_code == 302
    boss = login(world.wanghaitao)
    assert boss.post(f"{at}/review/", {"verdict": "close", "version": Project.objects.get().version}).status_code == 302
    done = Project.objects.get()
    assert (done.state, done.accepted_by, done.reached) == ("closed", world.wanghaitao, Decimal(21))
    assert boss.get(at + "/").status_code == 200
