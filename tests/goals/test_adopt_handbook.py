"""指标管理员 takes in the 制度包's handbook, with the offices that report columns for all."""

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.goals.models import Indicator
from ronghe.goals.packs import adopt_indicators, list_missing, list_office_codes, read_handbook
from tests.figures.factories import make_indicator

ROWS = read_handbook()


def test_whole_handbook_with_its_offices(world):
    office = world.unit["综合党群室"]
    made = adopt_indicators(world.area, offices={"party-office": office}, by=world.zhaomin.user)
    assert (len(made), Indicator.objects.filter(area=world.area).count()) == (len(ROWS), len(ROWS))
    reported = {row["code"]: row["reported_by"] for row in ROWS}
    for row in Indicator.objects.filter(area=world.area):
        assert row.reported_by == (office if reported[row.code] == "party-office" else None)
    entry = Entry.objects.order_by("-id").first()
    assert (entry.verb, entry.note) == ("采用指标手册", f"{len(ROWS)} 项指标")


def test_own_indicators_stay(world):
    own = make_indicator(world.area, "oil", "原油产量", definition="本区的口径")
    named = make_indicator(world.area, "own_cost", next(row["name"] for row in ROWS if row["code"] != "oil"))
    assert len(list_missing(world.area, ROWS)) == len(ROWS) - 2
    adopt_indicators(world.area, offices={}, by=world.zhaomin.user)
    own.refresh_from_db()
    assert (own.definition, Indicator.objects.filter(area=world.area, name=named.name).count()) == ("本区的口径", 1)


def test_nothing_is_left_for_a_second_time(world):
    adopt_indicators(world.area, offices={}, by=world.zhaomin.user)
    with pytest.raises(Refused, match="都已在手册里"):
        adopt_indicators(world.area, offices={}, by=world.zhaomin.user)


def test_refusals(world):
    for by in (world.lijianguo, world.xunuo, world.xitong, world.hejing):
        with pytest.raises(PermissionDenied):
            adopt_indicators(world.area, offices={}, by=by.user)
    with pytest.raises(Refused, match="本管理区"):
        adopt_indicators(world.area, offices={"party-office": world.unit["二区采油站"]}, by=world.zhaomin.user)


def test_page(world, login):
    client = login(world.zhaomin)
    codes = list_office_codes(ROWS)
    page = client.get("/goals/adopt/").content.decode()
    assert f"采用 {len(ROWS)} 项指标" in page
    form = dict.fromkeys(codes, "")
    answer = client.post("/goals/adopt/", {**form, codes[0]: world.unit["二区采油站"].pk})
    assert (answer.status_code, Indicator.objects.filter(area=world.area).count()) == (422, 0)
    assert client.post("/goals/adopt/", {**form, codes[0]: world.unit["综合党群室"].pk}).status_code == 302
    assert "都已在手册里" in client.get("/goals/adopt/").content.decode()
    assert login(world.lijianguo).get("/goals/adopt/").status_code == 403
