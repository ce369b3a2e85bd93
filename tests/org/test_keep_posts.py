"""Posts: of the pack's kinds, where their scope lets them stand; a leader's carries committee posts (M7)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import today
from ronghe.org.actions.posts import add_post, change_post, close_post
from ronghe.org.models import Appointment, Post
from ronghe.org.standing import load_standing


def test_leader_comes_with_the_committee_posts_of_the_pack(world, acts):
    post = add_post(world.area, kind="deputy_party", by=world.xitong.user)
    assert (post.title, post.committee, post.party_org.kind) == (
        "党群副职(工会主席)",
        ["deputy_secretary", "organisation", "mass_work"],
        "branch",
    )
    assert acts(post) == ["设立岗位"]


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("注采一站", "branch_secretary"),
        ("注采一站", "upper_committee"),
        ("示范采油管理区", "group_leader"),
        ("注采一站", "station_chief2"),
        ("示范采油管理区", "branch_secretary"),
    ],
)
def test_where_a_post_cannot_stand(world, fields, unit, kind):
    with pytest.raises(ValidationError) as caught:
        add_post(world.unit.get(unit, world.area), kind=kind, by=world.xitong.user)
    assert fields(caught) == ["kind"]


def test_second_chief_of_a_station_may_be_set_up(world):
    assert add_post(world.unit["注采一站"], kind="station_chief", title="副站长", by=world.xitong.user).title == "副站长"


def test_who_may(world):
    for by in (world.anquan, world.lijianguo, world.handong):
        with pytest.raises(PermissionDenied):
            add_post(world.area, kind="deputy_party", by=by.user)
    with pytest.raises(PermissionDenied):
        add_post(world.area, kind="system_admin", by=world.xitong.user)


def test_committee_posts_are_changed_and_only_a_leaders(world, last_act, fields):
    post = Post.objects.get(kind="deputy_business")
    post = change_post(post, title="经营管理副职", committee=["discipline", "publicity"], by=world.xitong.user, version=post.version)
    assert last_act(post).changes == {"committee": [[], ["discipline", "publicity"]]}
    with pytest.raises(StaleForm):
        change_post(post, title="经营副职", committee=[], by=world.xitong.user, version=post.version - 1)
    for kind, seats in (("reviewer", ["discipline"]), ("deputy_business", ["nobody"])):
        with pytest.raises(ValidationError) as caught:
            change_post(Post.objects.get(kind=kind, area=world.area), title="x", committee=seats, by=world.xitong.user)
        assert fields(caught) == ["committee"]


def test_closing_relieves_who_holds_it(world, acts):
    post = Post.objects.get(kind="reviewer", area=world.area)
    close_post(post, last_day=today() - timedelta(days=1), by=world.xitong.user)
    assert (acts(world.qianjin), load_standing(world.qianjin.user).posts) == (["免职"], ())
    with pytest.raises(Refused, match="已于"):
        close_post(post, last_day=today(), by=world.xitong.user)


def test_not_closed_before_somebody_begins(world, fields):
    post = Post.objects.get(kind="reviewer", area=world.area)
    Appointment.objects.create(person=world.wutong, post=post, valid_from=today() + timedelta(days=5))
    with pytest.raises(ValidationError) as caught:
        close_post(post, last_day=today(), by=world.xitong.user)
    assert fields(caught) == ["last_day"]


def test_pages(world, login):
    client = login(world.xitong)
    answer = client.post(f"/org/admin/units/{world.area.pk}/post/", {"kind": "branch_secretary", "title": "我写的"})
    assert (answer.status_code, 'value="我写的"' in answer.content.decode(), "已有" in answer.content.decode()) == (422, True, True)
    assert client.post(f"/org/admin/units/{world.area.pk}/post/", {"kind": "deputy_party"}).status_code == 302
    page = client.get(f"/org/admin/units/{world.area.pk}/").content.decode()
    assert ("副书记、组织委员、群工委员" in page, "空缺" in page, "由安全管理员任免" in page) == (True, True, True)
    post = Post.objects.get(kind="deputy_party")
    url = f"/org/admin/posts/{post.pk}/edit/"
    other = Post.objects.get(kind="indicator_admin", area=world.area)
    assert list(client.get(f"/org/admin/posts/{other.pk}/edit/").context["form"].fields) == ["version", "title"]
    assert client.post(url, {"title": "工会主席", "committee": ["organisation"], "version": post.version}).status_code == 302
    post.refresh_from_db()
    assert (post.title, post.committee) == ("工会主席", ["organisation"])
    admin_post = Post.objects.get(kind="audit_admin", area=world.area)
    assert client.get(f"/org/admin/posts/{admin_post.pk}/close/").status_code == 404
