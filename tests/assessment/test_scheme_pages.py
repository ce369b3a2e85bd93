"""The editor in the browser: each part has its page, wrong input comes back with the command's words and nothing lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.assessment import actions, kernel
from ronghe.assessment.models import SchemeVersion
from ronghe.goals.models import Indicator
from tests.assessment import month
from tests.assessment.drafts import HEAD, LIFE, fresh, hand_in, save, set_full, start


@pytest.fixture
def draft(ready):
    ready.scheme = SchemeVersion.objects.get()
    ready.draft = start(ready, ready.scheme)
    return ready


def path(draft, page=""):
    return f"/assessment/schemes/{draft.pk}/edit/{page}"


def text_of(answer):
    return answer.content.decode()


def scheme_of(world):
    return kernel.read_scheme(fresh(world.draft).text)


def test_begun_handed_in_and_published(ready, login):
    client = login(ready.zhaomin)
    current = SchemeVersion.objects.get()
    page = client.get("/assessment/schemes/new/")
    assert f'<option value="{current.pk}"' in text_of(page)
    begun = client.post("/assessment/schemes/start/", {"source": current.pk, "once": "a"})
    draft = SchemeVersion.objects.get(state="writing")
    assert begun.url == path(draft)
    client.post("/assessment/schemes/start/", {"source": current.pk, "once": "a"})
    assert SchemeVersion.objects.count() == 2
    assert client.get(f"/assessment/schemes/{draft.pk}/").url == path(draft)
    assert client.post(f"/assessment/schemes/{draft.pk}/submit/", {"version": draft.version}).url == f"/assessment/schemes/{draft.pk}/"
    assert fresh(draft).state == "draft"
    assert client.get(path(draft)).url == f"/assessment/schemes/{draft.pk}/"
    client = login(ready.lijianguo)
    shown = text_of(client.get(f"/assessment/schemes/{draft.pk}/"))
    assert "不同意,退回修改" in shown
    form = {"valid_from": "2027-01", "version": fresh(draft).version, "once": "c"}
    client.post(f"/assessment/schemes/{draft.pk}/publish/", form)
    assert fresh(draft).state == "published"


def test_sent_back_and_taken_back_in_the_browser(draft, login):
    handed = actions.submit_draft(draft.draft, by=draft.zhaomin.user)
    client = login(draft.lijianguo)
    client.post(f"/assessment/schemes/{handed.pk}/return/", {"reason": "", "version": handed.version})
    assert fresh(handed).state == "draft"
    client.post(f"/assessment/schemes/{handed.pk}/return/", {"reason": "再想想", "version": handed.version})
    assert fresh(handed).state == "writing"
    handed = actions.submit_draft(fresh(handed), by=draft.zhaomin.user)
    client = login(draft.zhaomin)
    assert client.post(f"/assessment/schemes/{handed.pk}/take-back/", {"version": handed.version}).url == path(handed)
    assert fresh(handed).state == "writing"


def test_weights_are_saved_together(draft, login):
    client = login(draft.zhaomin)
    form = {"version": draft.draft.version, "full-oil": "50", "full-org_life": "20", "once": "a"}
    assert client.post(path(draft.draft), form).status_code == 302
    scheme = scheme_of(draft)
    assert [scheme.indicator_by_code[code].full for code in ("oil", "org_life", "petition")] == [50, 20, 15]
    assert "采油站 100、综合保障 105" in text_of(client.get(path(draft.draft)))


def test_wrong_weight_is_told_and_kept(draft, login):
    form = {"version": draft.draft.version, "full-oil": "五十", "full-org_life": "20"}
    answer = login(draft.zhaomin).post(path(draft.draft), form)
    assert answer.status_code == 422
    assert "scheme.toml:indicator oil:full: 应为数字" in text_of(answer)
    assert 'name="full-oil" value="五十"' in " ".join(text_of(answer).split())
    assert 'name="full-org_life" value="20"' in " ".join(text_of(answer).split())
    assert scheme_of(draft).indicator_by_code["org_life"].full == 15


def test_rows_move_and_go_with_their_buttons(draft, login):
    client = login(draft.zhaomin)
    codes = lambda: [item.code for item in scheme_of(draft).indicators]  # noqa: E731
    before = codes()
    client.post(path(draft.draft), {"do": "down:oil", "full-oil": "54"})
    assert codes() == ["org_life", "petition", "accountability", "service", "oil", "accident"]
    assert scheme_of(draft).indicator_by_code["oil"].full == 54
    client.post(path(draft.draft), {"do": "up:oil"})
    assert codes() == before
    client.post(path(draft.draft), {"do": "up:oil"})
    assert codes() == before
    client.post(path(draft.draft), {"do": "drop:oil"})
    page = text_of(client.get(path(draft.draft)))
    assert "scheme.toml:ranking:tie_break: 方案中没有指标 oil" in page
    assert f'href="{path(draft.draft, "head/")}#ranking"' in page
    assert "提交发布" not in page
    assert client.get(f"/assessment/schemes/{draft.draft.pk}/compare/").status_code == 200
    client.post(f"/assessment/schemes/{draft.draft.pk}/submit/")
    assert fresh(draft.draft).state == "writing"


def test_head_is_changed(draft, login):
    form = {**HEAD, "name": "2027年考核", "cap": "105", "min_peers": "2", "version": draft.draft.version}
    assert login(draft.zhaomin).post(path(draft.draft, "head/"), form).url == path(draft.draft)
    scheme = scheme_of(draft)
    assert (scheme.name, scheme.cap, scheme.min_peers, scheme.tie_break, [grade.name for grade in scheme.grades]) == (
        "2027年考核", 105, 2, ("oil",), ["优秀", "合格"],
    )  # fmt: skip
    assert fresh(draft.draft).name == "2027年考核"


def test_wrong_head_comes_back_with_the_commands_words(draft, login):
    form = {**HEAD, "name": "", "cap": "10", "floor": "20", "grade-min": ["60", "90"], "version": draft.draft.version}
    answer = login(draft.zhaomin).post(path(draft.draft, "head/"), form)
    page = text_of(answer)
    assert answer.status_code == 422
    for words in ("缺少必需的键", "保底分 floor 高于封顶分 cap", "等级应由高到低排列,下限须逐级降低"):
        assert words in page
    assert 'value="20"' in page
    assert scheme_of(draft).name == "党小组与班站一体化考核"


def test_grades_are_added_without_saving(draft, login):
    answer = login(draft.zhaomin).post(path(draft.draft, "head/"), {**HEAD, "name": "还没存", "do": "grade-add"})
    assert answer.status_code == 200
    assert text_of(answer).count('name="grade-name"') == 3
    assert 'value="还没存"' in text_of(answer)
    assert fresh(draft.draft).version == draft.draft.version


def test_fronts_are_renamed_added_and_kept(draft, login):
    client = login(draft.zhaomin)
    rows = {
        "dimension-was": ["propaganda", "ideology", "conduct", "foundation", ""],
        "dimension-code": ["spirit", "ideology", "conduct", "foundation", ""],
        "dimension-name": ["宣传", "思想", "作风", "基础", "创新"],
        "dimension-cap": ["16", "", "", "", ""],
    }
    assert client.post(path(draft.draft, "dimensions/"), {**rows, "version": draft.draft.version}).status_code == 302
    text = fresh(draft.draft).text
    assert 'dimension = "spirit"' in text
    assert 'code = "front-1"' in text
    page = text_of(client.get(path(draft.draft)))
    assert "scheme.toml:dimension front-1:code: 该维度没有任何计分指标(否决项不算)" in page
    lost = {key: values[1:] for key, values in rows.items()}
    lost["dimension-was"] = ["ideology", "conduct", "foundation", "front-1"]
    answer = client.post(path(draft.draft, "dimensions/"), {**lost, "dimension-code": lost["dimension-was"]})
    assert answer.status_code == 422
    assert "维度“宣传”里还有指标" in text_of(answer)


def test_wrong_front_comes_back(draft, login):
    rows = {"dimension-was": ["propaganda"], "dimension-code": ["Bad"], "dimension-name": [""], "dimension-cap": ["一"]}
    for key, value in (("was", "ideology"), ("code", "ideology"), ("name", "思想"), ("cap", "")):
        rows[f"dimension-{key}"] += [
            value,
            *(["conduct", "foundation"] if key in ("was", "code") else ["作风", "基础"] if key == "name" else ["", ""]),
        ]
    answer = login(draft.zhaomin).post(path(draft.draft, "dimensions/"), rows)
    assert answer.status_code == 422
    for words in ("代码应由小写字母开头", "缺少必需的键", "应为数字"):
        assert words in text_of(answer)
    assert 'value="Bad"' in text_of(answer)


def test_indicator_is_changed(draft, login):
    form = {**LIFE, "x": ["70", "90", "100"], "share": ["0", "50%", "1"], "missing": "zero", "version": draft.draft.version}
    assert login(draft.zhaomin).post(path(draft.draft, "indicators/org_life/"), form).url == path(draft.draft)
    item = scheme_of(draft).indicator_by_code["org_life"]
    assert [(str(x), str(share)) for x, share in item.rule.points] == [("70", "0"), ("90", "0.5"), ("100", "1")]
    assert item.missing == "zero"
    assert scheme_of(draft).indicators[0].code == "org_life"


def test_wrong_indicator_comes_back_at_its_fields(draft, login):
    form = {**LIFE, "name": "组织生活", "full": "-1", "unit": "", "x": ["100", "60"], "decimals": "1.5", "version": draft.draft.version}
    answer = login(draft.zhaomin).post(path(draft.draft, "indicators/org_life/"), form)
    page = text_of(answer)
    assert answer.status_code == 422
    for words in ("满分不能小于 0", "缺少必需的键", "各点的 x 须严格递增", "应为整数"):
        assert words in page
    for typed in ('value="组织生活"', 'value="-1"', 'value="100"', 'value="1.5"'):
        assert typed in page
    assert scheme_of(draft).indicator_by_code["org_life"].full == 15


def test_late_indicator_form_keeps_what_was_typed(draft, login):
    save(draft.draft, set_full("oil", "60"), draft)
    answer = login(draft.lijianguo).post(path(draft.draft, "indicators/org_life/"), {**LIFE, "full": "18", "version": draft.draft.version})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "已被他人修改" in page
    assert 'value="18"' in page
    now = fresh(draft.draft).version
    assert f'name="version" value="{now}"' in page
    again = login(draft.lijianguo).post(path(draft.draft, "indicators/org_life/"), {**LIFE, "full": "18", "version": now})
    assert again.status_code == 302
    assert [scheme_of(draft).indicator_by_code[code].full for code in ("oil", "org_life")] == [60, 18]


def test_method_is_tried_without_saving(draft, login):
    client = login(draft.zhaomin)
    page = text_of(client.post(path(draft.draft, "indicators/org_life/"), {**LIFE, "method": "step", "do": "refresh"}))
    assert 'name="per"' in page
    assert page.count('<input type="hidden" name="x"') == 2
    page = text_of(client.post(path(draft.draft, "indicators/org_life/"), {**LIFE, "do": "pair-add"}))
    assert page.count('name="share"') == 3
    assert fresh(draft.draft).version == draft.draft.version


def test_code_is_renamed_in_the_ties_too(draft, login):
    form = {**LIFE, "name": "原油产量", "code": "oil_net", "dimension": "foundation", "on": "attainment", "x": ["0.8", "1"], "unit": "t"}
    assert login(draft.zhaomin).post(path(draft.draft, "indicators/oil/"), form).status_code == 302
    assert scheme_of(draft).tie_break == ("oil_net",)
    assert "手册中没有" in text_of(login(draft.zhaomin).get(path(draft.draft)))


@pytest.mark.parametrize("typed", ["油", "oil", "yycl", "yuanyou"])
def test_handbook_is_searched_by_name_code_and_pinyin(draft, login, typed):
    page = text_of(login(draft.zhaomin).get(path(draft.draft, "choose/"), {"text": typed}))
    assert "原油产量" in page
    assert "违纪问责率" not in page


def test_indicator_of_the_handbook_is_added(draft, login):
    Indicator.objects.create(
        area=draft.area, code="hazard", name="隐患整改率", unit_text="%", side="business", direction="up", definition="按台账", basis="规定",
        needs_target=True, decimals=1, tracks=["production"],
    )  # fmt: skip
    client = login(draft.zhaomin)
    page = text_of(client.get(path(draft.draft, "add/?from=hazard")))
    for words in ('value="隐患整改率"', 'value="hazard"', 'value="0.8"'):
        assert words in page
    form = {**LIFE, "name": "隐患整改率", "code": "hazard", "dimension": "foundation", "full": "5", "tracks": ["production"]}
    assert client.post(path(draft.draft, "add/?from=hazard"), {**form, "version": draft.draft.version}).status_code == 302
    item = scheme_of(draft).indicators[-1]
    assert (item.code, item.full, item.tracks) == ("hazard", 5, ("production",))
    twice = client.post(path(draft.draft, "add/"), form)
    assert twice.status_code == 422
    assert "代码 hazard 用了两次" in text_of(twice)


def test_curve_is_drawn_while_typing(draft, login):
    client = login(draft.zhaomin)
    page = text_of(client.post(path(draft.draft, "curve/"), {**LIFE, "full": "40"}))
    assert "<polyline" in page
    assert "40 × 100% = 40.00" in page
    page = text_of(client.post(path(draft.draft, "curve/"), {**LIFE, "x": ["a", "b"]}))
    assert "各点:应为数字" in page
    assert "选了计分办法" in text_of(client.post(path(draft.draft, "curve/"), {}))
    oil = {**LIFE, "code": "oil", "on": "attainment", "x": ["80%", "100%"], "example-target": "500"}
    assert "目标按 500" in text_of(client.post(path(draft.draft, "curve/"), oil))


def test_file_is_read_into_the_editor(world, login):
    client = login(world.zhaomin)
    refused = client.post("/assessment/schemes/new/", {"text": month.SCHEME.replace("full = 55", "full = -1"), "do": "edit"})
    assert refused.status_code == 422
    assert "scheme.toml:indicator oil:full: 满分不能小于 0" in text_of(refused)
    done = client.post("/assessment/schemes/new/", {"text": month.SCHEME, "do": "edit", "once": "b"})
    assert done.url == path(SchemeVersion.objects.get(state="writing"))


def test_printed_and_handed_out(draft, login):
    client = login(draft.liuhaitao)
    page = text_of(client.get(f"/assessment/schemes/{draft.scheme.pk}/print/"))
    assert "按完成率(实际÷目标)在各点之间直线计分:80% 得 0%,100% 得 100%" in page
    answer = client.get(f"/assessment/schemes/{draft.scheme.pk}/scheme.xlsx")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    empty = start(draft)
    assert login(draft.zhaomin).get(f"/assessment/schemes/{empty.pk}/print/").status_code == 404
    assert login(draft.qianjin).get(f"/assessment/schemes/{empty.pk}/").status_code == 200


@pytest.mark.parametrize("page", ["", "head/", "dimensions/", "choose/", "add/", "indicators/oil/", "curve/"])
def test_others_stay_out(draft, login, page):
    answer = login(draft.qianjin).post(path(draft.draft, page), {**LIFE, "full-oil": "1"})
    assert answer.status_code == 403
    answer = login(draft.handong).post(path(draft.draft, page), {**LIFE, "full-oil": "1"})
    assert answer.status_code == 404
    assert fresh(draft.draft).text == draft.draft.text


def test_pages_cost_the_same_for_one_indicator_and_many(draft, login):
    client = login(draft.zhaomin)
    client.get(path(draft.draft))
    small = start(draft)
    save(small, lambda tables: tables.dimensions.append({"code": "d", "name": "维度", "cap": ""}), draft)
    counts = []
    for one in (small, draft.draft):
        with CaptureQueriesContext(connection) as caught:
            client.get(path(one))
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_version_lists_who_wrote_on_it(draft, login):
    save(draft.draft, set_full("oil", "60"), draft, by="陈晓燕")
    handed = actions.submit_draft(fresh(draft.draft), by=draft.zhaomin.user)
    assert "参与修改:陈晓燕" in text_of(login(draft.lijianguo).get(f"/assessment/schemes/{handed.pk}/"))
    assert "不同意,退回修改" not in text_of(login(draft.chenxiaoyan).get(f"/assessment/schemes/{handed.pk}/"))


def test_year_in_the_name_proposes_january(draft, login):
    handed = hand_in(draft, draft.scheme, lambda tables: tables.scheme.update(name="考核(2031年)"))
    assert 'value="2031-01"' in text_of(login(draft.lijianguo).get(f"/assessment/schemes/{handed.pk}/"))


def test_form_sent_after_the_draft_was_handed_in_is_kept(draft, login):
    actions.submit_draft(draft.draft, by=draft.zhaomin.user)
    answer = login(draft.zhaomin).post(path(draft.draft, "indicators/org_life/"), {**LIFE, "name": "改到一半"})
    assert answer.status_code == 422
    assert "这个版本不在编写中" in text_of(answer)
    assert 'value="改到一半"' in text_of(answer)


def test_far_numbers_are_told(draft, login):
    page = text_of(login(draft.zhaomin).post(path(draft.draft, "curve/"), {**LIFE, "x": ["1" + "0" * 20, "2" + "0" * 20]}))
    assert "都离这个规则太远" in page


@pytest.mark.parametrize(("source", "count"), [("pack", 40), ("", 0)])
def test_begun_from_the_pack_or_from_nothing(draft, login, source, count):
    client = login(draft.zhaomin)
    client.post("/assessment/schemes/start/", {"source": source, "once": "p"})
    begun = SchemeVersion.objects.latest("pk")
    assert (begun.state, begun.text.count("[[indicator]]")) == ("writing", count)
    assert client.get(path(begun)).status_code == 200


@pytest.mark.parametrize(("page", "form"), [("", {"full-oil": "1"}), ("head/", HEAD), ("dimensions/", {}), ("add/", LIFE)])
def test_published_version_takes_no_form(draft, login, page, form):
    client = login(draft.zhaomin)
    assert client.post(path(draft.scheme, page), form).status_code == 422
    assert client.get(path(draft.scheme, page)).url == f"/assessment/schemes/{draft.scheme.pk}/"
    assert fresh(draft.scheme).text == draft.scheme.text
