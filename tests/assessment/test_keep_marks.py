"""Marks of a long past month leave the database for Parquet: every page says the same, nothing is lost, nothing wrong is shown."""

import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

import ronghe
from ronghe.assessment import actions
from ronghe.assessment.actions.marks import list_due_runs, recall_marks, store_due_marks, store_marks, tell
from ronghe.assessment.models import Mark, Result, Run
from ronghe.assessment.parquet import MarksLost, folder, list_kept
from ronghe.assessment.queries.marks import find_mark, list_marks, list_month
from ronghe.assessment.ticks import store_due
from ronghe.audit.models import Entry
from ronghe.coaching.queries.effects import list_cells, load_lines
from ronghe.coaching.queries.poster import find_lost
from ronghe.common.actions import Refused
from tests.assessment import month

CHANGES = re.compile(r'((?:csrfmiddlewaretoken|name="once"|name="key"|nonce)[^>]*?value|nonce|X-CSRFToken)(=|": )"[^"]*"')
# a month that left is over for a year: no new finding is opened from it; and the page says where its marks lie
WAYS, SPACE = (
    re.compile(
        r'<a href="/(decisions|rectification|supervision)/[^"]*origin=assessment.mark[^>]*>[^<]*</a>|<dt[^>]*>得分文件</dt>\s*<dd[^>]*>[^<]*</dd>'
    ),
    re.compile(r"\s+"),
)
# what may ask the table of marks: the seam, who writes a run, who moves its marks, a count over months that never leave, made-up data
ALLOWED = {
    "assessment/queries/marks.py",
    "assessment/actions/runs.py",
    "assessment/actions/marks.py",
    "assessment/matters.py",
    "portal/demo/cures.py",
    "portal/demo/doubts.py",
}


@pytest.fixture
def kept(shown, settings, tmp_path):
    """October and September published and in effect; the files in a folder of the test's own."""
    settings.RONGHE_ARCHIVE = tmp_path / "archive"
    month.report(shown, "2026-09", {**month.ACTUALS, "注采一站": {**month.ACTUALS["注采一站"], "oil": 900}})
    shown.earlier = month.publish(shown, "2026-09")
    Run.objects.filter(pk__in=[shown.run.pk, shown.earlier.pk]).update(state="final")
    shown.run, shown.earlier = (Run.objects.get(pk=run.pk) for run in (shown.run, shown.earlier))
    return shown


def visit(client, path):
    with CaptureQueriesContext(connection) as queries:
        got = client.get(path)
    assert got.status_code == 200, path
    return CHANGES.sub("", got.content.decode()), len(queries)


def test_every_page_says_the_same(kept, login):
    unit, mark = kept.unit["注采一站"].pk, Mark.objects.get(run=kept.earlier, unit=kept.unit["注采一站"], indicator="oil")
    pages = [
        (kept.liuhaitao, f"/assessment/stations/{unit}/?period=2026-09"),
        (kept.liuhaitao, f"/assessment/stations/{unit}/?period=2026-10"),
        (kept.liuhaitao, "/assessment/indicators/oil/?period=2026-09"),
        (kept.liuhaitao, "/assessment/benchmark/?period=2026-10&code=oil"),
        (kept.liuhaitao, "/assessment/benchmark/?period=2026-09"),
        (kept.liuhaitao, f"/assessment/chase/stations/{unit}/?period=2026-09"),
        (kept.liuhaitao, "/assessment/chase/?period=2026-09"),
        (kept.lijianguo, "/assessment/?period=2026-09"),
        (kept.lijianguo, f"/assessment/runs/{kept.run.pk}/"),
        (kept.lijianguo, "/coaching/effects/"),
        (kept.lijianguo, "/appraisal/quadrant/?quarter=2026Q3"),
        (kept.lijianguo, "/"),
    ]
    before = [visit(login(person), path) for person, path in pages]
    link = login(kept.liuhaitao).get(f"/assessment/marks/{mark.pk}/")["Location"]
    assert store_marks(kept.earlier) == Result.objects.filter(run=kept.earlier).count() * 5
    assert not Mark.objects.filter(run=kept.earlier).exists()
    for (person, path), (text, count) in zip(pages, before, strict=True):
        after, queries = visit(login(person), path)
        assert SPACE.sub("", WAYS.sub("", after)) == SPACE.sub("", WAYS.sub("", text)), path
        assert queries <= count + 1, path
    assert login(kept.liuhaitao).get(f"/assessment/marks/{mark.pk}/")["Location"] == link
    assert login(kept.liuhaitao).get("/assessment/marks/99999999/").status_code == 404


def test_the_rows_come_back_as_they_were(kept):
    runs = [kept.run, kept.earlier]
    before = [tell(mark) for mark in list_marks(runs)]
    lines, cells, lost = load_lines(kept.area.pk, ["oil"]), list_cells(kept.lijianguo.user, kept.earlier), find_lost(kept.earlier)
    store_marks(kept.earlier)
    runs = list(Run.objects.order_by("pk"))
    assert [tell(mark) for mark in list_marks(runs)] == before
    assert load_lines(kept.area.pk, ["oil"]) == lines
    assert list_cells(kept.lijianguo.user, runs[1]) == cells
    assert find_lost(runs[1]) == lost
    assert [mark.indicator for mark in list_marks(runs, units=[kept.unit["注采一站"].pk], indicators=["oil"])] == ["oil", "oil"]
    assert {mark.track for mark in list_marks([runs[1]], track="support")} == {"support"}
    assert {mark.unit.name for mark in list_marks([runs[1]], indicators=["service"], with_units=True)} == {"综合党群室", "经营管理室"}
    found = find_mark(kept.liuhaitao.user, before[0][0])
    assert (tell(found), found.run.period, found.unit.name) == (
        before[0],
        list_marks(runs)[0].run.period,
        list_marks(runs, with_units=True)[0].unit.name,
    )
    assert find_mark(kept.handong.user, runs[1].marks_first) is None  # of another area
    assert recall_marks(runs[1]) == len(before) // 2
    assert recall_marks(Run.objects.get(pk=runs[1].pk)) == 0
    assert [tell(mark) for mark in list_marks(Run.objects.order_by("pk"))] == before


def test_a_month_computed_anew_after_it_left_still_has_its_old_marks_beside_it(kept, login):
    """What became of a finding hangs on the mark of the run that it came from, which lies in a file by now."""
    unit = kept.unit["注采一站"].pk
    store_marks(kept.earlier)
    run = Run.objects.get(pk=month.publish(kept, "2026-09", reason="补报").pk)
    found = list_month(run, unit, against=kept.run)
    assert {mark.run_id for mark in found} == {run.pk, kept.earlier.pk, kept.run.pk}
    assert login(kept.liuhaitao).get(f"/assessment/stations/{unit}/?period=2026-09").status_code == 200


def test_duckdb_reads_the_folder_without_the_database(kept):
    store_marks(kept.earlier)
    rows = duckdb.sql(
        f"select area, period, unit_code, mark from read_parquet('{folder()}/*/*.parquet', hive_partitioning = false) where indicator = 'oil' order by unit_code"
    ).fetchall()
    units = sorted(kept.unit[name].code for name in ("注采一站", "注采二站", "注采三站"))
    assert [row[:3] for row in rows] == [(kept.area.code, "2026-09", code) for code in units]
    assert rows[0][3] == Decimal("27.5000")


def test_what_stays_in_the_database(kept):
    """Thirteen months up to an area's last one; what is open, a preview, and what somebody objects to."""
    assert list_due_runs(1) == []
    Run.objects.filter(pk=kept.earlier.pk).update(period="2025-10")
    assert list_due_runs(1) == []
    Run.objects.filter(pk=kept.earlier.pk).update(period="2025-09")
    assert [run.pk for run in list_due_runs(1)] == [kept.earlier.pk]
    assert list_due_runs(14) == []
    Run.objects.filter(pk=kept.earlier.pk).update(state="preview")
    assert list_due_runs(13) == []
    with pytest.raises(Refused, match="还没有结束"):
        store_marks(Run.objects.get(pk=kept.earlier.pk))


def test_a_mark_that_was_objected_to_stays_beside_the_file(judged, settings, tmp_path):
    settings.RONGHE_ARCHIVE = tmp_path / "archive"
    mark = Mark.objects.get(run=judged.run, unit=judged.unit["注采一站"], indicator="oil")
    row = actions.object_to_mark(mark, reason="少算了一口井", proof=(b"%PDF-1.4 proof", "签认单.pdf"), by=judged.hejing.user)
    Run.objects.filter(pk=judged.run.pk).update(state="final")
    with pytest.raises(Refused, match="还没有结束"):
        store_marks(Run.objects.get(pk=judged.run.pk))
    actions.withdraw_objection(row, by=judged.hejing.user)
    count = Mark.objects.count()
    before = [tell(one) for one in list_marks([judged.run])]
    assert store_marks(Run.objects.get(pk=judged.run.pk)) == count
    assert Mark.objects.get() == mark
    run = Run.objects.get(pk=judged.run.pk)
    assert [tell(one) for one in list_marks([run])] == before
    assert recall_marks(run) == count - 1


def test_a_lost_or_changed_file_shows_nothing(kept, login):
    store_marks(kept.earlier)
    run = Run.objects.get(pk=kept.earlier.pk)
    file = folder() / run.marks_file
    good = file.read_bytes()
    for bad in (good[:-1] + b"x", None):
        file.write_bytes(bad) if bad else file.unlink()
        with pytest.raises(MarksLost, match="缺失或已损坏"):
            list_marks([run])
        got = login(kept.liuhaitao).get(f"/assessment/stations/{kept.unit['注采一站'].pk}/?period=2026-09")
        assert (got.status_code, "请系统管理员从备份恢复这个文件" in got.content.decode()) == (409, True)
        with pytest.raises(SystemExit):
            call_command("marks", "check")
    file.write_bytes(good)
    call_command("marks", "check")
    assert list_kept("default") == [(f"marks/{run.marks_file}", run.marks_digest)]


def test_the_command_and_the_tick(kept, settings, capsys):
    Run.objects.filter(pk=kept.earlier.pk).update(period="2025-06")
    with pytest.raises(CommandError, match="至少 13 个月"):
        call_command("marks", "store", months=12)
    call_command("marks", "store", months=13, dry_run=True)
    assert "2025-06" in capsys.readouterr().out
    assert (store_due_marks(), Mark.objects.filter(run=kept.earlier).count()) == ((0, 0), 25)
    settings.RONGHE_MARKS_MONTHS = 13
    assert store_due(kept.run.created_at.date()) == "1 次计分的 25 条得分转存"
    assert store_due(kept.run.created_at.date()) == "0 次计分的 0 条得分转存"
    call_command("marks", "recall", period="2025-06")
    assert Mark.objects.filter(run=kept.earlier).count() == 25
    call_command("marks", "store", months=13)
    assert not Mark.objects.filter(run=kept.earlier).exists()
    assert list(Entry.objects.filter(verb__startswith="得分").order_by("pk").values_list("verb", flat=True)) == [
        "得分转存",
        "得分取回",
        "得分转存",
    ]
    assert store_marks(Run.objects.get(pk=kept.earlier.pk)) == 0


def test_nobody_else_asks_the_table():
    """Who forgets the files would show a past month without marks."""
    source = Path(ronghe.__file__).parent
    asking = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if re.search(r"\bMark\.objects\b|\.marks\.(all|filter)|marks__", path.read_text())
    }
    assert asking == ALLOWED
