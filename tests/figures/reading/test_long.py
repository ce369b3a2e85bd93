"""The long form of the scoring contract, and its Chinese cousins."""

import dataclasses
import datetime
from decimal import Decimal

from tests.figures.reading.builders import REQUEST, list_errors, list_figures, list_notes, make_csv, read_here, read_rows

WITH_TARGETS = dataclasses.replace(REQUEST, extra_fields=("target", "base"))
CONTRACT = ["unit", "track", "period", "indicator", "actual", "target", "base"]


def test_the_contract_form_is_read_exactly():
    rows = [
        CONTRACT,
        ["s1", "-", "2026-10", "oil", "10", "12", "9"],
        ["s2", "", "2026-10", "rate", "0.95", "", ""],
        ["s2", "", "2026-10", "oil", "", "5", ""],
    ]
    reading = read_here(make_csv(rows), WITH_TARGETS)
    assert (reading.form, reading.problems) == ("long", ())
    assert list_figures(reading) == {("s1", "oil"): Decimal(10), ("s2", "rate"): Decimal("0.95")}
    assert list_figures(reading, "target") == {("s1", "oil"): Decimal(12), ("s2", "oil"): Decimal(5)}
    assert list_figures(reading, "base") == {("s1", "oil"): Decimal(9)}
    assert ("s2", "oil", 4, "E") in {(blank.unit, blank.indicator, blank.row, blank.column) for blank in reading.blanks}


def test_targets_are_left_out_where_none_are_asked_for():
    reading = read_here(make_csv([CONTRACT, ["s1", "-", "2026-10", "oil", "10", "12", "9"]]))
    assert list_figures(reading, "target") == {}
    assert "本次不收目标值" in [entry.why for entry in reading.ignored]


def test_chinese_headers_measures_and_dates():
    rows = [["2026年10月指标填报"], ["序号", "单位", "指标名称", "计量单位", "期间", "目标值", "实际完成", "备注"]]
    rows += [
        [1, "采油一站", "原油产量", "万吨", datetime.date(2026, 10, 1), 1, 0.5, "好"],
        [2, "采油二站", "油井利用率(%)", "%", "2026年10月", None, "95%", None],
        ["合计"],
    ]
    reading = read_rows(rows)
    assert list_figures(reading) == {("s1", "oil"): Decimal(5000), ("s2", "rate"): Decimal(95)}
    assert list_errors(reading) == []


def test_the_word_unit_may_mean_the_measure():
    rows = [["采油一站2026年10月指标表"], ["指标", "单位", "计划", "实际"], ["原油产量", "t", 10, 11], ["事故起数", "起", 0, 0]]
    reading = read_rows(rows)
    assert list_figures(reading) == {("s1", "oil"): Decimal(11), ("s1", "accident"): Decimal(0)}
    assert list_notes(reading) == ["没有单位列,全部按「采油一站」读取"]


def test_a_sheet_that_names_no_unit_is_asked_about():
    assert list_errors(read_rows([["指标", "实际"], ["原油产量", 11]])) == [
        "工作表「Sheet1」没有单位列,也看不出是哪个单位的;请加一列「单位」"
    ]


def test_what_is_wrong_in_a_row_is_named():
    rows = [
        CONTRACT,
        ["s1", "", "2026-09", "oil", "1", "", ""],
        ["s9", "", "2026-10", "oil", "1", "", ""],
        ["s1", "", "2026-10", "gas", "1", "", ""],
    ]
    rows += [
        ["s2", "", "2026-10", "oil", "1", "", ""],
        ["s2", "", "2026-10", "oil", "2", "", ""],
        ["", "", "2026-10", "oil", "1", "", ""],
        ["s3", "", "", "oil", "1", "", ""],
    ]
    rows += [["s3", "", "2026-10", "oil", "1e309", "", ""], ["s3", "", "2026-10", "accident", "-1", "", ""]]
    assert list_errors(read_here(make_csv(rows))) == [
        "第 2 行 C 列:期间是「2026-09」,而现在要填报的是 2026年10月(2026-10)",
        "第 3 行 A 列:不认识单位「s9」,请用单位的名称或代码",
        "第 4 行 D 列:不认识指标「gas」,请用指标的名称或代码",
        "第 6 行 E 列「原油产量」:与第 5 行 E 列重复,只能保留一处",
        "第 7 行 A 列:这一行没有单位名称,但有数字;请补上单位,或删去这一行",
        "第 8 行 C 列:没有写期间,请写 2026-10",
        "第 9 行 E 列「原油产量」:「1e309」不是可用的数字,请填普通数字,如 1234.5",
        "第 10 行 E 列「事故起数」:「-1」是负数,次数(起数)只能是 0 或正整数",
    ]
