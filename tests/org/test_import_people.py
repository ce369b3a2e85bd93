"""系统管理员 imports a list of people: problems before anything is saved, all or nobody, first passwords handed out once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.accounts.models import User
from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import now, today
from ronghe.common.models import Export
from ronghe.common.retention import Cut
from ronghe.org.actions.people import register_person
from ronghe.org.actions.rosters import drop_stale, give_passwords, keep_roster, take_roster
from ronghe.org.models import Appointment, Membership, Person, Roster
from ronghe.org.roster import read_roster
from ronghe.org.sheets import load_known, make_template
from tests.org.rosters import HEAD, make_csv, make_xlsx, read_rows
from tests.org.test_read_roster import make_grid

GOOD = [
    ["新站长", "N1", "注采一站", "站长,党小组长", "注采一站党小组", "中共党员", "2026-10-01", "xinzhan"],
    ["新职工", "N2", "注采二站", "", "", "中共预备党员", "2026-10-08", ""],
    ["新审核", "N3", "经营管理室", "审核人", "", "群众", "", ""],
]
BAD = [["新站长", "N1", "注采八站", "站长"], ["吴彤", "G0014", "注采一站", "员工"]]


def keep(world, rows=GOOD, by=None):
    """Keep a list that was read in this process."""
    found = read_roster([make_grid(*rows)], load_known(world.area))
    return keep_roster(world.area, data=b"x", name="花名册.xlsx", found=found, by=(by or world.xitong).user)


def upload(client, data, name="花名册.xlsx"):
    return client.post("/org/admin/rosters/", {"file": SimpleUploadedFile(name, data)})


def test_taken_in_with_posts_and_groups(world, acts):
    roster = take_roster(keep(world), by=world.xitong.user, accounts=False)
    people = {person.name: person for person in roster.people.all()}
    assert sorted(people) == ["新审核", "新站长", "新职工"]
    held = {
        (name, row.post.kind, row.post.unit.name, str(row.valid_from))
        for name, person in people.items()
        for row in Appointment.objects.filter(person=person)
    }
    assert held == {
        ("新站长", "station_chief", "注采一站", "2026-10-01"),
        ("新站长", "group_leader", "注采一站", "2026-10-01"),
        ("新职工", "staff", "注采二站", "2026-10-08"),
        ("新审核", "reviewer", "示范采油管理区", str(today())),
    }
    groups = set(Membership.objects.filter(person__in=people.values()).values_list("person__name", "group__name", "status"))
    assert groups == {("新站长", "注采一站党小组", "full"), ("新职工", "注采二站党小组", "probationary")}
    assert acts(people["新站长"]) == ["登记人员", "编入党小组", "任职", "任职", "开立账号"]
    assert acts(roster) == ["导入花名册"]
    assert (roster.data, roster.reading) == (None, {})


def test_accounts_are_opened_without_a_password_until_it_is_handed_out(world):
    roster = take_roster(keep(world), by=world.xitong.user, accounts=True)
    users = {person.name: person.user for person in roster.people.select_related("user")}
    assert {name: user.username for name, user in users.items()} == {"新站长": "xinzhan", "新职工": "xinzhigong", "新审核": "xinshenhe"}
    assert [user.has_usable_password() for user in users.values()] == [False] * 3
    rows = give_passwords(roster, by=world.xitong.user)
    assert {row[1] for row in rows} == set(users)
    for _unit, _name, _number, login_name, password in rows:
        user = User.objects.get(username=login_name)
        assert (user.check_password(password), user.must_change_password) == (True, True)
    with pytest.raises(Refused, match="只发放一次"):
        give_passwords(roster, by=world.xitong.user)
    assert not Entry.objects.filter(note__contains=rows[0][4]).exists()


def test_namesakes_get_numbered_login_names(world):
    rows = [["吴桐", "N1", "注采一站"], ["吴桐", "N2", "注采一站"]]
    roster = take_roster(keep(world, rows), by=world.xitong.user, accounts=True)
    assert sorted(person.user.username for person in roster.people.all()) == ["wutong2", "wutong3"]


def test_all_or_nobody(world):
    roster = keep(world)
    register_person(name="别人", number="N3", unit=world.unit["注采三站"], by=world.xitong.user)
    with pytest.raises(Refused, match="第 4 行 新审核:工号 N3 已有人使用"):
        take_roster(roster, by=world.xitong.user, accounts=True)
    assert (Person.objects.filter(name__startswith="新").count(), User.objects.filter(username="xinzhan").count()) == (0, 0)


def test_not_with_problems_not_twice_not_by_others(world, above):
    with pytest.raises(Refused, match="2 处问题"):
        take_roster(keep(world, BAD), by=world.xitong.user, accounts=False)
    roster = keep(world)
    for by in (world.anquan, world.lijianguo, world.handong):
        with pytest.raises(PermissionDenied):
            take_roster(roster, by=by.user, accounts=False)
    with pytest.raises(Refused, match="失效"):
        take_roster(roster, by=above.hejia.user, accounts=False)
    with pytest.raises(StaleForm):
        take_roster(roster, by=world.xitong.user, accounts=False, version=roster.version - 1)
    take_roster(roster, by=world.xitong.user, accounts=False)
    with pytest.raises(Refused, match="已经导入过"):
        take_roster(roster, by=world.xitong.user, accounts=False)


def test_newer_upload_drops_the_one_before(world):
    first = keep(world)
    keep(world)
    with pytest.raises(Refused, match="失效"):
        take_roster(first, by=world.xitong.user, accounts=False)


def test_names_are_not_kept_for_nothing(world):
    roster = keep(world)
    assert drop_stale(Cut(now()), 9) == 0
    assert drop_stale(Cut(now() + timedelta(days=7, seconds=1)), 9) == 1
    roster.refresh_from_db()
    assert (roster.data, roster.reading) == (None, {})


def test_good_list_by_page(world, login):
    client = login(world.xitong)
    page = upload(client, make_xlsx(GOOD))["Location"]
    assert "读到 3 人,没有问题" in client.get(page).content.decode()
    assert Person.objects.filter(name__startswith="新").count() == 0
    form = {"accounts": "on", "version": Roster.objects.get().version, "once": "k"}
    assert [client.post(f"{page}take/", form).status_code for _ in range(2)] == [302, 302]
    assert Person.objects.filter(name__startswith="新").count() == 3
    assert "下载首次密码" in client.get(page).content.decode()
    rows = read_rows(client.post(f"{page}passwords/"))
    assert ("导出人 系统管理员" in rows[0][0], rows[1][3], len(rows)) == (True, "登录名", 5)
    assert list(Export.objects.values_list("what", "rows")) == [("首次密码", 3)]
    assert "下载首次密码" not in client.get(page).content.decode()
    assert client.post(f"{page}passwords/").status_code == 409


def test_bad_list_by_page(world, login):
    client = login(world.xitong)
    page = upload(client, make_csv(BAD, HEAD[:4]), "表.csv")["Location"]
    text = client.get(page).content.decode()
    assert ("有 2 处问题" in text, "C2" in text, "一个人也没有导入" in text, "导入</button>" in text) == (True, True, True, False)
    answer = client.post(f"{page}take/", {"version": Roster.objects.get().version})
    assert (answer.status_code, Person.objects.filter(number="N1").count()) == (422, 0)
    rows = read_rows(client.get(f"{page}marked/"))
    assert rows[1][2] == "注采八站"


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "空"), (b"\x89PNG\r\n\x1a\n" + b"\x00" * 80, "文件"), (b"<html></html>", "须改正"), (make_csv([], ["a", "b"]), "没有找到表头")],
)
def test_what_is_no_list_is_explained(world, login, data, message):
    client = login(world.xitong)
    answer = upload(client, data)
    text = client.get(answer["Location"]).content.decode() if answer.status_code == 302 else answer.content.decode()
    assert (message in text, Person.objects.filter(number="N1").count()) == (True, 0)


def test_no_file_and_a_huge_one(world, login):
    client = login(world.xitong)
    assert client.post("/org/admin/rosters/", {}).status_code == 422
    answer = upload(client, b"x" * (2 * 1024 * 1024 + 1))
    assert (answer.status_code, "2 MB" in answer.content.decode()) == (422, True)


def test_template_comes_back_empty_and_names_what_is_known(world, login):
    rows = read_rows(login(world.xitong).get("/org/admin/rosters/template/"))
    assert rows[1] == HEAD
    sheets = make_template(world.area, [world.unit["注采一站"]])
    assert list(sheets[1].rows) == [("注采一站", "a1-s1", "注采一站党小组")]
    assert "系统管理员" not in [row[0] for row in sheets[2].rows]


def test_another_keepers_list_is_not_found(world, above, login):
    roster = keep(world)
    client = login(above.hejia)
    assert [client.get(f"/org/admin/rosters/{roster.pk}/{end}").status_code for end in ("", "marked/")] == [404, 404]
    assert login(world.lijianguo).get("/org/admin/rosters/").status_code == 403


def test_page_has_constant_queries(world, login):
    client = login(world.xitong)
    counts = []
    for rows in (GOOD[:1], GOOD[:1], GOOD):
        roster = keep(world, rows)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/org/admin/rosters/{roster.pk}/")
        counts.append(len(queries))
    assert counts[1] == counts[2]
