"""A draft beside the version in force: what differs, and whose place changes on the last month's confirmed figures."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.assessment import actions, kernel
from ronghe.assessment.models import Mark, Result, Run
from ronghe.assessment.queries.comparison import list_differences
from ronghe.assessment.queries.trials import list_months, try_out
from tests.assessment import month
from tests.assessment.drafts import hand_in, set_full, start

TRACKS = {"production": "采油站", "support": "综合保障"}


def parse(text):
    return kernel.read_scheme(text)


def test_same_scheme_gives_the_published_results(shown):
    scheme = parse(month.SCHEME)
    trial = try_out(shown.area, "2026-10", scheme, scheme)
    rows = {row.unit: row for table in trial.tables for row in table.rows}
    for result in Result.objects.filter(run=shown.run).select_related("unit"):
        row = rows[result.unit.name]
        assert (row.place, Decimal(row.total), row.grade) == (str(result.place or ""), result.total, result.grade)
    assert (trial.units, trial.moved, trial.changed, trial.without) == (5, 0, 0, [])


def test_places_change_with_the_weights(shown):
    """45 marks go from oil to 组织生活, of which each station has the same share as of oil."""
    new = parse(month.SCHEME.replace('full = 15\nmethod = "curve"', 'full = 60\nmethod = "curve"').replace("full = 55", "full = 10", 1))
    trial = try_out(shown.area, "2026-10", parse(month.SCHEME), new)
    rows = {row.unit: row for table in trial.tables for row in table.rows}
    first, third = rows["注采一站"], rows["注采三站"]
    assert (first.old_total, first.total, first.reasons) == ("81.00", "81.00", "组织生活按期完成率 +33.75、原油产量 −33.75")
    assert (third.old_total, third.total) == ("65.00", "65.00")
    assert (trial.changed, trial.moved) == (2, 0)  # the offices, which have no oil


def test_place_moves_are_counted(shown):
    new = parse(month.SCHEME.replace("bands = [[0, 1], [0.01, 0.6], [5, 0.3], [10, 0]]", "bands = [[0, 1], [0.01, -2]]"))
    trial = try_out(shown.area, "2026-10", parse(month.SCHEME), new)
    rows = [(row.unit, row.old_place, row.place, row.total) for row in trial.tables[0].rows]
    assert rows == [("注采一站", "2", "1", "81.00"), ("注采三站", "3", "2", "65.00"), ("注采二站", "1", "3", "55.00")]
    assert (trial.moved, trial.changed) == (3, 3)


def test_nothing_is_kept(shown):
    before = (Run.objects.count(), Mark.objects.count())
    try_out(shown.area, "2026-10", None, parse(month.SCHEME))
    assert (Run.objects.count(), Mark.objects.count()) == before


def test_indicator_without_figures_is_named(shown):
    new = parse(month.SCHEME.replace('code = "oil"\nname = "原油产量"', 'code = "gas"\nname = "天然气产量"').replace('["oil"]', "[]"))
    assert try_out(shown.area, "2026-10", parse(month.SCHEME), new).without == ["天然气产量"]


def test_months_are_those_with_published_results(shown):
    assert list_months(shown.area.pk) == ["2026-10"]
    assert list_months(shown.other.pk) == []


def test_differences_are_told_in_words():
    old = parse(month.SCHEME)
    new = parse(
        month.SCHEME.replace("full = 55", "full = 50", 1)
        .replace("each = -1.5", "each = -3")
        .replace('name = "宣传上级精神"', 'name = "宣传"\ncap = 16')
        .replace("min = 90", "min = 93")
        .replace('code = "service"\nname = "服务保障评分"', 'code = "care"\nname = "服务"')
    )
    found = [(row.where, row.what, row.word, row.old, row.new) for row in list_differences(old, new, TRACKS)]
    assert found == [
        ("方案", "等级", "修改", "优秀 ≥ 90、良好 ≥ 80、合格 ≥ 60、不合格 ≥ 0", "优秀 ≥ 93、良好 ≥ 80、合格 ≥ 60、不合格 ≥ 0"),
        ("维度 宣传", "名称", "修改", "宣传上级精神", "宣传"),
        ("维度 宣传", "封顶", "修改", "—", "16"),
        ("指标 组织生活按期完成率", "维度", "修改", "宣传上级精神", "宣传"),
        (
            "指标 集体访越级访起数", "计分办法", "修改",
            "起算 15 分,每发生一起减 1.5 分;最低 0 分,最高 15 分", "起算 15 分,每发生一起减 3 分;最低 0 分,最高 15 分",
        ),
        ("指标 原油产量", "满分", "修改", "55", "50"),
        ("指标 服务保障评分", "指标", "删除", "满分 55,按评定分直接计,0 到 55 分,夯基础创效益", "—"),
        ("指标 服务", "指标", "新增", "—", "满分 55,按评定分直接计,0 到 55 分,夯基础创效益"),
    ]  # fmt: skip
    assert list_differences(old, old, TRACKS) == []


def test_order_is_told():
    old = parse(month.SCHEME)
    first = '[[dimension]]\ncode = "propaganda"\nname = "宣传上级精神"\n'
    new = parse(month.SCHEME.replace(first, "").replace('name = "作思想政治工作"\n', f'name = "作思想政治工作"\n{first}'))
    assert [(row.what, row.new) for row in list_differences(old, new, TRACKS)] == [
        ("维度次序", "作思想政治工作、宣传上级精神、彰显作风形象、夯基础创效益")
    ]


@pytest.fixture
def handed(shown):
    shown.draft = hand_in(shown, shown.run.scheme, set_full("oil", "50"))
    return shown


def test_second_person_sees_whose_place_changes(handed, login):
    page = login(handed.lijianguo).get(f"/assessment/schemes/{handed.draft.pk}/compare/").content.decode()
    for words in ("用2026年10月已确认的数据试算", "指标 原油产量", "原油产量 −3.75", "5 个单位中,0 个名次会变,3 个有变化"):
        assert words in page
    answer = login(handed.lijianguo).get(f"/assessment/schemes/{handed.draft.pk}/compare.xlsx")
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_others_see_rules_and_no_units(handed, login):
    actions.publish_scheme(handed.draft, by=handed.lijianguo.user, valid_from="2027-01")
    page = login(handed.liuhaitao).get(f"/assessment/schemes/{handed.draft.pk}/compare/").content.decode()
    assert "指标 原油产量" in page
    assert "试算" not in page.split("<main")[1].replace("对比与试算", "")


@pytest.mark.parametrize(("query", "status"), [("?with=999999", 404), ("?with=x", 404), ("?period=2020-01", 404), ("?period=2026-10", 200)])
def test_what_is_not_there_is_not_found(handed, login, query, status):
    assert login(handed.lijianguo).get(f"/assessment/schemes/{handed.draft.pk}/compare/{query}").status_code == status


def test_draft_stays_hidden_from_readers(handed, login):
    assert login(handed.liuhaitao).get(f"/assessment/schemes/{handed.draft.pk}/compare/").status_code == 404
    other = login(handed.liuhaitao).get(f"/assessment/schemes/{handed.run.scheme.pk}/compare/?with={handed.draft.pk}")
    assert other.status_code == 404


def test_unfinished_draft_says_what_is_missing(handed, login):
    empty = start(handed)
    page = login(handed.zhaomin).get(f"/assessment/schemes/{empty.pk}/compare/").content.decode()
    assert "scheme.toml:scheme:name: 缺少必需的键" in page


def test_trial_costs_the_same_for_any_number_of_units(shown):
    scheme = parse(month.SCHEME)
    counts = []
    for track in ("support", "production"):
        only = parse(month.SCHEME.replace('tracks = ["production"]', f'tracks = ["{track}"]'))
        with CaptureQueriesContext(connection) as caught:
            try_out(shown.area, "2026-10", scheme, only)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 10
