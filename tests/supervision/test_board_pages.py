"""The board's pages: who sees what, the week as it stood, prefilled from elsewhere, a line on the phone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronghe.common import registry
from ronghe.common.calendar import at_time, today
from ronghe.portal.demo.load import moment_of
from ronghe.portal.matters import collect_matters
from ronghe.supervision.actions import boards
from ronghe.supervision.models import BoardItem
from ronghe.supervision.queries import boards as reading
from ronghe.supervision.rules.boards import monday_of
from tests.supervision.cases import claim, confirm, day, fresh, late, put, say, user

BOARD = "/supervision/board/"


@pytest.mark.django_db
def test_who_reads_what(world):
    put(world), put(world, owner="孙丽华", unit="注采二站", title="二站的事")
    seen = {
        name: sorted(BoardItem.objects.visible_to(user(person)).values_list("unit__name", flat=True))
        for name, person in world.person.items()
    }
    both = ["注采一站", "注采二站"]
    for name in ("李建国", "王海涛", "陈晓燕", "周卫东", "赵敏", "钱进", "郑爽"):
        assert seen.pop(name) == both
    assert (seen.pop("刘海涛"), seen.pop("孙丽华")) == (["注采一站"], ["注采二站"])
    assert set(map(tuple, seen.values())) == {()}


@pytest.mark.django_db
def test_the_week_as_it_stood(world, login):
    monday = monday_of(today())
    with at_time(moment_of(monday - timedelta(days=14), 9)):
        item = put(world, due=monday - timedelta(days=9))
        say(world, item, "两周前的话。")
    with at_time(moment_of(monday - timedelta(days=7), 9)):
        boards.move_item(item, due=today() + timedelta(days=30), reason="等配件", by=user(world.lijianguo))
        say(world, item, "上周的话。")
    client = login(world.zhaomin)
    page = client.get(BOARD).content.decode()
    assert "本周未报" in page
    assert "上周的话。" in page
    assert "两周前的话。" not in page
    (line,) = reading.describe_items([fresh(item)], monday - timedelta(days=14), today())
    assert (line.light, line.due, line.said, line.weeks) == ("red", str(monday - timedelta(days=9)), "两周前的话。", 1)
    (line,) = reading.describe_items([fresh(item)], monday, today())
    assert (line.light, line.before, line.weeks, line.silent) == ("green", "上周的话。", 3, True)
    earlier = client.get(BOARD, {"week": str(monday - timedelta(days=21))})
    assert "没有督办事项" in earlier.content.decode()


@pytest.mark.django_db
def test_carried_until_done(world):
    monday = monday_of(today())
    with at_time(moment_of(monday - timedelta(days=14), 9)):
        item = claim(world, due=day(60))
    with at_time(moment_of(monday - timedelta(days=7), 9)):
        boards.confirm_item(item, result="好", by=user(world.lijianguo))
    reader = user(world.zhaomin)
    weeks = [monday - timedelta(days=n) for n in (21, 14, 7, 0)]
    assert [reading.list_in_week(reader, week).count() for week in weeks] == [0, 1, 1, 0]
    (line,) = reading.describe_items([fresh(item)], weeks[1], today())
    assert (line.state, line.light) == ("督办中", "green")


@pytest.mark.django_db
def test_an_owner_says_a_line_of_each(world, login):
    one, two = put(world), put(world, title="第二件")
    client = login(world.liuhaitao)
    page = client.get(reverse("supervision:report")).content.decode()
    assert "第二件" in page
    empty = client.post(reverse("supervision:report"), {f"text_{one.pk}": "", f"done_{two.pk}": "on"})
    assert empty.status_code == 422
    assert "报办结请写一句" in empty.content.decode()
    answer = client.post(reverse("supervision:report"), {f"text_{one.pk}": "做了一半", f"text_{two.pk}": "完了", f"done_{two.pk}": "on"})
    assert answer.status_code == 302
    assert (fresh(one).state, fresh(two).state) == ("running", "claimed")
    assert "第二件" not in client.get(reverse("supervision:report")).content.decode()


@pytest.mark.django_db
def test_put_there_from_elsewhere(world, login):
    unit = world.unit["注采一站"]
    (way,) = registry.find_boards(user(world.lijianguo), unit, origin=f"org.unit:{unit.pk}", title="来自别处", owner=world.liuhaitao.pk)
    assert registry.find_boards(user(world.hejing), unit) == []
    client = login(world.lijianguo)
    page = client.get(way.url)
    assert "来自别处" in page.content.decode()
    values = {
        "title": "来自别处", "demand": "办好", "source": "meeting", "unit": unit.pk, "owner": world.liuhaitao.pk, "supervisor": "",
        "due": str(day(9)), "origin": f"org.unit:{unit.pk}", "once": "k1",
    }  # fmt: skip
    wrong = client.post(reverse("supervision:board-new"), values | {"due": str(day(-9))})
    assert wrong.status_code == 422
    assert "办好" in wrong.content.decode()
    first = client.post(reverse("supervision:board-new"), values)
    again = client.post(reverse("supervision:board-new"), values)
    item = BoardItem.objects.get()
    assert first.url == again.url == f"{BOARD}{item.pk}/"
    assert (item.origin_name, item.source, item.supervisor) == ("注采一站", "meeting", world.lijianguo)
    lines = registry.find_followed(user(world.lijianguo), "org.unit", [unit.pk])[unit.pk]
    assert [line.title for line in lines] == [str(item)]
    assert [line.title for line in registry.find_followed(user(world.hejing), "org.unit", [unit.pk])[unit.pk]] == [f"督办 {item.number}"]


@pytest.mark.django_db
def test_item_page_and_steps(world, login):
    item = claim(world)
    client = login(world.lijianguo)
    address = f"{BOARD}{item.pk}/"
    assert "确认办结" in client.get(address).content.decode()
    empty = client.post(f"{address}confirm/", {"result": "", "version": item.version})
    assert empty.status_code == 422
    stale = client.post(f"{address}confirm/", {"result": "我写的结果", "version": item.version - 1})
    assert (stale.status_code, "我写的结果" in stale.content.decode()) == (422, True)
    assert client.post(f"{address}confirm/", {"result": "好", "version": item.version}).status_code == 302
    assert "好" in client.get(address).content.decode()
    running = put(world)
    assert "告知责任人" in client.get(f"{BOARD}{running.pk}/").content.decode()
    assert 'name="text_' in login(world.liuhaitao).get(f"{BOARD}{running.pk}/").content.decode()
    assert login(world.handong).get(f"{BOARD}{running.pk}/").status_code == 404


@pytest.mark.django_db
def test_note_of_the_week(world, login):
    client = login(world.lijianguo)
    assert client.post(reverse("supervision:board-note"), {"note": "本周盯住围堰。"}).status_code == 302
    assert "本周盯住围堰。" in client.get(BOARD).content.decode()
    assert "本周盯住围堰。" in client.get(f"{BOARD}print/").content.decode()
    assert login(world.liuhaitao).get(reverse("supervision:board-note")).status_code == 403


@pytest.mark.django_db
def test_counted_in_the_matters_with_a_link_that_opens(world, login):
    late(put(world), 3)
    late(put(world, title="乙"), 30, level=1, raised_to=world.wanghaitao, raised_on=day(-3))
    put(world, title="丙"), confirm(world, title="丁")
    mine = [one for one in collect_matters([world.area.pk]) if one.what.startswith("督办")]
    unit = world.unit["注采一站"].pk
    assert [(one.what, one.unit_id, one.owner_id, one.count, one.late) for one in mine] == [
        ("督办未办结", unit, world.liuhaitao.pk, 3, 2), ("督办已升级", unit, world.liuhaitao.pk, 1, 1),
    ]  # fmt: skip
    for one in mine:
        page = login(world.zhaomin).get(one.url)
        assert len(page.context["lines"]) == one.count


@pytest.mark.django_db
def test_queries_do_not_grow(world, login):
    client = login(world.zhaomin)
    put(world)

    def count():
        client.get(BOARD)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(BOARD).status_code == 200
        return len(seen)

    few = count()
    for n in range(12):
        say(world, put(world, title=f"第 {n} 件"))
    assert count() == few <= 8 + 4 + 1  # its saved views
