"""The wide form as stations send it."""

import dataclasses
from decimal import Decimal

import pytest

from ronghe.figures.reading import Indicator, Unit
from tests.figures.reading.builders import (
    EXPECTED,
    GOOD_ROWS,
    HEADER,
    REQUEST,
    list_errors,
    list_figures,
    list_notes,
    make_xlsx,
    read_here,
    read_rows,
)


def test_a_plain_sheet_is_read_whole():
    reading = read_rows(GOOD_ROWS)
    assert list_figures(reading) == EXPECTED
    assert (reading.problems, reading.blanks, reading.form, reading.sheet) == ((), (), "wide", "Sheet1")
    cell = reading.cells[0]
    assert (cell.row, cell.column, cell.raw, cell.sheet) == (2, "B", "3456.7", "Sheet1")


def test_what_each_column_was_taken_for_is_told():
    columns = {column.place: (column.meaning, column.indicator) for column in read_rows(GOOD_ROWS).columns}
    assert columns == {
        "A 列": ("单位(班站)", ""),
        "B 列": ("原油产量", "oil"),
        "C 列": ("油井利用率", "rate"),
        "D 列": ("单位操作成本", "cost"),
        "E 列": ("事故起数", "accident"),
    }


def test_a_real_sheet_with_titles_groups_units_blanks_totals_and_signatures():
    def merge(sheet):
        sheet.merge_cells("A1:I1")
        sheet.merge_cells("A3:A5")
        sheet.merge_cells("B3:B5")
        sheet.merge_cells("C3:E3")
        sheet.merge_cells("F3:H3")

    reading = read_rows(
        [
            ["示范采油管理区2026年10月份生产经营指标完成情况表"],
            ["填报单位:示范采油管理区", None, None, None, None, None, None, "填报日期:2026年11月2日"],
            ["序号", "班 站\n名 称", "生产指标", None, None, "经营安全", None, None, "备注"],
            [None, None, "原油产量", "", "油井\n利用率", "单位操作成本", "污染\n事故", ""],
            [None, None, "（吨）", None, "（％）", "(元/吨)", "(起)"],
            [],
            [1, "采油一站", "３，４５６．７", None, "95.5%", 612.34, 0, None, "正常"],
            [],
            [2, "采油二站党小组", "2,100", None, "96", "598.1", "1"],
            [3, "集输站", 0, None, 97.25, 601, 0],
            [None, "合计", 5556.7, None, 96.2, 603, 1],
            ["注:本表每月3日前报送。"],
            ["单位负责人:张三", None, None, "制表人:李四"],
        ],
        change=merge,
    )
    assert list_figures(reading) == EXPECTED
    assert reading.problems == ()
    assert {entry.why for entry in reading.ignored} >= {"合计行,不读取", "说明行,不读取"}


def test_plan_and_actual_under_one_indicator():
    def merge(sheet):
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:E1")

    rows = [["班站", "原油产量(t)", None, None, None], [None, "计划", "实际", "完成率%", "累计"], ["采油一站", 100, 95, 95, 900]]
    reading = read_rows(rows, change=merge)
    assert list_figures(reading) == {("s1", "oil"): Decimal(95)}
    assert not reading.errors
    assert [entry.why for entry in reading.ignored] == ["本次不收目标值", "「完成率」不是本月数,不读取", "「累计」不是本月数,不读取"]
    reading = read_here(make_xlsx(rows, change=merge), dataclasses.replace(REQUEST, extra_fields=("target",)))
    assert list_figures(reading, "target") == {("s1", "oil"): Decimal(100)}


def test_plan_above_the_indicators():
    def merge(sheet):
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("D1:E1")

    reading = read_rows(
        [["班站", "计划", None, "实际", None], [None, "原油产量", "油井利用率", "原油产量", "油井利用率"], ["采油一站", 100, 96, 95, 97]],
        change=merge,
    )
    assert list_figures(reading) == {("s1", "oil"): Decimal(95), ("s1", "rate"): Decimal(97)}
    assert not reading.errors


def test_plan_and_actual_as_rows_of_a_station():
    def merge(sheet):
        sheet.merge_cells("A2:A4")

    reading = read_rows(
        [
            ["班站", "项目", "原油产量", "油井利用率"],
            ["采油一站", "计划", 100, 96],
            [None, "实际", 95, 97],
            [None, "完成率", "95%", "101%"],
        ],
        change=merge,
    )
    assert list_figures(reading) == {("s1", "oil"): Decimal(95), ("s1", "rate"): Decimal(97)}
    assert not reading.errors


def test_a_transposed_sheet():
    reading = read_rows(
        [["指标", "单位", "采油一站", "采油二站"], ["原油产量", "t", 10, 20], ["油井利用率", "%", "95%", "坏"], ["备注", None, "好", None]]
    )
    assert reading.form == "transposed"
    assert list_figures(reading) == {("s1", "oil"): Decimal(10), ("s2", "oil"): Decimal(20), ("s1", "rate"): Decimal(95)}
    assert list_errors(reading) == ["第 3 行 D 列「油井利用率」:「坏」不是可用的数字,请填普通数字,如 1234.5"]
    assert (reading.errors[0].row, reading.errors[0].column) == (3, "D")
    assert (reading.cells[0].row, reading.cells[0].column) == (2, "C")


@pytest.mark.parametrize(
    "heading",
    [
        "原油产量",
        "oil",
        "OIL",
        "产油量",
        "原油产量(t)",
        "原油产量（吨）",
        "原油产量【t】",
        "原 油\n产 量",
        "原油产量/t",
        "本月原油产量",
        "原油产量完成值",
        "10月原油产量",
        "2026年10月原油产量",
        "原油产量(oil)",
        "原油产量:实际(吨)",
        "原油产量*",
        "原油产量,t",
    ],
)
def test_a_column_is_known_by_name_code_or_alias(heading):
    assert list_figures(read_rows([["单位", heading], ["采油一站", 10]])) == {("s1", "oil"): Decimal(10)}


@pytest.mark.parametrize("name", ["采油一站", "s1", "S1", "一站", "采油一站党小组", " 采油\n一站 ", "采油１站", "采油1站"])
def test_a_station_is_known_by_name_code_or_alias(name):
    assert list_figures(read_rows([["单位", "原油产量"], [name, 10]])) == {("s1", "oil"): Decimal(10)}


def test_a_bent_name_is_noted():
    assert list_notes(read_rows([["单位", "原油产量"], ["采油1站", 10]])) == ["第 2 行 A 列:「采油1站」按「采油一站」读取"]


def test_a_column_in_ten_thousands_is_converted_and_noted():
    reading = read_rows([["单位", "原油产量(万吨)"], ["采油一站", 0.3]])
    assert list_figures(reading) == {("s1", "oil"): Decimal(3000)}
    assert list_notes(reading) == ["第 1 行 B 列「原油产量(万吨)」:按「万吨」填写,已乘以 10000 换算为「t」"]


def test_hidden_rows_and_columns_are_read_and_noted():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    reading = read_rows(GOOD_ROWS, change=hide)
    assert list_figures(reading) == EXPECTED
    assert list_notes(reading) == ["第 3 行是隐藏的,已照常读取", "C 列是隐藏的,已照常读取"]


def test_percent_cells_are_read_by_their_format():
    reading = read_rows([["单位", "油井利用率"], ["采油一站", 0.955], ["采油二站", "95.5%"], ["集输站", 95.5]], formats={"B2": "0.0%"})
    assert set(list_figures(reading).values()) == {Decimal("95.5")}
    assert not reading.problems


def test_a_quoted_percent_sign_is_no_percent_format():
    reading = read_rows([["单位", "油井利用率"], ["采油一站", 95.5]], formats={"B2": '0.0"%"'})
    assert list_figures(reading) == {("s1", "rate"): Decimal("95.5")}


def test_blank_figures_are_listed_apart():
    reading = read_rows([HEADER, ["采油一站", None, "—", 3, 0]])
    assert reading.is_clean
    blanks = {(blank.unit, blank.indicator, blank.row, blank.column) for blank in reading.blanks}
    assert ("s1", "rate", 2, "C") not in blanks  # written out: nothing to report
    assert {("s1", "oil", 2, "B"), ("s2", "oil", None, "")} <= blanks
    assert len(blanks) == 9


def test_figures_of_others_are_refused_but_repeats_are_noted():
    request = dataclasses.replace(REQUEST, allowed=frozenset({("s1", "oil")}), known={("s2", "oil"): Decimal(20)})
    reading = read_rows([["单位", "原油产量", "油井利用率"], ["采油一站", 10, None], ["采油二站", 20, None], ["集输站", 30, "—"]], request)
    assert list_figures(reading) == {("s1", "oil"): Decimal(10)}
    assert list_notes(reading) == ["第 3 行 B 列「原油产量」:「采油二站」的「原油产量」不由您填报,与已有数字相同,未读取"]
    assert list_errors(reading) == ["第 4 行 B 列「原油产量」:「集输站党小组」的「原油产量」不由您填报,请清空这一格"]


def test_the_sheet_that_matches_is_picked():
    other = [["单位", "原油产量"], ["采油一站", 1]]
    reading = read_rows(
        [["填表说明"]], name="说明", sheets=[("9月", other), ("10月", [["单位", "原油产量"], ["采油一站", 2]]), ("数据源", other)]
    )
    assert reading.sheet == "10月"
    assert list_figures(reading) == {("s1", "oil"): Decimal(2)}
    assert [entry.place for entry in reading.ignored] == ["工作表「说明」", "工作表「9月」", "工作表「数据源」"]


def test_a_note_column_beside_the_figures_is_ignored():
    reading = read_rows([["单位", "原油产量", "备注", "情况说明(可不填)", "联系电话"], ["采油一站", 1, "停井3天", "无", 13800000000]])
    assert reading.is_clean
    assert [entry.place for entry in reading.ignored] == ["C 列", "D 列", "E 列"]


def test_names_that_two_indicators_share_are_asked_about():
    request = dataclasses.replace(REQUEST, indicators=(*REQUEST.indicators, Indicator("oil2", "新井产量", ("产量",), "t")))
    assert (
        list_errors(read_rows([["单位", "产量", "油井利用率"], ["采油一站", 1, 2]], request))[0]
        == "第 1 行 B 列「产量」:可能是「原油产量」、「新井产量」,请用指标代码区分"
    )


def test_names_that_two_units_share_are_asked_about():
    request = dataclasses.replace(REQUEST, units=(*REQUEST.units, Unit("s9", "东区一站", ("一站",))))
    assert list_errors(read_rows([["单位", "原油产量"], ["一站", 1], ["采油二站", 1]], request)) == [
        "第 2 行 A 列:「一站」可能是几个单位,请用单位代码区分"
    ]


def test_a_remark_with_a_number_in_it_is_no_figure():
    reading = read_rows([["单位", "原油产量", "存在的困难"], ["采油一站", 1, "3口井停"], ["采油二站", 2, "无"]])
    assert reading.is_clean
    assert [entry.why for entry in reading.ignored] == ["不认识这一列,里面没有数字,不读取"]


def test_a_name_merged_over_two_rows_with_one_of_figures():
    reading = read_rows(
        [["单位", "原油产量"], ["采油一站", 1], [None, None], ["采油二站", 2]], change=lambda sheet: sheet.merge_cells("A2:A3")
    )
    assert reading.is_clean
    assert list_figures(reading) == {("s1", "oil"): Decimal(1), ("s2", "oil"): Decimal(2)}


def test_a_year_in_columns_gives_its_month():
    def merge(sheet):
        sheet.merge_cells("B1:D1")

    reading = read_rows([["单位", "原油产量"], [None, "9月", "10月", "11月"], ["采油一站", 1, 2, None]], change=merge)
    assert list_figures(reading) == {("s1", "oil"): Decimal(2)}
    assert reading.is_clean


def test_months_in_rows_give_their_month():
    reading = read_rows([["单位", "月份", "原油产量"], ["采油一站", "9月", 1], ["采油一站", "10月", 2]])
    assert list_figures(reading) == {("s1", "oil"): Decimal(2)}
    assert reading.is_clean
