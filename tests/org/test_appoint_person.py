"""Giving a post: by whom, to whom, from when to when. Rights follow the post, day by day."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ronghe.common.actions import Refused
from ronghe.common.calendar import at_time, today
from ronghe.org.actions import appoint, end_appointment
from ronghe.org.models import Appointment, Membership, Post
from ronghe.org.standing import load_standing


def post_of(world, kind, unit=None):
    return Post.objects.get(kind=kind, unit=unit or world.area)


def on(day):
    """The clock of a day's noon."""
    return at_time(timezone.make_aware(datetime(day.year, day.month, day.day, 12)))


def test_appointed_from_a_day(world, last_act):
    row = appoint(world.wutong, post_of(world, "reviewer"), valid_from=today(), by=world.xitong.user)
    assert (row.valid_from, row.valid_to, row.acting) == (today(), None, False)
    assert (last_act(world.wutong).verb, last_act(world.wutong).note) == ("任职", f"审核人(示范采油管理区)自 {today()} 起")
    assert load_standing(world.wutong.user).holds("reviewer", area_id=world.area.pk)


def test_changing_the_post_in_the_middle_of_a_month(world):
    """何静 reports for 注采一站 until the 15th and for 注采二站 from the 16th: on each day one of them, never both, never none."""
    held = Appointment.objects.get(person=world.hejing, post__kind="reporter")
    end_appointment(held, last_day=date(2026, 10, 15), by=world.xitong.user)
    appoint(world.hejing, post_of(world, "reporter", world.unit["注采二站"]), valid_from=date(2026, 10, 16), by=world.xitong.user)
    units = {}
    for day in (date(2026, 10, 1), date(2026, 10, 15), date(2026, 10, 16), date(2026, 10, 31)):
        with on(day):
            units[day.day] = load_standing(world.hejing.user).units_of("reporter")
    one, two = frozenset({world.unit["注采一站"].pk}), frozenset({world.unit["注采二站"].pk})
    assert units == {1: one, 15: one, 16: two, 31: two}


def test_acting_post_ends_by_itself(world):
    last = today() + timedelta(days=9)
    appoint(world.wutong, post_of(world, "reviewer"), valid_from=today(), valid_to=last, acting=True, by=world.xitong.user)
    with on(last):
        assert load_standing(world.wutong.user).posts[0].acting
    with on(last + timedelta(days=1)):
        assert not load_standing(world.wutong.user).holds("reviewer")


def test_nobody_appoints_oneself(world):
    with pytest.raises(Refused, match="不能给自己任职"):
        appoint(world.xitong, post_of(world, "reviewer"), valid_from=today(), by=world.xitong.user)


def test_administrators_are_the_security_admins_matter(world):
    with pytest.raises(PermissionDenied):
        appoint(world.wutong, post_of(world, "system_admin"), valid_from=today(), by=world.xitong.user)
    assert appoint(world.wutong, post_of(world, "system_admin"), valid_from=today(), by=world.anquan.user)
    with pytest.raises(PermissionDenied):
        appoint(world.wutong, post_of(world, "reviewer"), valid_from=today(), by=world.anquan.user)


def test_three_administrators_are_three_persons(world):
    with pytest.raises(Refused, match="须由三个人担任"):
        appoint(world.shenji, post_of(world, "system_admin"), valid_from=today(), by=world.anquan.user)


def test_no_post_twice_at_a_time(world, fields):
    with pytest.raises(ValidationError) as caught:
        appoint(world.qianjin, post_of(world, "reviewer"), valid_from=today(), by=world.xitong.user)
    assert fields(caught) == ["post"]
    with pytest.raises(ValidationError) as caught:
        appoint(world.wutong, post_of(world, "reviewer"), valid_from=today(), valid_to=today() - timedelta(1), by=world.xitong.user)
    assert fields(caught) == ["valid_to"]


def test_probationary_member_leads_no_group(world, fields):
    Membership.objects.create(person=world.hejing, group=world.group["注采一站"], status="probationary", valid_from=today())
    with pytest.raises(ValidationError) as caught:
        appoint(world.hejing, post_of(world, "group_leader", world.unit["注采一站"]), valid_from=today(), by=world.xitong.user)
    assert fields(caught) == ["post"]


def test_not_to_a_closed_post_nor_to_who_left(world):
    post = post_of(world, "reviewer")
    post.closed_on = today()
    post.save()
    with pytest.raises(ValidationError, match="已于"):
        appoint(world.wutong, post, valid_from=today(), by=world.xitong.user)
    world.wutong.left_on = today()
    world.wutong.save()
    with pytest.raises(Refused, match="离职"):
        appoint(world.wutong, post_of(world, "indicator_admin"), valid_from=today(), by=world.xitong.user)


def test_other_areas_post_is_out_of_reach(world, login):
    post = post_of(world, "reviewer", world.other)
    with pytest.raises(PermissionDenied):
        appoint(world.wutong, post, valid_from=today(), by=world.xitong.user)
    answer = login(world.xitong).post(f"/org/admin/people/{world.wutong.pk}/appoint/", {"post": post.pk, "valid_from": today()})
    assert answer.status_code == 422


def test_page_shows_the_refusal_with_what_was_chosen(world, login):
    client = login(world.xitong)
    form = {"post": post_of(world, "reviewer").pk, "valid_from": "2026-11-20", "valid_to": "2026-11-01"}
    answer = client.post(f"/org/admin/people/{world.wutong.pk}/appoint/", form)
    page = answer.content.decode()
    assert (answer.status_code, 'value="2026-11-20"' in page, "止日不能早于起日" in page) == (422, True, True)
    answer = client.post(f"/org/admin/people/{world.wutong.pk}/appoint/", {**form, "valid_to": ""})
    assert answer.status_code == 302
