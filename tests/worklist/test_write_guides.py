"""Living guides: taken over, changed from next month, retired; what changes is shown before it is saved. Load and calendar."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.worklist.actions import guides as write
from ronghe.worklist.actions.calendar import make_calendar_key, revoke_calendar_key
from ronghe.worklist.models import CalendarKey, Guide, GuideItem, Task
from ronghe.worklist.packs import list_guide_packs, read_minutes
from ronghe.worklist.queries.guides import list_coming, preview_change, read_document
from ronghe.worklist.rules.load import Question, add_up, find_twins, find_useless
from ronghe.worklist.rules.recurrence import add_months, check_rule, name_month
from tests.worklist.cases import CODE, adopt, task_of, user

THIS = name_month(today())
NEXT = add_months(THIS, 1)


def values_of(item, **changes):
    return {name: getattr(item, name) for name in write.TEXTS} | {"feeds": "", "units": []} | changes


def test_packs_answer_all_three_questions():
    packs = list_guide_packs()
    assert [(pack.code, len(pack.items)) for pack in packs] == [("guide-group-leader", 21), ("guide-station-chief", 21)]
    for pack in packs:
        for item in pack.items:
            assert all([item["what"], item["steps"], item["basis"], check_rule(item["rule"])])
            assert item.get("asks", "none") in Task.Asks.values


@pytest.fixture
def guide(world):
    return adopt(world)


def test_adopted_once_by_those_who_keep_guides(world, guide):
    with pytest.raises(Refused, match="已经采用"):
        write.adopt_guide(world.area, CODE, by=user(world.lijianguo))
    for name in ("刘海涛", "何静", "韩冬", "系统管理员", "周卫东"):
        with pytest.raises(PermissionDenied):
            write.adopt_guide(world.area, "guide-station-chief", by=user(world.person[name]))


def test_a_change_holds_from_next_month_and_keeps_both(world, guide):
    old = guide.items.get(code="meeting")
    by = user(world.zhaomin)
    new = values_of(old, rule="FREQ=MONTHLY;BYMONTHDAY=20")
    with pytest.raises(ValidationError, match="从下个月起"):
        write.save_item(guide, values=new, month=THIS, reason="x", by=by, code="meeting")
    with pytest.raises(ValidationError, match="为什么修改"):
        write.save_item(guide, values=new, month=NEXT, reason="", by=by, code="meeting")
    item = write.save_item(guide, values=new, month=NEXT, reason="和支委会错开", by=by, code="meeting")
    old.refresh_from_db()
    assert (item.number, old.valid_to) == (2, item.valid_from - timedelta(days=1))
    guide.refresh_from_db()
    assert guide.edition == 2
    assert task_of(world, world.liuhaitao).due.day <= 12
    names = [line.item.number for chapter in read_document(guide, NEXT) for line in chapter.lines if line.item.code == "meeting"]
    assert names == [2]
    assert [one.text for one in list_coming(guide, THIS)] == ["开党小组会:每月 20 日(和支委会错开)"]


def test_preview_says_what_next_month_will_be(world, guide):
    item = guide.items.get(code="study")
    seen = preview_change(guide, item, values_of(item, rule="FREQ=MONTHLY;BYMONTHDAY=12", asks="line"), "2026-12")
    assert (seen.before, seen.after) == (["12月7日", "12月14日", "12月21日", "12月28日"], ["12月14日"])
    assert seen.gone == ["12月7日", "12月21日", "12月28日"]
    assert (seen.posts, seen.tasks_before, seen.tasks_after) == (3, 12, 3)
    assert (seen.minutes_before, seen.minutes_after, seen.moved) == ("0.8", "1.2", ["12月12日 → 12月14日"])
    assert preview_change(guide, item, None, "2027-02").unconfirmed is True


def test_pages(world, guide, login):
    client = login(world.lijianguo)
    path = f"/worklist/guides/{guide.pk}/"
    assert "开党小组会" in client.get(path).content.decode()
    form = {
        "category": "其他", "name": "看一次台账", "what": "看一次", "steps": "一\n二", "every": "month", "day": "30", "shift": "after",
        "asks": "none", "basis": "站内规定", "month": NEXT, "units": [world.unit["注采二站"].pk],
    }  # fmt: skip
    seen = client.post(f"{path}items/new/", {**form, "look": "1"})
    assert seen.status_code == 200
    assert "会怎样" in seen.content.decode()
    assert not GuideItem.objects.filter(name="看一次台账").exists()
    assert client.post(f"{path}items/new/", {**form, "day": "", "save": "1"}).status_code == 422
    assert client.post(f"{path}items/new/", {**form, "save": "1"}).status_code == 302
    assert GuideItem.objects.get(name="看一次台账").rule == "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"
    assert client.get(f"{path}items/meeting/").status_code == 200
    assert client.post(f"{path}items/meeting/retire/", {"month": NEXT, "reason": ""}).status_code == 422
    assert client.post(f"{path}items/meeting/retire/", {"month": NEXT, "reason": "并到主题党日"}).status_code == 302
    assert client.get(f"{path}items/meeting/").status_code == 404
    assert client.post("/worklist/guides/adopt/", {"code": "guide-station-chief"}).status_code == 302
    assert client.post(f"{path}retire/", {"reason": "改用新的", "version": Guide.objects.get(pk=guide.pk).version}).status_code == 302
    assert client.post("/worklist/guides/new/", {"title": "审核人指南", "kind": "reviewer", "basis": "站内规定"}).status_code == 302
    assert login(world.liuhaitao).get(f"{path}items/study/").status_code == 403


def test_load_is_of_lists(world, guide, login):
    assert list(read_minutes()) == ["tick", "number", "choice", "line", "text", "photo", "file", "signature"]
    minutes = {kind: row.minutes for kind, row in read_minutes().items()}
    one = Question("指南", "开党小组会", "党小组长", 3, {"tick": 1, "line": 1}, "org_life", "组织生活")
    two = Question("月报", "组织生活", "党小组长", 3, {"number": 2}, "org_life", "组织生活")
    three = Question("检查表", "开 党小组会", "党小组长", 3, {"tick": 4})
    assert [(role.name, role.minutes) for role in add_up([one, two, three], minutes)] == [("党小组长", Decimal("3.6"))]
    assert [(twin.same, twin.second.name) for twin in find_twins([one, two, three])] == [
        ("都用于“组织生活”", "组织生活"),
        ("名称相同", "开 党小组会"),
    ]
    assert find_useless([one, two, three]) == [three]
    text = login(world.lijianguo).get("/worklist/load/").content.decode()
    assert "集中学习" in text
    assert not any(person.name in text.split("<main", 1)[1].split("</main", 1)[0] for person in (world.liuhaitao, world.sunlihua))
    assert login(world.liuhaitao).get("/worklist/load/").status_code == 403


def test_feed_holds_titles_only_and_ends_with_its_key(world, guide, login, client):
    login(world.liuhaitao)
    page = client.post("/worklist/calendar/keys/", {"name": "手机", "once": "a"}).content.decode()
    address = page.split("<code>")[1].split("</code>")[0]
    path = address.split("testserver")[1]
    client.logout()
    text = client.get(path).content.decode().replace("\r\n ", "")
    assert "SUMMARY:组织集中学习" in text
    assert "讲清" not in text
    assert "孙丽华" not in text
    key = CalendarKey.objects.get()
    assert path.split("/")[-1].removesuffix(".ics") not in (key.digest, key.name)
    revoke_calendar_key(key, by=user(world.liuhaitao))
    assert client.get(path).status_code == 404
    _key, token = make_calendar_key(name="平板", by=user(world.liuhaitao))
    account = user(world.liuhaitao)
    account.is_active = False
    account.save()
    assert client.get(f"/worklist/calendar/feed/{token}.ics").status_code == 404
