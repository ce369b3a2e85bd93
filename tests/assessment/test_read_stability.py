"""排名稳健性 on the pages: before publishing, beside the ranking, on a unit's own page."""

import io

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.assessment.models import Run
from ronghe.assessment.queries.areas import list_shown_runs
from ronghe.audit.models import Entry
from tests.assessment import month

# 一站 15 + 15 + 15 + 44 = 89, 三站 7.5 + 13.5 + 15 + 53 = 89: level with opposite strengths, parted by oil; 二站 far behind
TIED = {
    "注采一站": {"org_life": 100, "petition": 0, "accountability": 0, "oil": 960, "accident": 0},
    "注采二站": {"org_life": 70, "petition": 5, "accountability": 12, "oil": 820, "accident": 0},
    "注采三站": {"org_life": 80, "petition": 1, "accountability": 0, "oil": 992.727273, "accident": 0},
}


@pytest.fixture
def tied(world):
    """A month with a tie at the top, as a preview: `tied.run`."""
    month.add_indicators(world.area)
    month.adopt(world)
    month.report(world, "2026-10", month.ACTUALS | TIED)
    world.run = month.run(world)
    return world


def rows_of(got):
    return {row.unit: row for row in got.context["tables"][0].rows}


def test_a_tie_is_said_before_publishing(tied, login):
    got = login(tied.lijianguo).get(f"/assessment/runs/{tied.run.pk}/")

    rows, text = rows_of(got), got.content.decode()
    assert rows["注采一站"].total == rows["注采三站"].total == "89.00"
    assert [(row.firm.alike, row.firm.edge) for row in rows.values()] == [
        ("与注采一站无显著差异", "first"), ("与注采三站无显著差异", "last"), ("", ""),
    ]  # fmt: skip
    assert text.index("公示前请看") < text.index("公示后结果不能再改")
    assert "<strong>注采三站和注采一站无显著差异</strong>" in text
    assert "不宜只凭这一名之差" in text


def test_ranking_shows_groups_intervals_and_what_the_order_hangs_on(shown, login):
    got = login(shown.wutong).get("/assessment/")

    table = got.context["tables"][0]
    assert [(row.unit, row.firm.central, row.firm.alike) for row in table.rows] == [
        ("注采二站", "第 1 名", ""), ("注采一站", "第 2 名", ""), ("注采三站", "第 3 名", ""),
    ]  # fmt: skip
    assert table.firmness.hangs_on == "去掉任何一项指标,名次都不变。" or "名次最依赖" in table.firmness.hangs_on
    assert table.firmness.chart["cells"] == [[0, 0, 100], [1, 1, 100], [2, 2, 100]]
    assert got.context["tables"][1].firmness is None  # two offices: too few for places
    text = got.content.decode()
    assert "相邻名次都分得清" in text
    assert "第1名 100%" in text


def test_ranking_draws_a_bracket_with_words(tied, login):
    from ronghe.assessment.actions import publish_run

    publish_run(tied.run, by=tied.lijianguo.user)
    got = login(tied.wutong).get("/assessment/")

    text = got.content.decode()
    assert text.count("alike-first") == text.count("alike-last") == 1
    assert '<span class="sub">与注采三站无显著差异</span>' in text
    sheet = openpyxl.load_workbook(io.BytesIO(login(tied.wutong).get("/assessment/ranking.xlsx").getvalue()))["采油站"]
    assert [sheet.cell(row, 13).value for row in (4, 5, 6, 7)] == ["无显著差异", "与注采一站无显著差异", "与注采三站无显著差异", ""]


def test_a_unit_reads_it_in_one_sentence(tied, login):
    got = login(tied.lijianguo).get(f"/assessment/stations/{tied.unit['注采一站'].pk}/?run={tied.run.pk}")

    assert got.context["page"].firm == ("在权重 ±10% 的 2000 次试算中,九成落在第 1–2 名(全部在第 1–2 名);与注采三站无显著差异")
    last = login(tied.lijianguo).get(f"/assessment/stations/{tied.unit['注采二站'].pk}/?run={tied.run.pk}")
    assert last.context["page"].firm == "在权重 ±10% 的 2000 次试算中,九成落在第 3 名(全部在第 3 名)"
    office = login(tied.lijianguo).get(f"/assessment/stations/{tied.unit['综合党群室'].pk}/?run={tied.run.pk}")
    assert office.context["page"].firm == ""


def test_equal_results_have_equal_stability(ready):
    first, second = month.run(ready), month.run(ready)

    assert first.results_digest == second.results_digest
    assert first.stability == second.stability != []


def test_a_run_from_before_lacks_the_section_until_it_is_added(shown, login):
    kept = Run.objects.get(pk=shown.run.pk).stability
    Run.objects.filter(pk=shown.run.pk).update(stability=[])
    client = login(shown.wutong)
    for path in ("/assessment/", f"/assessment/runs/{shown.run.pk}/", f"/assessment/stations/{shown.unit['注采一站'].pk}/"):
        got = client.get(path)
        assert got.status_code == 200
        assert "名次有多稳" not in got.content.decode()

    call_command("add-stability")

    assert Run.objects.get(pk=shown.run.pk).stability == kept
    assert Entry.objects.filter(verb="补算排名稳健性").count() == 1
    call_command("add-stability")
    assert Entry.objects.filter(verb="补算排名稳健性").count() == 1


def test_results_that_come_out_otherwise_are_not_measured(shown, capsys):
    Run.objects.filter(pk=shown.run.pk).update(stability=[], results_digest="0" * 64)

    call_command("add-stability")

    assert Run.objects.get(pk=shown.run.pk).stability == []
    assert "结果摘要不同" in capsys.readouterr().err


def test_it_is_read_for_the_run_shown_only(shown, login):
    client = login(shown.wutong)
    for path in ("/assessment/", f"/assessment/runs/{shown.run.pk}/", f"/assessment/stations/{shown.unit['注采一站'].pk}/"):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert sum('"stability"' in query["sql"] for query in queries) == 1
    assert [run.picked_stability is not None for run in list_shown_runs(shown.wutong.user, shown.area.pk, "2026-09")] == [False]
    assert [run.picked_stability is not None for run in list_shown_runs(shown.wutong.user, shown.area.pk)] == [True]
