"""党小组 and who belongs to them: 「将支部建在连上」, membership from when to when."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.common.actions import Refused, StaleForm
from ronghe.org.actions.party import add_group, change_party_org, close_group, confirm_member, end_membership, join_group
from ronghe.org.actions.units import add_unit
from ronghe.org.models import Membership

NOVEMBER = date(2026, 11, 1)


def join(world, person, group="注采一站", status="full", day=NOVEMBER, by=None, **more):
    return join_group(person, world.group[group], status=status, valid_from=day, by=(by or world.xitong).user, **more)


def test_one_group_a_unit(world, acts):
    unit = add_unit(world.area, code="s9", name="九站", kind="station", opened_on=NOVEMBER, by=world.xitong.user)
    group = add_group(unit, name="九站党小组", by=world.xitong.user)
    assert (group.parent.kind, group.area, acts(group)) == ("branch", world.area, ["设立党小组"])
    with pytest.raises(Refused, match="已有党小组"):
        add_group(unit, name="九站第二党小组", by=world.xitong.user)
    with pytest.raises(Refused, match="建在班站"):
        add_group(world.area, name="机关党小组", by=world.xitong.user)


def test_new_group_after_a_closed_one_gets_its_own_code(world):
    unit = add_unit(world.area, code="s9", name="九站", kind="station", opened_on=NOVEMBER, group=True, by=world.xitong.user)
    close_group(unit.party_orgs.get(), last_day=NOVEMBER, by=world.xitong.user)
    assert add_group(unit, name="九站党小组", by=world.xitong.user).code == "s9-group2"


def test_joining_ends_the_membership_before(world, last_act):
    join(world, world.liuhaitao, "注采二站")
    assert list(Membership.objects.filter(person=world.liuhaitao).order_by("valid_from").values_list("group__name", "valid_to")) == [
        ("注采一站党小组", date(2026, 10, 31)),
        ("注采二站党小组", None),
    ]
    assert last_act(world.liuhaitao).changes == {"党小组": ["注采一站党小组", "注采二站党小组"]}


def test_probation_becomes_full_membership(world, acts):
    row = join(world, world.wutong, status="probationary", day=date(2025, 11, 1))
    full = confirm_member(row, valid_from=NOVEMBER, by=world.xitong.user)
    row.refresh_from_db()
    assert (row.valid_to, full.status, full.valid_from) == (date(2026, 10, 31), "full", NOVEMBER)
    with pytest.raises(Refused, match="已是正式党员"):
        confirm_member(full, valid_from=NOVEMBER, by=world.xitong.user)
    assert acts(world.wutong) == ["编入党小组", "编入党小组"]


def test_left_after_a_day(world, fields, acts):
    row = Membership.objects.get(person=world.liuhaitao)
    with pytest.raises(ValidationError) as caught:
        end_membership(row, last_day=date(2019, 1, 1), by=world.xitong.user)
    assert fields(caught) == ["last_day"]
    end_membership(row, last_day=date(2026, 10, 31), by=world.xitong.user)
    with pytest.raises(Refused, match="已于"):
        end_membership(row, last_day=NOVEMBER, by=world.xitong.user)
    assert acts(world.liuhaitao) == ["转出党小组"]


def test_who_may(world):
    for by in (world.anquan, world.lijianguo, world.handong):
        with pytest.raises(PermissionDenied):
            join(world, world.wutong, by=by)
        with pytest.raises(PermissionDenied):
            change_party_org(world.group["注采一站"], name="新名", by=by.user)
    with pytest.raises(PermissionDenied):
        join(world, world.fengtao)


def test_twice_or_backwards_is_refused(world, fields):
    with pytest.raises(ValidationError) as caught:
        join(world, world.liuhaitao)
    assert fields(caught) == ["person"]
    join(world, world.wutong)
    with pytest.raises(ValidationError) as caught:
        join(world, world.wutong, "注采二站", day=date(2026, 10, 1))
    assert fields(caught) == ["valid_from"]


def test_not_closed_while_members_belong_to_it(world):
    with pytest.raises(Refused, match="还有 1 名党员"):
        close_group(world.group["注采一站"], last_day=NOVEMBER, by=world.xitong.user)


def test_stale_forms(world):
    version = world.wutong.version
    join(world, world.wutong, version=version)
    with pytest.raises(StaleForm):
        join(world, world.wutong, "注采二站", day=date(2026, 12, 1), version=version)


def test_pages(world, login):
    client = login(world.xitong)
    group = world.group["注采一站"]
    form = {"person": world.wutong.pk, "status": "probationary", "valid_from": "2026-11-01"}
    assert client.post(f"/org/admin/parties/{group.pk}/join/", form).status_code == 302
    answer = client.post(f"/org/admin/parties/{group.pk}/join/", form)
    assert (answer.status_code, "已另有登记" in answer.content.decode()) == (422, True)
    page = client.get(f"/org/admin/parties/{group.pk}/").content.decode()
    assert ("吴桐" in page, "预备党员" in page, "少于 3 名" in page) == (True, True, True)
    row = Membership.objects.get(person=world.wutong)
    world.wutong.refresh_from_db()
    url = f"/org/admin/memberships/{row.pk}/confirm/"
    assert client.post(url, {"valid_from": "2026-11-20", "version": world.wutong.version}).status_code == 302
    answer = client.post(f"/org/admin/parties/{group.pk}/edit/", {"name": "注采二站党小组", "version": group.version})
    assert (answer.status_code, 'value="注采二站党小组"' in answer.content.decode()) == (422, True)
    assert client.get(f"/org/admin/parties/{group.parent_id}/").status_code == 200


def test_members_page_has_constant_queries(world, login):
    client = login(world.xitong)
    url = f"/org/admin/parties/{world.group['注采一站'].pk}/"
    client.get(url)
    counts = []
    for person in (world.wutong, world.hejing, world.songwen):
        join(world, person)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert len(set(counts)) == 1
