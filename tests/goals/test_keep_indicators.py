import pytest
from django.core.exceptions import PermissionDenied

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.goals.actions.indicators import add_indicator, change_indicator
from ronghe.goals.models import Indicator
from tests.figures.factories import confirm_station, make_period

NEW = {
    "name": "躺井率", "aliases": ["躺井"], "unit_text": "%", "decimals": 2, "direction": "down", "kind": "quantity", "side": "business",
    "definition": "躺井数 ÷ 开井数", "basis": "采油工程管理规定", "valid_from": "2026-01", "valid_to": "",
}  # fmt: skip


def test_the_indicator_administrator_enters_one(world):
    row = add_indicator(world.area, code="lying", by=world.zhaomin.user, **NEW)
    assert (row.name, row.version) == ("躺井率", 1)
    assert Entry.objects.get(verb="登记指标").changes["name"] == [None, "躺井率"]


def test_nobody_else_keeps_the_handbook(world, indicators):
    for person in (world.lijianguo, world.hejing, world.qianjin, world.xunuo, world.xitong):
        with pytest.raises(PermissionDenied):
            add_indicator(world.area, code="lying", by=person.user, **NEW)
        with pytest.raises(PermissionDenied):
            change_indicator(indicators["oil"], reason="改", by=person.user, name="油产量")


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("Oil", {}),
        ("oil", {}),
        ("lying", {"name": "原油产量"}),
        ("lying", {"aliases": ["原油产量"]}),
        ("lying", {"plausible_low": 5, "plausible_high": 1}),
        ("lying", {"valid_from": "2026-05", "valid_to": "2026-04"}),
        ("lying", {"valid_from": "2026-13"}),
    ],
)
def test_what_would_confuse_sheets_is_refused(world, indicators, code, more):
    with pytest.raises(Refused):
        add_indicator(world.area, code=code, by=world.zhaomin.user, **{**NEW, **more})


def test_an_office_of_another_area_does_not_report_ours(world):
    with pytest.raises(Refused):
        add_indicator(world.area, code="lying", by=world.zhaomin.user, reported_by=world.unit["二区采油站"], **NEW)


def test_a_change_needs_its_reason_and_keeps_both_values(world, indicators):
    oil = indicators["oil"]
    with pytest.raises(Refused):
        change_indicator(oil, reason=" ", by=world.zhaomin.user, definition="井口产量")
    change_indicator(oil, reason="口径统一", by=world.zhaomin.user, definition="井口产量")
    entry = Entry.objects.get(verb="修改指标")
    assert (entry.note, entry.changes) == ("口径统一", {"definition": ["原油产量的口径", "井口产量"]})


def test_a_late_change_is_refused(world, indicators):
    oil = indicators["oil"]
    change_indicator(oil, reason="一", by=world.zhaomin.user, definition="一")
    with pytest.raises(StaleForm):
        change_indicator(oil, reason="二", by=world.zhaomin.user, version=oil.version, definition="二")


def edit_form(row, **changed):
    fields = [
        "name", "unit_text", "decimals", "direction", "kind", "side", "input", "definition", "source", "basis", "evidence", "rhythm", "rollup",
        "rollup_weight", "order", "valid_from", "valid_to", "version",
    ]  # fmt: skip
    return {
        **{name: getattr(row, name) for name in fields},
        "tracks": row.tracks,
        "aliases": "、".join(row.aliases),
        "once": "k",
        **changed,
    }


def test_changing_in_the_page(world, indicators, login):
    oil = indicators["oil"]
    client = login(world.zhaomin)
    address = f"/goals/{oil.pk}/edit/"
    assert client.post(address, edit_form(oil, aliases="油产量,产油量")).status_code == 422
    answer = client.post(address, edit_form(oil, aliases="油产量,产油量", reason="站里这样写", plausible_low="100", plausible_high="5000"))
    assert answer.status_code == 302
    assert Indicator.objects.get(pk=oil.pk).aliases == ["油产量", "产油量"]


def test_a_late_page_shows_what_is_saved(world, indicators, login):
    oil = indicators["oil"]
    change_indicator(oil, reason="先", by=world.zhaomin.user, definition="先保存的口径")
    answer = login(world.zhaomin).post(f"/goals/{oil.pk}/edit/", edit_form(oil, definition="后来的口径", reason="后"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "后来的口径" in page
    assert "现已保存:先保存的口径" in page


def test_the_handbook_and_a_page_of_it(world, indicators, login):
    confirm_station(world, make_period(world), indicators)
    client = login(world.wutong)
    page = client.get("/goals/").content.decode()
    assert "原油产量" in page
    assert "登记指标" not in page
    assert "原油产量" not in client.get("/goals/?side=party").content.decode()
    assert "原油产量" not in client.get("/goals/?track=support").content.decode()
    assert "原油产量" in client.get("/goals/?reporter=own").content.decode()
    oil = f"/goals/{indicators['oil'].pk}/"
    assert "还没有已确认的数值" in client.get(oil).content.decode()
    assert "1200" in login(world.liuhaitao).get(oil).content.decode()
    assert login(world.handong).get(oil).status_code == 404
    assert login(world.xitong).get("/goals/").status_code == 403


def test_the_handbook_takes_constant_queries(world, indicators, login, django_assert_max_num_queries):
    client = login(world.wutong)
    with django_assert_max_num_queries(13) as few:
        client.get("/goals/")
    for number in range(3):
        add_indicator(world.area, code=f"extra{number}", by=world.zhaomin.user, **{**NEW, "name": f"新指标{number}", "aliases": []})
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/goals/")
