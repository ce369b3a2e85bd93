"""A person leaves: appointments, membership, account and sessions end together."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.accounts.models import Session
from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.org.actions import dismiss_person
from ronghe.org.models import Appointment, Membership
from ronghe.org.standing import NOBODY, load_standing


def test_everything_ends_the_day_before(world, acts):
    chief = dismiss_person(world.liuhaitao, left_on=today(), by=world.xitong.user)
    yesterday = today() - timedelta(days=1)
    assert set(Appointment.objects.filter(person=chief).values_list("valid_to", flat=True)) == {yesterday}
    assert list(Membership.objects.filter(person=chief).values_list("valid_to", flat=True)) == [yesterday]
    chief.user.refresh_from_db()
    assert (chief.user.is_active, chief.left_on, acts(chief)) == (False, today(), ["离职"])


def test_appointment_with_an_end_in_the_future_ends_too(world):
    row = Appointment.objects.get(person=world.hejing, post__kind="reporter")
    row.valid_to = today() + timedelta(days=30)
    row.save()
    dismiss_person(world.hejing, left_on=today(), by=world.xitong.user)
    row.refresh_from_db()
    assert row.valid_to == today() - timedelta(days=1)


def test_session_ends(world, login):
    client = login(world.hejing)
    assert client.get("/").status_code == 200
    dismiss_person(world.hejing, left_on=today(), by=world.xitong.user)
    assert client.get("/").status_code == 302
    assert Session.objects.filter(user=world.hejing.user).count() == 0
    assert load_standing(world.hejing.user) == NOBODY


def test_refusals(world):
    with pytest.raises(Refused, match="不能给自己办离职"):
        dismiss_person(world.xitong, left_on=today(), by=world.xitong.user)
    for by in (world.anquan, world.lijianguo, world.handong):
        with pytest.raises(PermissionDenied):
            dismiss_person(world.hejing, left_on=today(), by=by.user)


def test_gone_from_the_directory_but_not_from_the_books(world, login):
    login(world.xitong).post(f"/org/admin/people/{world.wutong.pk}/leave/")
    page = login(world.xitong).get("/org/admin/").content.decode()
    assert ("吴桐" in page, "离职" in page) == (True, True)
    assert "吴桐" not in login(world.lijianguo).get("/org/people/").content.decode()
