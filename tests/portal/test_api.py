"""Another system comes in by a token: figures in, results out, tasks, organisation; never more than its owner may, and once only."""

import io
import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronghe.audit.models import Entry
from ronghe.common.api import SCOPES
from ronghe.common.calendar import today
from ronghe.common.models import Export
from ronghe.figures.models import Batch, Figure
from ronghe.operations.models import ApiAnswer, ApiToken
from ronghe.operations.tokens import make_token, revoke_token
from ronghe.org.models import Person
from ronghe.retention.actions import run_rules
from ronghe.worklist.models import Task
from tests.assessment.conftest import ready, shown  # noqa: F401  (fixtures)
from tests.figures.factories import make_indicators, make_period, month
from tests.people import appoint


class Caller:
    """Another system with a token."""

    def __init__(self, text):
        self.client = Client(HTTP_AUTHORIZATION=f"Bearer {text}")

    def get(self, path, **query):
        answer = self.client.get(f"/api/v1{path}", query)
        return answer.status_code, answer.json()

    def post(self, path, data, key=""):
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.client.post(f"/api/v1{path}", json.dumps(data), content_type="application/json", headers=headers)
        return answer.status_code, answer.json()


def give_token(person, *scopes, days=30):
    return make_token(name="生产指挥系统", scopes=scopes or tuple(SCOPES), ends_on=today() + timedelta(days=days), by=person.user)


def call_as(person, *scopes):
    return Caller(give_token(person, *scopes)[1])


def words(answer):
    status, body = answer
    return status, [one["message"] for one in body["problems"]]


# --- the token -----------------------------------------------------------------------------------------------------
def test_token_is_told_once_and_kept_as_its_digest(world, login):
    browser = login(world.hejing)
    page = browser.post(
        reverse("operations:tokens"),
        {"name": "生产指挥系统", "scopes": ["figures:read", "figures:write"], "ends_on": (today() + timedelta(days=90)).isoformat()},
    )
    text = page.content.decode().partition('<p class="token"><code>')[2].partition("</code>")[0]
    token = ApiToken.objects.get()
    assert (page.status_code, token.user, token.scopes) == (200, world.hejing.user, ["figures:read", "figures:write"])
    assert text.startswith("rh_")
    assert text not in token.digest
    assert text not in browser.get(reverse("operations:tokens")).content.decode()
    assert Caller(text).get("/me") == (
        200,
        {
            "login": "hejing",
            "name": "何静",
            "token": "生产指挥系统",
            "scopes": ["figures:read", "figures:write"],
            "posts": ["注采一站 填报人"],
        },
    )
    entry = Entry.objects.get(verb="建立接口令牌")
    assert text not in entry.note


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"name": " "}, "name", "这个字段是必填项。"),
        ({"scopes": []}, "scopes", "这个字段是必填项。"),
        ({"ends_on": (today() + timedelta(days=400)).isoformat()}, "ends_on", "有效期从今天起,最长一年。"),
        ({"ends_on": (today() - timedelta(days=1)).isoformat()}, "ends_on", "有效期从今天起,最长一年。"),
    ],
)
def test_wrong_token_form_says_where(world, login, values, field, message):
    good = {"name": "系统", "scopes": ["tasks:read"], "ends_on": (today() + timedelta(days=9)).isoformat()}
    page = login(world.hejing).post(reverse("operations:tokens"), {**good, **values})
    assert (page.status_code, page.context["form"].errors[field], ApiToken.objects.count()) == (422, [message], 0)


def test_no_more_than_ten(world):
    for _number in range(10):
        give_token(world.hejing, "tasks:read")
    with pytest.raises(Exception, match="最多 10 个有效令牌"):
        give_token(world.hejing, "tasks:read")


REFUSED = (401, ["没有令牌,或令牌已停用、过期。"])


def test_a_token_that_opens_nothing(world):
    assert words(Caller("rh_wrong").get("/me")) == REFUSED
    assert Client().get("/api/v1/me").status_code == 401
    token, text = give_token(world.hejing, "tasks:read")
    assert Caller(text).get("/me")[0] == 200
    revoke_token(token, by=world.hejing.user)
    assert words(Caller(text).get("/me")) == REFUSED


@pytest.mark.parametrize("change", ["expired", "locked", "first password", "left"])
def test_a_token_ends_with_its_owner(world, change):
    text = give_token(world.hejing, "tasks:read")[1]
    user = world.hejing.user
    if change == "expired":
        ApiToken.objects.update(ends_on=today() - timedelta(days=1))
    elif change == "left":
        Person.objects.filter(pk=world.hejing.pk).update(left_on=today())
    else:
        type(user).objects.filter(pk=user.pk).update(
            **{"locked": {"is_active": False}, "first password": {"must_change_password": True}}[change]
        )
    assert words(Caller(text).get("/me")) == REFUSED


def test_a_session_is_no_token(world, login):
    assert login(world.hejing).get("/api/v1/me").status_code == 401


def test_who_looks_after_security_ends_a_token(world, login):
    token, text = give_token(world.hejing, "tasks:read")
    assert "何静" in login(world.anquan).get(reverse("operations:tokens-all")).content.decode()
    assert login(world.songwen).post(reverse("operations:token-revoke", args=[token.pk])).status_code == 404
    assert login(world.lijianguo).get(reverse("operations:tokens-all")).status_code == 403
    login(world.anquan).post(reverse("operations:token-revoke", args=[token.pk]))
    assert words(Caller(text).get("/me")) == REFUSED
    assert Entry.objects.get(verb="停用接口令牌").actor_name == "安全管理员"


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ("org:read", "/org/units"),
        ("org:read", "/org/people"),
        ("figures:read", "/figures/a1/2026-10"),
        ("results:read", "/results/a1"),
        ("results:read", "/results/a1/2026-10"),
        ("results:read", "/results/a1/2026-10/a1-s1"),
        ("pay:read", "/pay/a1"),
        ("pay:read", "/pay/a1/1"),
        ("tasks:read", "/tasks"),
    ],
)
def test_a_scope_that_the_token_lacks(world, scope, path):
    others = [one for one in SCOPES if one != scope]
    assert words(call_as(world.hejing, *others).get(path)) == (403, [f"这个令牌没有“{SCOPES[scope]}”的范围。"])


def test_so_many_calls_a_minute(world, settings):
    settings.RONGHE_API_RATE = "3/min"
    caller, other = call_as(world.hejing, "tasks:read"), call_as(world.songwen, "tasks:read")
    assert [caller.get("/tasks")[0] for _call in range(4)] == [200, 200, 200, 429]
    assert other.get("/tasks")[0] == 200


# --- figures in ------------------------------------------------------------------------------------------------------
@pytest.fixture
def asked(world):
    make_indicators(world)
    world.period = make_period(world)
    return world


def figures(**values):
    return [{"unit": "a1-s1", "indicator": code, "actual": value} for code, value in values.items()]


def test_what_is_asked(asked):
    status, form = call_as(asked.hejing, "figures:read").get(f"/figures/a1/{month()}")
    assert (status, form["unit"], form["open"], form["missing"]) == (200, asked.unit["注采一站"].code, True, 4)
    assert [cell["indicator"] for cell in form["cells"]] == ["oil", "cost", "rectify", "accident"]
    assert form["cells"][0] | {"unit": ""} == {
        "unit": "", "indicator": "oil", "name": "原油产量", "measure": "t", "last": None, "target": None, "value": None,
        "in_force": False, "writable": True,
    }  # fmt: skip


def test_figures_come_in_and_wait_for_another_person(asked):
    unit = asked.unit["注采一站"].code
    rows = [
        {"unit": unit, "indicator": code, "actual": value}
        for code, value in (("oil", "1200"), ("cost", 812.5), ("rectify", "95%"), ("accident", "0"))
    ]
    status, batch = call_as(asked.hejing, "figures:write").post(f"/figures/a1/{month()}", {"figures": rows, "submit": True})
    assert (status, batch["state"], batch["figures"]) == (200, "待审核", 4)
    row = Batch.objects.get()
    assert (row.state, row.source, row.author) == ("submitted", "api", asked.hejing.user)
    found = dict(Figure.objects.filter(batch=row).values_list("indicator__code", "actual"))
    assert {code: str(value.normalize()) for code, value in found.items()} == {
        "oil": "1.2E+3",
        "cost": "812.5",
        "rectify": "95",
        "accident": "0",
    }


@pytest.mark.parametrize(
    ("rows", "place", "message"),
    [
        ([("oil", "九十")], "figures[0]", "不是可用的数字"),
        ([("oil", "1200"), ("cost", "1e309")], "figures[1]", ""),
        ([("nothing", "1")], "figures[0]", ""),
    ],
)
def test_a_wrong_figure_is_told_at_its_place_and_nothing_is_saved(asked, rows, place, message):
    unit = asked.unit["注采一站"].code
    body = {"figures": [{"unit": unit, "indicator": code, "actual": value} for code, value in rows]}
    status, answer = call_as(asked.hejing, "figures:write").post(f"/figures/a1/{month()}", body)
    assert (status, answer["problems"][0]["place"], Batch.objects.count(), Figure.objects.count()) == (422, place, 0, 0)
    assert message in answer["problems"][0]["message"]


def test_another_stations_figure_is_refused(asked):
    body = {"figures": [{"unit": asked.unit["注采二站"].code, "indicator": "oil", "actual": "1"}]}
    assert call_as(asked.hejing, "figures:write").post(f"/figures/a1/{month()}", body)[0] == 422
    assert Figure.objects.count() == 0


@pytest.mark.parametrize("who", ["liuhaitao", "lijianguo", "handong", "xitong"])
def test_who_reports_nothing_there(asked, who):
    caller = call_as(getattr(asked, who), "figures:read", "figures:write")
    assert caller.get(f"/figures/a1/{month()}")[0] == 404
    assert caller.post(f"/figures/a1/{month()}", {"figures": figures(oil="1")})[0] == 404


def test_who_reports_for_several_units_says_for_which(asked):
    appoint(asked.hejing, "reporter", asked.unit["注采二站"])
    caller = call_as(asked.hejing, "figures:read", "figures:write")
    both = ("、".join(asked.unit[name].code for name in ("注采一站", "注采二站"))).join(("您负责几个单位的填报,请指明:", ""))
    assert caller.get(f"/figures/a1/{month()}") == (422, {"problems": [{"place": "unit", "message": both}]})
    body = {"figures": [{"unit": "a1-s2", "indicator": "oil", "actual": "1200"}]}
    assert (caller.post(f"/figures/a1/{month()}", body)[0], Batch.objects.count()) == (422, 0)
    assert caller.post(f"/figures/a1/{month()}", {**body, "unit": "a1-s2"})[0] == 200
    assert Batch.objects.get().unit == asked.unit["注采二站"]


def test_the_same_key_is_carried_out_once(asked):
    unit = asked.unit["注采一站"].code
    caller = call_as(asked.hejing, "figures:write")
    body = {"figures": [{"unit": unit, "indicator": "oil", "actual": "1200"}]}
    first = caller.post(f"/figures/a1/{month()}", body, key="2026-11-01")
    assert caller.post(f"/figures/a1/{month()}", body, key="2026-11-01") == first
    assert (first[0], Entry.objects.filter(verb="导入数值").count() or Batch.objects.count()) == (200, 1)
    other = {"figures": [{"unit": unit, "indicator": "oil", "actual": "9"}]}
    assert words(caller.post(f"/figures/a1/{month()}", other, key="2026-11-01")) == (422, ["这个键已经用于另一个请求。"])
    assert words(caller.post(f"/figures/a1/{month()}", other, key="x" * 65)) == (422, ["1 到 64 个可见字符。"])
    ApiAnswer.objects.update(status=0)
    assert words(caller.post(f"/figures/a1/{month()}", body, key="2026-11-01")) == (409, ["同一个请求正在办理,请稍后用同一个键再问。"])


def test_a_refused_call_may_be_made_again_with_its_key(asked):
    unit = asked.unit["注采一站"].code
    caller = call_as(asked.hejing, "figures:write")
    wrong = {"figures": [{"unit": unit, "indicator": "oil", "actual": "九十"}]}
    assert caller.post(f"/figures/a1/{month()}", wrong, key="k")[0] == 422
    right = {"figures": [{"unit": unit, "indicator": "oil", "actual": "90"}]}
    assert (caller.post(f"/figures/a1/{month()}", right, key="k")[0], ApiAnswer.objects.count()) == (200, 1)


def test_old_answers_are_forgotten(asked):
    token, _text = give_token(asked.hejing, "tasks:write")
    row = ApiAnswer.objects.create(token=token, key="k", digest="", status=200, body="{}")
    run_rules(today())
    assert ApiAnswer.objects.count() == 1
    ApiAnswer.objects.filter(pk=row.pk).update(at=row.at - timedelta(days=3))
    run_rules(today())
    assert ApiAnswer.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key(asked):
    """Of two calls at the same moment one is carried out; the other hears its answer, or that it is under way."""
    text = give_token(asked.hejing, "figures:write")[1]
    body = {"figures": [{"unit": asked.unit["注采一站"].code, "indicator": "oil", "actual": "1200"}]}
    answers = []

    def call():
        answers.append(Caller(text).post(f"/figures/a1/{month()}", body, key="k")[0])
        connection.close()

    threads = [threading.Thread(target=call) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) in ([200, 200], [200, 409])
    assert Batch.objects.count() == 1


# --- results out -----------------------------------------------------------------------------------------------------
def test_results_with_both_sides_and_their_reasons(shown):  # noqa: F811
    caller = call_as(shown.lijianguo, "results:read")
    assert [run["period"] for run in caller.get("/results/a1")[1]] == ["2026-10"]
    status, found = caller.get("/results/a1/2026-10")
    assert (status, found["run"]["results_digest"]) == (200, shown.run.results_digest)
    rows = {row.unit.code: row for row in shown.run.results.select_related("unit")}
    assert {row["unit"]: (row["total"], row["place"]) for row in found["units"]} == {
        code: (None if row.total is None else format(row.total, "f"), row.place) for code, row in rows.items()
    }
    unit = found["units"][0]["unit"]
    status, one = caller.get(f"/results/a1/2026-10/{unit}")
    marks = shown.run.marks.filter(unit=rows[unit].unit).order_by("order", "pk")
    assert [(row["indicator"], row["because"]) for row in one["marks"]] == list(marks.values_list("indicator", "because"))
    assert {row["side"] for row in one["marks"]} == {"party", "business"}
    taken = list(Export.objects.order_by("pk").values_list("what", flat=True))
    assert taken == ["接口:2026-10 考核结果", f"接口:2026-10 {rows[unit].unit.name}得分"]


@pytest.mark.parametrize("who", ["handong", "xitong", "anquan"])
def test_results_are_not_for_strangers(shown, who):  # noqa: F811
    caller = call_as(getattr(shown, who), "results:read")
    assert [caller.get(path)[0] for path in ("/results/a1/2026-10", "/results/a1/2026-10/a1-s1", "/results/a1/2026-09")] == [404] * 3
    assert caller.get("/results/a1") == (200, [])


# --- organisation -----------------------------------------------------------------------------------------------------
def test_units_and_people_of_ones_own_area(world):
    caller = call_as(world.lijianguo, "org:read")
    units = caller.get("/org/units", limit=200)[1]
    assert {unit["area"] for unit in units["items"]} == {"a1"}
    assert units["count"] == len(units["items"])
    people = caller.get("/org/people", limit=2, offset=1)[1]
    assert (people["count"], len(people["items"])) == (Person.objects.filter(area=world.area).count(), 2)
    assert set(people["items"][0]) == {"number", "name", "unit", "posts"}


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (201, 0), (1, -1), ("x", 0), (10**30, 0)])
def test_a_page_that_is_none(world, limit, offset):
    assert call_as(world.lijianguo, "org:read").get("/org/people", limit=limit, offset=offset)[0] == 422


def test_queries_do_not_grow_with_rows(world):
    caller = call_as(world.lijianguo, "org:read")
    caller.get("/org/people", limit=1)

    def count(limit):
        with CaptureQueriesContext(connection) as found:
            caller.get("/org/people", limit=limit)
        return len(found)

    assert count(1) == count(3)


def test_a_roster_comes_in_as_a_whole(world):
    caller = call_as(world.xitong, "org:write")
    text = "姓名,工号,单位\n周新,N9001,注采一站\n吴新,N9002,注采二站\n"
    answer = caller.client.post("/api/v1/org/a1/roster", {"file": io.BytesIO(text.encode()), "accounts": "false"})
    assert (answer.status_code, answer.json()) == (200, {"people": 2})
    assert set(Person.objects.filter(number__startswith="N900").values_list("name", "unit__name")) == {
        ("周新", "注采一站"),
        ("吴新", "注采二站"),
    }
    wrong = "姓名,工号,单位\n郑新,N9003,注采一站\n王新,N9004,没有这个站\n"
    answer = caller.client.post("/api/v1/org/a1/roster", {"file": io.BytesIO(wrong.encode())})
    assert (answer.status_code, answer.json()["problems"][0]["place"]) == (422, "C3")
    assert not Person.objects.filter(number="N9003").exists()


@pytest.mark.parametrize("who", ["lijianguo", "hejing"])
def test_a_roster_is_the_system_administrators(world, who):
    answer = call_as(getattr(world, who), "org:write").client.post("/api/v1/org/a1/roster", {"file": io.BytesIO(b"x")})
    assert answer.status_code == 403


# --- tasks ------------------------------------------------------------------------------------------------------------
def make_task(world, person, **values):
    plain = {"area": world.area, "owner": person, "kind": "月度任务", "title": "巡检配电室", "due": today(), "key": f"k{person.pk}"}
    return Task.objects.create(**{**plain, **values})


def test_ones_own_tasks_and_one_done(world):
    mine, _other = make_task(world, world.hejing), make_task(world, world.songwen)
    caller = call_as(world.hejing, "tasks:read", "tasks:write")
    assert [row["id"] for row in caller.get("/tasks")[1]["items"]] == [mine.pk]
    assert caller.post(f"/tasks/{mine.pk}/finish", {"line": "已查"}, key="k")[1]["state"] == "done"
    mine.refresh_from_db()
    assert (mine.state, mine.line) == ("done", "已查")
    assert words(caller.post(f"/tasks/{mine.pk}/finish", {"line": "已查"})) == (409, ["这项任务已经办结。"])


def test_anothers_task(world):
    other = make_task(world, world.songwen)
    assert call_as(world.hejing, "tasks:write").post(f"/tasks/{other.pk}/finish", {})[0] == 404


def test_a_task_that_asks_for_a_line(world):
    task = make_task(world, world.hejing, asks="line")
    answer = call_as(world.hejing, "tasks:write").post(f"/tasks/{task.pk}/finish", {"line": " "})
    assert answer == (422, {"problems": [{"place": "line", "message": "这一项要一句话说明办理情况。"}]})


def test_a_task_worked_elsewhere(world):
    task = make_task(world, world.hejing, key="", path="/figures/")
    assert words(call_as(world.hejing, "tasks:write").post(f"/tasks/{task.pk}/finish", {})) == (409, ["这项待办在它来的地方办理。"])
