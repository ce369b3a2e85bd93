"""The pages of 异议 and the way from a gap to its cure on 我们的成绩."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.assessment import actions
from ronghe.assessment.matters import count_objections
from ronghe.assessment.models import Objection
from ronghe.common.registry import find_link
from ronghe.rectification.models import Item
from tests.assessment.cases import ask, confirm, fresh, mark_of, rerun, uphold, user


def station(login, world, name, query=""):
    return login(world.person[name]).get(f"/assessment/stations/{world.unit['注采一站'].pk}/{query}")


def line_of(response, code="oil"):
    return next(line for front in response.context["page"].fronts for line in front.lines if line.code == code)


def test_chief_objects_on_the_page(judged, login):
    oil = line_of(station(login, judged, "刘海涛"))
    client = login(judged.liuhaitao)
    assert "涉密不上网" in client.get(oil.object_url).content.decode()
    given = {"reason": "漏计 30 吨", "once": "k1"}
    missing = client.post(oil.object_url, given)
    assert (missing.status_code, missing.context["form"]["proof"].errors) == (422, ["请上传证明材料。"])
    for _again in range(2):
        done = client.post(oil.object_url, {**given, "proof": SimpleUploadedFile("签认单.txt", b"980")})
        assert done.status_code == 302
    row = Objection.objects.get()
    assert done.url == f"/assessment/objections/{row.pk}/" == find_link("assessment.objection", row.pk)
    oil = line_of(station(login, judged, "刘海涛"))
    assert (oil.object_url, [chip.word for chip in oil.objections]) == ("", ["异议中"])


@pytest.mark.parametrize(("name", "may"), [("刘海涛", True), ("何静", True), ("孙丽华", False), ("李建国", False), ("高明", False)])
def test_button_is_there_for_the_unit(judged, login, name, may):
    assert bool(line_of(station(login, judged, name)).object_url) is may


def test_neighbour_sees_that_it_is_doubted_and_no_more(judged, login):
    row = ask(judged, judged.run)
    assert [chip.url for chip in line_of(station(login, judged, "孙丽华")).objections] == [""]
    client = login(judged.sunlihua)
    assert client.get(f"/assessment/objections/{row.pk}/").status_code == 404
    assert client.get("/assessment/objections/?state=all").context["lines"] == []
    assert client.get(f"/assessment/marks/{row.mark_id}/object/").status_code == 403
    assert client.get(f"/documents/{documents(row)[0]}/").status_code == 404


def documents(row):
    from ronghe.documents.models import Document

    return list(Document.objects.filter(object_id=row.pk, object_type__model="objection").values_list("pk", flat=True))


@pytest.mark.parametrize("name", ["韩冬", "冯涛", "许诺"])
def test_other_area_finds_nothing(judged, login, name):
    row = ask(judged, judged.run)
    client = login(judged.person[name])
    assert client.get(f"/assessment/objections/{row.pk}/").status_code == 404
    assert client.get(f"/assessment/marks/{row.mark_id}/").status_code == 404
    assert "lines" in (list_page := client.get("/assessment/objections/?state=all")).context
    assert list_page.context["lines"] == []


def test_answer_on_the_page(judged, login):
    row = ask(judged, judged.run)
    client = login(judged.zhengshuang)
    address = f"/assessment/objections/{row.pk}/"
    assert client.get(address).context["may_answer"]
    given = {"verdict": "figure", "right": "", "answer": "属实", "version": row.version, "once": "a1"}
    shown = client.post(f"{address}answer/", given)
    assert (shown.status_code, shown.context["form"]["answer"].value()) == (422, "属实")
    assert client.post(f"{address}answer/", {**given, "right": "980"}).status_code == 302
    assert fresh(row).state == "upheld"
    page = client.get(address)
    assert [(step.label, step.state) for step in page.context["steps"]] == [
        ("提出", "done"), ("答复:成立", "done"), ("更正批次确认", "now"), ("重新计分", "ahead"), ("公示新结果", "ahead"),
    ]  # fmt: skip
    assert not page.context["may_answer"]


def test_form_of_who_may_not_answer_is_not_shown(judged, login):
    row = ask(judged, judged.run)
    for name in ("钱进", "赵敏", "李建国", "刘海涛"):
        assert not login(judged.person[name]).get(f"/assessment/objections/{row.pk}/").context["may_answer"]
    assert login(judged.liuhaitao).get(f"/assessment/objections/{row.pk}/").context["may_withdraw"]


def test_old_page_says_corrected_and_the_new_one_why(judged, login):
    row = uphold(ask(judged, judged.run), judged)
    confirm(row, judged)
    page = login(judged.zhaomin).get(f"/assessment/objections/{row.pk}/")
    start = login(judged.zhaomin).get(page.context["rerun_url"])
    assert start.context["form"].initial["reason"] == f"异议 {row.number} 成立"
    actions.publish_run(rerun(row, judged), by=judged.lijianguo.user)
    old = line_of(station(login, judged, "刘海涛", f"?run={judged.run.pk}"))
    new = line_of(station(login, judged, "刘海涛"))
    assert ([chip.word for chip in old.objections], old.object_url, old.ways) == (["已更正"], "", [])
    assert ([chip.word for chip in new.objections], bool(new.object_url)) == (["因异议更正"], True)
    assert len(login(judged.liuhaitao).get(f"/assessment/objections/{row.pk}/").context["columns"]) == 2


def test_list_filters_and_costs_the_same_for_more_rows(judged, login):
    row = ask(judged, judged.run)
    client = login(judged.lijianguo)
    client.get("/assessment/objections/")
    with CaptureQueriesContext(connection) as one:
        client.get("/assessment/objections/")
    ask(judged, judged.run, indicator="org_life")
    ask(judged, judged.run, unit="注采二站", by="孙丽华", indicator="accountability")
    with CaptureQueriesContext(connection) as three:
        page = client.get("/assessment/objections/")
    assert (len(page.context["lines"]), len(three)) == (3, len(one))
    assert len(client.get(f"/assessment/objections/?unit={row.unit_id}&state=asked").context["lines"]) == 2
    assert client.get("/assessment/objections/?state=late").context["lines"] == []


def test_matters_count_what_waits_and_what_is_late(judged):
    row = ask(judged, judged.run)
    ask(judged, judged.run, indicator="org_life")
    Objection.objects.filter(pk=row.pk).update(due="2026-01-05")
    uphold(ask(judged, judged.run, indicator="petition"), judged, right="0")
    found = {matter.what: (matter.unit_id, matter.count, matter.late) for matter in count_objections([judged.area.pk])}
    assert found == {"异议未答复": (row.unit_id, 2, 1), "异议更正中": (row.unit_id, 1, 0)}


def test_gap_goes_to_rectification_and_its_page_shows_the_cure(judged, login):
    response = station(login, judged, "李建国")
    oil = line_of(response)
    way = next(way for way in oil.ways if way.label == "转整改")
    client = login(judged.lijianguo)
    form = client.get(way.url)
    assert form.context["origin"] == mark_of(judged.run, judged)
    initial = form.context["form"].initial
    given = {
        **{name: value for name, value in initial.items() if value},
        "origin": form.context["origin_text"], "key": form.context["key"], "due": "2099-01-05",
        "m-TOTAL_FORMS": "0", "m-INITIAL_FORMS": "0",
    }  # fmt: skip
    done = client.post("/rectification/new/", given)
    assert done.status_code == 302, done.context["form"].errors
    item = Item.objects.get()
    assert (item.key, item.source, item.owner, item.unit) == ("indicator:oil", "gap", judged.liuhaitao, oil_unit(judged))
    oil = line_of(station(login, judged, "刘海涛"))
    assert ([cure.word for cure in oil.cures], bool(oil.cures[0].url), oil.ways) == (["待制定方案"], True, [])
    assert line_of(station(login, judged, "孙丽华")).cures[0].url == ""
    page = login(judged.liuhaitao).get(f"/rectification/{item.pk}/")
    assert f"/assessment/marks/{mark_of(judged.run, judged).pk}/" in page.content.decode()
    back = login(judged.liuhaitao).get(find_link("assessment.mark", mark_of(judged.run, judged).pk))
    assert back.url.endswith("?period=2026-10#mark-oil")


def oil_unit(world):
    return world.unit["注采一站"]


def test_cure_found_on_the_old_run_stays_on_the_new_one(judged, login):
    from ronghe.rectification.actions import open_item

    open_item(
        area=judged.area, unit=oil_unit(judged), title="产量欠", problem="950/1000", source="gap", owner=judged.liuhaitao,
        by=user(judged.lijianguo), origin=mark_of(judged.run, judged), key="indicator:oil",
    )  # fmt: skip
    row = uphold(ask(judged, judged.run), judged)
    confirm(row, judged)
    actions.publish_run(rerun(row, judged), by=judged.lijianguo.user)
    assert len(line_of(station(login, judged, "刘海涛")).cures) == 1


def test_page_costs_the_same_with_more_cures_and_objections(judged, login):
    from ronghe.rectification.actions import open_item

    def add(code):
        ask(judged, judged.run, indicator=code)
        open_item(
            area=judged.area, unit=oil_unit(judged), title=code, problem="失分", source="gap", owner=judged.liuhaitao,
            by=user(judged.lijianguo), origin=mark_of(judged.run, judged, code), key=f"indicator:{code}",
        )  # fmt: skip

    add("oil")
    station(login, judged, "李建国")
    with CaptureQueriesContext(connection) as one:
        station(login, judged, "李建国")
    add("org_life")
    add("petition")
    with CaptureQueriesContext(connection) as three:
        station(login, judged, "李建国")
    assert len(three) == len(one)
