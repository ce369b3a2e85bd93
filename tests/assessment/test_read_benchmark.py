"""对标: the units of a track by the total or an indicator against target, best, mean, last year and their own best."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.assessment.models import Mark
from ronghe.assessment.queries.benchmark import build_benchmark
from ronghe.common.models import Export
from tests.assessment import month

ROOT = "/assessment/benchmark/"


def read(world, person, code="oil", **more):
    """Compare as somebody sees it."""
    return build_benchmark(person.user, world.run, [world.run], track=more.get("track", "production"), code=code, own=more.get("own"))


def tell(found, name):
    return {line.unit: (line.place, line.value, getattr(line, name).text, getattr(line, name).word) for line in found.lines}


def test_an_indicator_against_target_best_and_mean(shown):
    found = read(shown, shown.wutong)
    assert [line.unit for line in found.lines] == ["注采二站", "注采一站", "注采三站"]
    assert tell(found, "to_target") == {
        "注采二站": ("1", "1000", "0", "持平"),
        "注采一站": ("2", "950", "−50", "差"),
        "注采三站": ("3", "900", "−100", "差"),
    }
    assert [line.to_best.text for line in found.lines] == ["0", "−50", "−100"]
    assert (found.best, found.mean, [line.to_mean.word for line in found.lines]) == ("1000", "950.0", ["好", "持平", "差"])
    assert [line.lost for line in found.lines] == ["0.00", "13.75", "27.50"]


def test_where_less_is_better_the_least_is_first_and_equals_share_a_place(shown):
    found = read(shown, shown.wutong, "petition")
    assert {line.unit: line.place for line in found.lines} == {"注采二站": "1", "注采三站": "1", "注采一站": "3"}
    assert {line.unit: (line.to_best.text, line.to_best.word) for line in found.lines}["注采一站"] == ("+1", "差")


def test_the_total_has_the_places_of_the_ranking(shown):
    found = read(shown, shown.wutong, "total")
    assert [(line.place, line.unit, line.value) for line in found.lines] == [
        ("1", "注采二站", "89.50"), ("2", "注采一站", "81.00"), ("3", "注采三站", "65.00")
    ]  # fmt: skip
    assert found.measure.is_total
    assert read(shown, shown.wutong, "no-such").measure.is_total


def test_last_year_without_a_run_comes_from_the_figures_one_may_read(shown):
    month.report(shown, "2025-10", {"注采一站": {"oil": 1000}, "注采二站": {"oil": 800}})
    head, chief, member = (read(shown, person) for person in (shown.wanghaitao, shown.liuhaitao, shown.wutong))
    assert tell(head, "to_last_year")["注采一站"][2:] == ("−50", "差")
    assert tell(head, "to_last_year")["注采二站"][2:] == ("+200", "好")
    assert [tell(chief, "to_last_year")[name][2] for name in ("注采一站", "注采二站")] == ["−50", ""]
    assert [line.last_year for line in member.lines] == ["", "", ""]


def test_own_best_and_places_over_time(shown):
    month.report(shown, "2026-09", {"注采一站": {"oil": 990}, "注采二站": {"oil": 970}, "注采三站": {"oil": 910}})
    earlier = month.publish(shown, "2026-09")
    found = build_benchmark(shown.wutong.user, shown.run, [shown.run, earlier], track="production", code="oil", own=None)
    assert {line.unit: (line.own_best, line.own_best_month, line.to_own_best.text) for line in found.lines} == {
        "注采一站": ("990", "2026-09", "−40"), "注采二站": ("1000", "2026-10", "0"), "注采三站": ("910", "2026-09", "−10")
    }  # fmt: skip
    assert {line.unit: found.places[line.unit_id] for line in found.lines} == {
        "注采一站": {"2026-09": 1, "2026-10": 2},
        "注采二站": {"2026-09": 2, "2026-10": 1},
        "注采三站": {"2026-09": 3, "2026-10": 3},
    }


def test_the_page_shows_losses_that_lead_to_their_marks(shown, login):
    page = login(shown.wutong).get(f"{ROOT}?by=oil")
    mark = Mark.objects.get(run=shown.run, unit=shown.unit["注采三站"], indicator="oil")
    text = page.content.decode()
    assert f'href="/assessment/marks/{mark.pk}/"' in text
    assert mark.because in text
    data = page.context["losses"]
    assert data["rows"] == ["组织生活按期完成率", "集体访越级访起数", "违纪问责率", "原油产量"]
    assert dict(zip(data["links"], data["cells"], strict=True))[f"/assessment/marks/{mark.pk}/"] == [2, 3, "27.50"]


@pytest.mark.parametrize("address", [ROOT, "/assessment/benchmark.xlsx", "/assessment/benchmark/print/"])
def test_who_reads_it(shown, login, address):
    seen = {who: login(getattr(shown, who)).get(address).status_code for who in ("lijianguo", "wutong", "gaoming", "xitong")}
    assert seen == {"lijianguo": 200, "wutong": 200, "gaoming": 200, "xitong": 403}
    assert login(shown.handong).get(f"{address}?area={shown.area.pk}").status_code == 404


def test_the_workbook_holds_what_is_shown(shown, login):
    data = login(shown.wutong).get("/assessment/benchmark.xlsx?by=oil&track=production").getvalue()
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.sheetnames == ["原油产量对标", "近12个月", "名次走势", "各指标失分"]
    rows = [row[:7] for row in book.worksheets[0].iter_rows(min_row=3, values_only=True)]
    assert rows[1] == (2, "注采一站", 950, 1000, -50, 1000, -50)
    assert Export.objects.get().what == "2026年10月采油站原油产量对标"


def test_a_month_without_a_run_says_so(shown, login):
    client = login(shown.wutong)
    assert "还没有公示的考核结果" in client.get(f"{ROOT}?period=2024-01").content.decode()
    assert client.get("/assessment/benchmark.xlsx?period=2024-01").status_code == 404


def test_queries_stay_the_same_for_more_months(shown, login):
    client = login(shown.wutong)
    client.get(ROOT)
    with CaptureQueriesContext(connection) as few:
        client.get(f"{ROOT}?by=oil")
    month.report(shown, "2026-09", month.ACTUALS)
    month.publish(shown, "2026-09")
    with CaptureQueriesContext(connection) as many:
        client.get(f"{ROOT}?by=oil")
    assert len(many) <= len(few) <= 11
