"""One enters one's own address for reminders: in the audit, once, with a clear word for what is no address."""

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.accounts.actions import set_email
from ronghe.accounts.models import User
from ronghe.accounts.rules import is_own_mail
from ronghe.audit.models import Entry

PATH = "/accounts/profile/"


def mail_of(person):
    return User.objects.get(pk=person.user_id).email


def test_entered_changed_and_taken_back(world, login):
    client = login(world.hejing)
    for email in ("hejing@example.com", "hj@mail.example.com", ""):
        assert client.post(PATH, {"email": f" {email} "}).status_code == 302
        assert mail_of(world.hejing) == email
    rows = Entry.objects.filter(object_id=str(world.hejing.user_id)).order_by("id")
    assert list(rows.values_list("verb", "actor_name", "changes")) == [
        ("登记邮箱", "何静", {"email": ["", "hejing@example.com"]}),
        ("登记邮箱", "何静", {"email": ["hejing@example.com", "hj@mail.example.com"]}),
        ("取消邮箱", "何静", {"email": ["hj@mail.example.com", ""]}),
    ]


def test_the_page_shows_it_and_says_what_became_of_it(world, login):
    client = login(world.hejing)
    page = client.post(PATH, {"email": "hejing@example.com"}, follow=True).content.decode()
    assert "提醒将同时发到 hejing@example.com。" in page
    assert 'value="hejing@example.com"' in page
    assert "涉密不上网" in page


def test_what_is_no_address_is_said_and_kept(world, login):
    answer = login(world.hejing).post(PATH, {"email": "何静"})
    assert answer.status_code == 422
    assert "何静" in answer.content.decode()
    assert "is-invalid" in answer.content.decode()
    assert mail_of(world.hejing) == ""
    assert Entry.objects.count() == 0


def test_only_the_organisations_domains_where_they_are_named(world, login, settings):
    settings.RONGHE_MAIL_DOMAINS = ["oil.example.com"]
    client = login(world.hejing)
    answer = client.post(PATH, {"email": "a@example.com"})
    assert answer.status_code == 422
    assert "请填单位邮箱(oil.example.com)。" in answer.content.decode()
    assert client.post(PATH, {"email": "a@oil.example.com"}).status_code == 302


@pytest.mark.parametrize(
    ("email", "own"),
    [("a@oil.cn", True), ("a@OIL.CN", True), ("a@m.oil.cn", True), ("a@foil.cn", False), ("a@oil.cn.evil.com", False), ("", False)],
)
def test_own_domain(email, own):
    assert is_own_mail(email, ["oil.cn"]) is own
    assert is_own_mail(email, [])


def test_same_address_again_changes_nothing(world, login):
    client = login(world.hejing)
    client.post(PATH, {"email": "a@example.com", "once": "k1"})
    client.post(PATH, {"email": "b@example.com", "once": "k1"})  # a replay
    client.post(PATH, {"email": "a@example.com"})
    assert mail_of(world.hejing) == "a@example.com"
    assert Entry.objects.count() == 1


def test_nobody_enters_anothers(world):
    with pytest.raises(PermissionDenied):
        set_email(world.hejing.user, "x@example.com", by=world.xitong.user)
