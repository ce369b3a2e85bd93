"""`ronghe import` and `ronghe open_periods`."""

import io

import pytest
from django.core.management import call_command

from ronghe.figures.models import Batch, Figure, ReportingPeriod, Upload
from ronghe.goals.models import Target
from tests.figures.factories import make_period, month
from tests.figures.test_upload_sheet import BAD, GOOD, make_sheet


@pytest.fixture
def run(tmp_path, period):
    """run(rows, login, …) → (exit status, output, errors)."""

    def start(content, login, *more, name="月报.xlsx"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else make_sheet(content))
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import", str(path), "--area", "a1", "--period", month(), "--as", login, *more, stdout=out, stderr=err)
        except SystemExit as end:
            return end.code, out.getvalue(), err.getvalue().replace(str(path), name)
        return 0, out.getvalue(), err.getvalue()

    return start


def test_a_sheet_becomes_a_draft(world, indicators, run):
    status, out, _err = run(GOOD, "hejing")
    batch = Batch.objects.get()
    assert (status, batch.state, batch.source) == (0, "draft", "command")
    assert out == f"{batch.number}: 注采一站 {batch.period} 4 个数值,草稿\n"


def test_handed_in_and_confirmed_in_one_go(world, indicators, run):
    assert run(GOOD, "hejing", "--submit", "--confirm-as", "qianjin")[0] == 0
    assert Batch.objects.get().state == "confirmed"
    assert Figure.objects.filter(in_force=True).count() == 4


def test_every_problem_is_a_line_and_nothing_is_saved(world, indicators, run):
    status, _out, err = run(BAD, "hejing", "--submit")
    lines = err.strip().splitlines()
    assert status == 2
    assert [line.split(": ")[0] for line in lines] == ["月报.xlsx:Sheet!B2", "月报.xlsx:Sheet!E2"]
    assert (Batch.objects.count(), Upload.objects.count()) == (0, 0)


def test_nobody_confirms_the_own_import(world, indicators, run):
    status, _out, err = run(GOOD, "hejing", "--confirm-as", "hejing")
    assert (status, "没有办理这件事的权限" in err) == (2, True)
    assert (Batch.objects.count(), Upload.objects.count()) == (0, 0)


def test_the_long_form_sets_targets_on_confirmation(world, indicators, run):
    text = f"unit,period,indicator,actual,target,base\na1-s1,{month()},oil,1200,1250,1180\na1-s2,{month()},oil,900,1000,\n"
    assert run(text.encode(), "zhaomin", "--confirm-as", "qianjin", name="long.csv")[0] == 0
    assert Target.objects.count() == 2


def test_targets_alone_may_be_imported(world, indicators, run):
    text = f"unit,period,indicator,actual,target\na1-s1,{month()},oil,,1250\n"
    status, _out, err = run(text.encode(), "zhaomin", "--confirm-as", "qianjin", name="long.csv")
    assert (status, err) == (0, "")
    assert Target.objects.get().value == 1250
    assert not Figure.objects.filter(in_force=True).exists()


@pytest.mark.parametrize(("login", "why"), [("wutong", "不是这里的填报人"), ("nobody", "没有这个账号"), ("fengtao", "不是这里的填报人")])
def test_who_may_not_report_imports_nothing(world, indicators, run, login, why):
    status, _out, err = run(GOOD, login)
    assert (status, why in err) == (2, True)


def test_the_daily_tick(world, indicators):
    from ronghe.figures.rules import previous_month

    make_period(world, period=previous_month(month()), opens=-40, due=-35, closes=-30)
    out = io.StringIO()
    call_command("open_periods", stdout=out)
    assert ReportingPeriod.objects.filter(period=month()).exists()
    assert out.getvalue().startswith("示范采油管理区: ")
    call_command("open_periods", stdout=io.StringIO())
    assert ReportingPeriod.objects.count() == 2
