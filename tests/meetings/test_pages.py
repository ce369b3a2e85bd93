"""The pages: a meeting held from the browser, a member's vote on the phone, and the norms from records."""

import pytest

from ronghe.meetings.actions import agenda, minutes, room
from ronghe.meetings.models import Attendee, Item, Kind, Meeting
from ronghe.meetings.queries.norms import measure_month
from tests.meetings import cases
from tests.meetings.cases import day, fresh, lead


@pytest.fixture
def ready(world):
    cases.prepare(world)
    return world


def test_a_meeting_is_held_from_the_pages(ready, login):
    client = login(ready.lijianguo)
    kind = cases.kind(ready)
    people = {"presider": ready.lijianguo.pk, "recorder": ready.zhouweidong.pk}
    given = {"kind": kind.pk, "unit": ready.area.pk, "held_on": day(0), **people}
    answer = client.post("/meetings/new/", given)
    meeting = Meeting.objects.get()
    assert answer["Location"] == f"/meetings/{meeting.pk}/"
    page = f"/meetings/{meeting.pk}/"
    asked = {"title": "推荐先进", "matter_class": "personnel", "proposal": "推荐刘海涛"}
    assert client.post(f"{page}agenda/add/", asked).status_code == 302
    assert client.post(f"{page}notice/", {"short_notice": "", "version": fresh(meeting).version}).status_code == 422
    assert client.post(f"{page}notice/", {"short_notice": "当日必须报", "version": fresh(meeting).version}).status_code == 302
    assert client.post(f"{page}open/").status_code == 302
    roll = Attendee.objects.filter(meeting=meeting)
    assert client.post(f"{page}attendance/", {f"state-{row.pk}": "present" for row in roll}).status_code == 302
    item = Item.objects.get()
    at = f"/meetings/items/{item.pk}/"
    assert client.post(f"{at}take-up/").status_code == 302
    assert client.post(f"{at}speak/", {f"say-{row.person_id}": "同意" for row in roll}).status_code == 302
    assert client.post(f"{at}vote/", {"proposal": "推荐刘海涛", "form": "oral"}).status_code == 422
    assert client.post(f"{at}vote/", {"proposal": "推荐刘海涛", "form": "secret"}).status_code == 302
    for person in (ready.lijianguo, ready.wanghaitao, ready.chenxiaoyan, ready.zhouweidong):
        voter = login(person)
        assert "我的一票" in voter.get(at).content.decode()
        assert voter.post(f"{at}ballot/", {"choice": "yes"}).status_code == 302
        assert "您已投票" in voter.get(at).content.decode()
    client = login(ready.lijianguo)
    assert client.post(f"{at}vote/close/").status_code == 302
    assert fresh(item).state == "passed"
    assert client.post(f"{page}close/").status_code == 302
    assert client.post(f"{page}minutes/confirm/").status_code == 302
    assert login(ready.zhouweidong).post(f"{page}minutes/confirm/").status_code == 302
    assert fresh(meeting).state == "locked"
    assert "同意 4、不同意 0、弃权 0" in client.get(page).content.decode()


def test_a_vote_by_name_is_chosen_by_nobody_beforehand(ready, login):
    meeting, item = cases.open_one(ready)
    cases.hear_all(item)
    cases.begin(item)
    path, client = f"/meetings/items/{item.pk}/vote/close/", login(meeting.presider)
    assert "checked" not in client.get(path).content.decode()
    people = [row.person for row in Attendee.objects.filter(meeting=meeting, votes=True, state="present").select_related("person")]
    given = {f"vote-{person.pk}": "yes" for person in people}
    one = people[-1]
    wrong = client.post(path, given | {f"vote-{one.pk}": ""})
    assert (wrong.status_code, f"请登记{one.name}的表决" in wrong.content.decode(), fresh(item).state) == (422, True, "voting")
    assert client.post(path, given).status_code == 302
    assert fresh(item).state == "passed"


def test_members_and_strangers(ready, login):
    meeting, _item = cases.open_one(ready, "group")
    assert login(ready.wutong).get(f"/meetings/{meeting.pk}/").status_code == 200
    assert login(ready.luolan).get(f"/meetings/{meeting.pk}/").status_code == 404
    assert login(ready.handong).get(f"/meetings/{meeting.pk}/").status_code == 404


def test_norms_count_meetings_with_a_result(ready):
    period = f"{day(0):%Y-%m}"
    station = ready.unit["注采一站"].pk
    assert measure_month(ready.area.pk, period)[station].held == 0
    meeting = cases.plan_one(ready, "group")
    item = agenda.add_item(meeting, title="学习上级精神", by=lead(meeting))
    from ronghe.meetings.actions import plan

    plan.send_notice(fresh(meeting), by=lead(meeting))
    room.open_meeting(fresh(meeting), by=lead(meeting))
    cases.mark(meeting)
    room.take_up_item(fresh(item), by=lead(meeting))
    room.note_item(fresh(item), resolution="人人对照查找问题", by=lead(meeting))
    minutes.close_meeting(fresh(meeting), by=lead(meeting))
    share = measure_month(ready.area.pk, period)[station]
    assert (share.wanted, share.held, share.missing) == (2, 1, ["主题党日"])


def test_a_kind_is_changed_by_a_new_edition(ready, login):
    from ronghe.meetings.actions.kinds import change_kind

    kind = cases.kind(ready)
    cells = [{name: value for name, value in row.items() if name not in ("id", "kind_id")} for row in kind.quorums.values()]
    made = change_kind(kind, {"materials_days": 3}, cells, valid_from=day(5), reason="支委会议定", by=cases.user(ready.lijianguo))
    assert (made.number, made.materials_days, fresh(kind).valid_to) == (2, 3, day(4))
    assert Kind.objects.on(day(0)).get(area=ready.area, code="committee") == kind
    assert login(ready.lijianguo).get(f"/meetings/kinds/{made.pk}/edit/").status_code == 200
