"""晾晒: everybody on it reads the month's ranking; exports are just what is shown."""

import io

import openpyxl
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.org.models import Unit
from tests.assessment import month


def tables(got):
    return {table.name: [(row.place, row.unit, row.total) for row in table.rows] for table in got.context["tables"]}


def test_track_tables(shown, login):
    got = login(shown.wutong).get("/assessment/")
    assert tables(got) == {
        "采油站": [("1", "注采二站", "89.50"), ("2", "注采一站", "81.00"), ("3", "注采三站", "65.00")],
        "综合保障": [("", "综合党群室", "95.00"), ("", "经营管理室", "85.00")],
    }
    row = got.context["tables"][0].rows[1]
    assert (row.leader, row.party, row.business, row.grade, row.light) == ("刘海涛", "39.75 / 45", "41.25 / 55", "良好", "green")


def test_change_against_last_month(shown, login):
    month.report(shown, "2026-09", {**month.ACTUALS, "注采三站": {**month.ACTUALS["注采三站"], "oil": 1000}})
    month.publish(shown, "2026-09")
    rows = {row.unit: row for row in login(shown.wutong).get("/assessment/?period=2026-10").context["tables"][0].rows}
    assert (rows["注采三站"].total_change.word, rows["注采三站"].place_change.word) == ("降 27.50", "降 2 位")
    assert (rows["注采一站"].total_change.word, rows["注采一站"].place_change.word) == ("持平", "升 1 位")
    assert "<svg" in rows["注采一站"].spark


def test_preview_is_not_shown(ready, login):
    month.run(ready)
    got = login(ready.wutong).get("/assessment/")
    assert (got.status_code, got.context["run"]) == (200, None)


def test_other_area_sees_its_own_only(shown, login):
    assert login(shown.handong).get("/assessment/").context["run"] is None
    assert login(shown.handong).get(f"/assessment/?area={shown.area.pk}").status_code == 404
    assert login(shown.handong).get(f"/assessment/ranking.xlsx?area={shown.area.pk}").status_code == 404


def test_upper_committee_chooses_among_its_areas(shown, login):
    got = login(shown.gaoming).get(f"/assessment/?area={shown.area.pk}")
    assert got.context["run"] == shown.run
    assert {area.name for area in got.context["areas"]} == {"示范采油管理区", "示范第二采油管理区"}


def test_administrators_are_refused(shown, login):
    assert login(shown.xitong).get("/assessment/").status_code == 403


def test_workbook_holds_what_is_shown_and_no_formula(shown, login):
    Unit.objects.filter(pk=shown.unit["注采一站"].pk).update(name="=1+1")
    data = login(shown.wutong).get("/assessment/ranking.xlsx?period=2026-10").getvalue()
    sheet = openpyxl.load_workbook(io.BytesIO(data))["采油站"]
    rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=5)]
    assert rows == [[1, "注采二站", "孙丽华", 89.5], [2, "'=1+1", "刘海涛", 81], [3, "注采三站", "马晓燕", 65]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_paper(shown, login):
    got = login(shown.wutong).get("/assessment/print/?period=2026-10")
    assert got.status_code == 200
    assert shown.run.results_digest[:16] in got.content.decode()


def test_odd_addresses_are_not_found(shown, login):
    client = login(shown.wutong)
    for query in ("?period=x", "?area=x", "?area=99999", "?period=2026-13"):
        assert client.get(f"/assessment/{query}").status_code == 404
    assert client.get("/assessment/?period=2020-01").context["run"] is None


def test_workbench_shows_a_chief_the_own_unit_and_a_leader_the_tracks(shown, login):
    from ronghe.assessment.queries.panels import build_panel

    own = build_panel(shown.liuhaitao.user)["own"]
    assert (own["place"], own["total"], own["to_next"]) == (2, "81.00", "8.50")
    ends = build_panel(shown.lijianguo.user)["tracks"]
    assert [row["unit"] for row in ends[0]["rows"]] == ["注采二站", "注采一站", "注采三站"]
    assert ends[1]["unplaced"] == ["综合党群室", "经营管理室"]
    assert build_panel(shown.handong.user) is None
    assert login(shown.liuhaitao).get("/").status_code == 200


def test_search_finds_runs_and_schemes(shown):
    from ronghe.assessment.queries.panels import search_runs, search_schemes

    assert [hit.url for hit in search_runs(shown.wutong.user, "10月", 5)] == [f"/assessment/runs/{shown.run.pk}/"]
    assert [hit.title for hit in search_schemes(shown.wutong.user, "班站", 5)] == ["党小组与班站一体化考核 第1版"]
    assert search_runs(shown.handong.user, "10月", 5) == []


def test_queries_do_not_grow_with_months(shown, login):
    client = login(shown.wutong)
    client.get("/assessment/")
    with CaptureQueriesContext(connection) as one:
        client.get("/assessment/")
    for period in ("2026-08", "2026-09"):
        month.report(shown, period, month.ACTUALS)
        month.publish(shown, period)
    with CaptureQueriesContext(connection) as three:
        client.get("/assessment/")
    assert len(three) == len(one)
    assert len(one) <= 9
