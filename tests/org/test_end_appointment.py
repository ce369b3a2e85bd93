"""Ending an appointment: what the post allowed ends with it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.calendar import today
from ronghe.org.actions import end_appointment
from ronghe.org.models import Appointment
from ronghe.org.standing import load_standing


def held(person, kind):
    return Appointment.objects.get(person=person, post__kind=kind)


def test_rights_end_with_the_last_day(world, last_act):
    end_appointment(held(world.qianjin, "reviewer"), last_day=today() - timedelta(days=1), by=world.xitong.user)
    assert load_standing(world.qianjin.user).posts == ()
    assert (last_act(world.qianjin).verb, str(today() - timedelta(days=1)) in last_act(world.qianjin).note) == ("免职", True)


def test_open_page_is_refused_at_the_next_click(world, login):
    client = login(world.qianjin)
    assert client.get("/figures/queue/").status_code == 200
    end_appointment(held(world.qianjin, "reviewer"), last_day=today() - timedelta(days=1), by=world.xitong.user)
    assert client.get("/figures/queue/").status_code == 403


def test_not_before_it_began(world, fields):
    with pytest.raises(ValidationError) as caught:
        end_appointment(held(world.qianjin, "reviewer"), last_day=date(2019, 12, 31), by=world.xitong.user)
    assert fields(caught) == ["last_day"]


def test_who_may(world):
    for person, kind, by in (
        (world.qianjin, "reviewer", world.anquan),
        (world.shenji, "audit_admin", world.xitong),
        (world.shenkuo, "reviewer", world.xitong),
    ):
        with pytest.raises(PermissionDenied):
            end_appointment(held(person, kind), last_day=today(), by=by.user)
    assert end_appointment(held(world.shenji, "audit_admin"), last_day=today(), by=world.anquan.user).valid_to == today()


def test_page(world, login):
    row = held(world.qianjin, "reviewer")
    url = f"/org/admin/people/{world.qianjin.pk}/appointments/{row.pk}/end/"
    answer = login(world.xitong).post(url, {"last_day": "2019-01-01"})
    assert (answer.status_code, "不能早于任职起日" in answer.content.decode()) == (422, True)
    assert login(world.xitong).post(url, {"last_day": str(today())}).status_code == 302
