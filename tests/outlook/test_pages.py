"""The pages of 进度与预测: who reads what, filters, the workbook, the chart, the workbench, the station's page."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronghe.accounts.models import User
from ronghe.goals.models import Indicator, Target
from ronghe.outlook.actions import refresh_area
from ronghe.outlook.models import LightRule
from ronghe.outlook.queries import list_unit
from tests.assessment import month

pytestmark = pytest.mark.django_db
LIST = reverse("outlook:list")


@pytest.fixture
def computed(told):
    refresh_area(told.area)
    return told


def come(client, world, login="lijianguo"):
    client.force_login(getattr(world, login).user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def series_url(world, unit="注采一站"):
    return reverse("outlook:series", args=[world.unit[unit].pk, Indicator.objects.get(area=world.area, code="oil").pk])


def test_leader_sees_all_a_chief_the_own(computed, client):
    for login, units in (("lijianguo", 3), ("qianjin", 3), ("liuhaitao", 1), ("hejing", 1)):
        assert len(come(client, computed, login).get(LIST).context["lines"]) == units
    for login, status in (("wutong", 403), ("gaoming", 403), ("xitong", 403), ("fengtao", 404)):
        assert come(client, computed, login).get(series_url(computed)).status_code == status


def test_table_of_lights(computed, client):
    context = come(client, computed).get(LIST).context
    assert [(line["unit"], line["cells"][0]["light"], line["cells"][0]["text"]) for line in context["tables"][0]["lines"]] == [
        ("注采一站", "green", "100.0%"),
        ("注采二站", "yellow", "97.0%"),
        ("注采三站", "red", "80.0%"),
    ]
    assert (context["counts"]["red"], context["counts"]["yellow"], context["counts"]["green"]) == (1, 1, 1)


def test_filter_and_workbook_agree(computed, client):
    come(client, computed)
    assert [line.unit for line in client.get(LIST, {"light": "red"}).context["lines"]] == ["注采三站"]
    data = b"".join(client.get(reverse("outlook:xlsx"), {"light": "red"}).streaming_content)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[2:]] == ["注采三站"]
    assert (rows[2][7], rows[2][11], rows[2][18]) == (1200, 960, "红灯")
    assert client.get(LIST, {"light": "x"}).status_code == 200


def test_series_has_chart_and_table(computed, client):
    context = come(client, computed, "liuhaitao").get(series_url(computed)).context
    assert [(item["name"], item["values"][9], item["values"][11]) for item in context["chart"]["series"]] == [
        ("累计实际", "1000", None),
        ("累计目标", "1000", "1200"),
        ("去年累计", "1000", "1200"),
        ("全年预计", "1000", "1200"),
        ("80% 下限", "1000", "1200"),
        ("80% 上限", "1000", "1200"),
    ]
    assert context["rows"][9] == ["2026-10", "100", "100", "1000", "1000", "100"]


def test_a_series_and_the_rules_as_workbooks(computed, client):
    come(client, computed)
    for address, title, heads in (
        (f"{series_url(computed)}export/", "进度与预测", "单位"),
        (reverse("outlook:lights-xlsx"), "亮灯规则", "版次"),
    ):
        book = CalamineWorkbook.from_filelike(BytesIO(b"".join(client.get(address).streaming_content)))
        assert (book.sheet_names, book.get_sheet_by_index(0).to_python()[1][0]) == ([title], heads)
    assert come(client, computed, "fengtao").get(f"{series_url(computed)}export/").status_code == 404


def test_workbench_of_leaders_counts_reds(computed, client):
    assert "红灯 1 项" in come(client, computed).get("/").content.decode()
    assert "全年会怎样" not in come(client, computed, "liuhaitao").get("/").content.decode()


def test_station_page_shows_it_to_who_may(computed, client):
    month.adopt(computed)
    month.publish(computed)
    address = reverse("assessment:station", args=[computed.unit["注采一站"].pk])
    for login, shown in (("liuhaitao", True), ("lijianguo", True), ("sunlihua", False), ("wutong", False)):
        assert ("全年进度与预测" in come(client, computed, login).get(address).content.decode()) is shown


def test_refresh_from_the_page(computed, client):
    month.report(computed, "2026-09", {"注采三站": {"oil": 90}})
    answer = come(client, computed).post(reverse("outlook:refresh"), {"once": "a"}, follow=True)
    assert "已重算,1 行有变化。" in answer.content.decode()
    assert come(client, computed, "liuhaitao").post(reverse("outlook:refresh")).status_code == 403


def test_search_and_matters(computed, client):
    assert "进度与预测" in come(client, computed).get("/search/", {"q": "原油"}).content.decode()
    assert "全年预测红灯" in client.get("/matters/").content.decode()


def test_queries_do_not_grow(computed, client):
    come(client, computed)
    client.get(LIST)
    with CaptureQueriesContext(connection) as three:
        client.get(LIST)
    Target.objects.exclude(unit=computed.unit["注采一站"]).delete()
    refresh_area(computed.area)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    assert len(three) == len(one)


def test_what_the_lights_mean_stands_beside_them(computed, client):
    """On the workbench, on the station's page and in the workbook: the pack's rule, then the area's own."""
    come(client, computed)
    assert "全年预计达到目标绿灯,差不超过 5% 黄灯,再多红灯" in client.get("/").content.decode()

    rule = LightRule(
        area=computed.area,
        number=1,
        valid_from="2026-01",
        green=3,
        yellow=25,
        basis="纪要",
        asked_by=computed.zhaomin.user,
        state="approved",
    )
    rule.save()

    said = "全年预计差目标不超过 3% 绿灯,不超过 25% 黄灯,再多红灯"
    assert said in client.get("/").content.decode()
    assert [line.limits for line in list_unit(User.objects.get(pk=computed.lijianguo.user_id), computed.unit["注采一站"])] == [said]
    data = b"".join(client.get(reverse("outlook:xlsx")).streaming_content)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [(row[18], row[19], row[20]) for row in rows[2:]] == [("绿灯", 3, 25), ("黄灯", 3, 25), ("红灯", 3, 25)]
