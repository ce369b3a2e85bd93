"""From an empty database to a published ranking, by commands and pages alone."""

import io
import re
import tomllib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from ronghe.assessment.models import Run, SchemeVersion
from ronghe.common.calendar import today
from ronghe.figures.models import Batch, ReportingPeriod
from ronghe.figures.rules import month_of, previous_month
from ronghe.goals.models import Indicator
from ronghe.notices.models import ReminderRule
from ronghe.org.models import Person, Roster, Track, Unit
from ronghe.org.packs import read_organisation
from tests.org.rosters import make_csv, read_rows

STATIONS = ("采油一站", "采油二站", "采油三站")
OWN = "zijide-mima-2026"
PEOPLE = [
    ["李建国", "1001", "第一采油管理区", "书记", "", "", "2020-01-01", "lijianguo"],
    ["赵敏", "1002", "第一采油管理区", "指标管理员", "", "", "2020-01-01", "zhaomin"],
    ["钱进", "1003", "第一采油管理区", "审核人", "", "", "2020-01-01", "qianjin"],
    *(
        [f"站长{number}", f"20{number}1", name, "站长、党小组长", f"{name}党小组", "中共党员", "2020-01-01", f"zhanzhang{number}"]
        for number, name in enumerate(STATIONS, 1)
    ),
    *([f"员工{number}", f"20{number}2", name, "", "", "", "2020-01-01", ""] for number, name in enumerate(STATIONS, 1)),
]


def enter(login, password):
    """Log in for the first time: the first password must be changed before anything else."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": login, "password": password})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert client.get("/")["Location"] == "/accounts/password/change/"
    form = {"oldpassword": password, "password1": OWN + login, "password2": OWN + login}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert client.get("/").status_code == 200
    return client


def find_problems(answer):
    """Return what a refused form says, for the message of a failing test."""
    return re.findall(r"(?:invalid-feedback|alert-danger|须改正|errorlist)[^>]*>(.{1,300})", answer.content.decode(), re.S)[:5]


def send(client, path, **form):
    """Post a form that must be accepted; returns where it leads."""
    answer = client.post(path, form)
    assert answer.status_code == 302, f"{path}: {answer.status_code} {find_problems(answer)}"
    return answer["Location"]


def make_figures(area, period):
    """Return the month in the long form: every asked cell with a target and a base, each station a little better than the one before."""
    with open("packs/indicators.toml", "rb") as file:
        handbook = {row["code"]: row for row in tomllib.load(file)["indicator"]}
    lines = ["unit,period,indicator,actual,target,base"]
    for step, unit in enumerate(Unit.objects.filter(area=area, kind="station").order_by("order")):
        for indicator in Indicator.objects.filter(area=area):
            if not indicator.applies_to("production") or not indicator.is_asked_in(period):
                continue
            row = handbook[indicator.code]
            middle = (row["low"] + row["high"]) / 2
            counted = indicator.kind in ("count", "veto")
            actual, aim = (0, 1) if counted else (round(middle + step, 1), round(middle, 1))
            lines.append(f"{unit.code},{period},{indicator.code},{actual},{aim},{aim}")
    return ("\n".join(lines) + "\n").encode()


@pytest.fixture
def passwords(db):
    """Run `ronghe setup` on an empty database; → login name → first password."""
    ReminderRule.objects.get_or_create(area=None, kind="")
    out = io.StringIO()
    call_command(
        "setup",
        plant="SF:示范采油厂",
        area="SF-1:第一采油管理区",
        system="何佳:S001:hejia",
        security="安宁:S002:anning",
        audit="申明:S003:shenming",
        stdout=out,
    )
    return dict(re.findall(r"登录名 (\w+)  首次密码 (\w+)", out.getvalue()))


def test_from_nothing_to_a_published_ranking(passwords):
    system = enter("hejia", passwords["hejia"])
    area = Unit.objects.get(kind="area")
    production = Track.objects.get(area=area, code="production")
    for number, name in enumerate(STATIONS, 1):
        form = {
            "kind": "station",
            "name": name,
            "code": f"SF-1-S{number}",
            "opened_on": "2020-01-01",
            "track": production.pk,
            "group": "on",
        }
        send(system, f"/org/admin/units/new/?parent={area.pk}", **form)

    list_of_people = SimpleUploadedFile("花名册.csv", make_csv(PEOPLE))
    page = send(system, "/org/admin/rosters/", file=list_of_people)
    assert "读到 9 人,没有问题" in system.get(page).content.decode()
    assert not Person.objects.filter(name="赵敏").exists()
    roster = Roster.objects.get()
    send(system, f"{page}take/", accounts="on", version=roster.version)
    handed = read_rows(system.post(f"{page}passwords/"))
    first = {row[3]: row[4] for row in handed[2:]}
    assert sorted(first) == ["lijianguo", "qianjin", *(f"yuangong{n}" for n in (1, 2, 3)), *(f"zhanzhang{n}" for n in (1, 2, 3)), "zhaomin"]

    keeper, secretary, reviewer = (enter(name, first[name]) for name in ("zhaomin", "lijianguo", "qianjin"))
    send(keeper, "/goals/adopt/", **dict.fromkeys(read_organisation().offices, ""))
    assert Indicator.objects.filter(area=area).count() >= 30

    period = previous_month(month_of(today()))
    with open("packs/scheme-group-station.toml", "rb") as file:
        scheme = send(keeper, "/assessment/schemes/new/", file=file)
    send(secretary, f"{scheme}publish/", valid_from=period, version=SchemeVersion.objects.get().version)

    dates = keeper.get("/figures/periods/open/").context["form"].initial
    send(keeper, "/figures/periods/open/", **{**dates, "opens_on": date(2026, 1, 1), "due_on": today(), "closes_on": today()})
    month = ReportingPeriod.objects.get()
    sheet = SimpleUploadedFile("数据.csv", make_figures(area, period))
    upload = send(keeper, f"/figures/periods/{month.pk}/units/{area.pk}/upload/", file=sheet)
    batch = send(keeper, f"{upload}take/", submit="1")
    send(reviewer, f"{batch}confirm/", version=Batch.objects.get().version)

    run = send(keeper, "/assessment/runs/start/", period=period, reason="")
    terms = secretary.get(run).context["publish_form"].initial
    send(secretary, f"{run}publish/", days=terms["days"], objection_days=3, version=terms["version"])
    assert Run.objects.get().state == "published"

    station = enter("zhanzhang1", first["zhanzhang1"])
    ranking = station.get("/assessment/").content.decode()
    assert [name in ranking for name in STATIONS] == [True, True, True]
    assert station.get("/assessment/ours/", follow=True).status_code == 200
    assert enter("shenming", passwords["shenming"]).get("/audit/").status_code == 200


def test_second_set_up_changes_nothing(passwords):
    out = io.StringIO()
    call_command("setup", stdout=out)
    assert "已经启用过" in out.getvalue()
    assert (Unit.objects.count(), Person.objects.count()) == (2, 3)
