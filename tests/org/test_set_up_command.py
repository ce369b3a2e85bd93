"""`ronghe setup`: the first start, its refusals, and that it can be run again."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from ronghe.accounts.models import User
from ronghe.audit.models import Entry
from ronghe.common.calendar import today
from ronghe.org.actions import appoint, end_appointment
from ronghe.org.models import Appointment, PartyOrg, Person, Post, Unit
from ronghe.org.standing import load_standing

FULL = {
    "plant": "SF:示范采油厂",
    "area": "SF-1:第一采油管理区",
    "system": "何佳:S001:hejia",
    "security": "安宁:S002:anning",
    "audit": "申明:S003:shenming",
}


def run(**options):
    out = io.StringIO()
    call_command("setup", stdout=out, **options)
    return out.getvalue()


def person(login):
    return Person.objects.get(user__username=login)


def test_everything_is_there_and_nobody_is_superuser(db):
    out = run(**FULL)
    assert [out.count(word) for word in ("已设立:", "首次密码 ")] == [2, 3]
    plant, area = Unit.objects.get(kind="plant"), Unit.objects.get(kind="area")
    assert (area.parent, area.area, PartyOrg.objects.get(unit=area).parent.unit) == (plant, area, plant)
    standings = {login: load_standing(User.objects.get(username=login)) for login in ("hejia", "anning", "shenming")}
    assert {login: [post.kind for post in one.posts] for login, one in standings.items()} == {
        "hejia": ["system_admin"],
        "anning": ["security_admin"],
        "shenming": ["audit_admin"],
    }
    assert [one.readable_areas for one in standings.values()] == [frozenset()] * 3
    assert all(user.must_change_password for user in User.objects.all())
    assert Entry.objects.filter(verb="首次启用").count() == 5


def test_three_share_the_work_from_the_first_day(db):
    """The first keeper cannot make himself a reviewer, nor the security administrator anything but administrators."""
    run(**FULL)
    area = Unit.objects.get(kind="area")
    with pytest.raises(PermissionDenied):
        appoint(person("hejia"), Post.objects.get(unit=area, kind="system_admin"), valid_from=today(), by=person("hejia").user)
    with pytest.raises(PermissionDenied):
        appoint(person("hejia"), Post.objects.get(unit=area, kind="reviewer"), valid_from=today(), by=person("anning").user)


def test_again_changes_nothing(db):
    run(**FULL)
    hashes = list(User.objects.values_list("password", flat=True))
    assert "已经启用过" in run(**{**FULL, "system": "别人:S009:bieren"})
    assert (list(User.objects.values_list("password", flat=True)), Unit.objects.count()) == (hashes, 2)


def test_a_vacant_administrator_is_filled(db):
    run(**FULL)
    end_appointment(Appointment.objects.get(post__kind="audit_admin"), last_day=today(), by=person("anning").user)
    Appointment.objects.filter(post__kind="audit_admin").update(valid_to="2026-01-01", valid_from="2026-01-01")
    out = run(audit="新申:S004:xinshen")
    assert ("新申" in out, Person.objects.count()) == (True, 4)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"audit": None}, "请给出审计管理员:--audit"),
        ({"plant": None}, "请给出采油厂:--plant"),
        ({"plant": "示范采油厂"}, "应写作 编码:名称"),
        ({"plant": "示范:示范采油厂"}, "编码 示范 只能用"),
        ({"area": "SF:第一采油管理区"}, "编码 SF 已有单位使用"),
        ({"audit": "申明:S001:shenming"}, "须由三个人担任"),
        ({"audit": "何佳:S003:shenming"}, "须由三个人担任"),
        ({"audit": "申明:S003:HeJia"}, "须由三个人担任"),
        ({"audit": "申明:S 3:shenming"}, "不完整"),
    ],
)
def test_refusals_leave_nothing(db, change, message):
    with pytest.raises(CommandError) as caught:
        run(**{name: value for name, value in {**FULL, **change}.items() if value is not None})
    assert message in str(caught.value)
    assert (Unit.objects.count(), User.objects.count()) == (0, 0)


def test_asked_at_a_terminal(db, monkeypatch):
    answers = iter(
        ["SF", "示范采油厂", "SF-1", "第一采油管理区", "何佳", "S001", "hejia", "安宁", "", "S002", "anning", "申明", "S003", "shenming"]
    )
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _prompt: next(answers))
    assert run().count("首次密码 ") == 3
