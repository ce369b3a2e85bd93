"""What cannot be read for certain is named by sheet, row and column, in words that say what to do."""

import pytest

from tests.figures.reading.builders import (
    GOOD_ROWS,
    HEADER,
    change_part,
    list_errors,
    list_figures,
    list_notes,
    make_xlsx,
    read_here,
    read_rows,
)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (1, "1e309", "第 2 行 B 列「原油产量」:「1e309」不是可用的数字,请填普通数字,如 1234.5"),
        (1, "NaN", "第 2 行 B 列「原油产量」:「NaN」不是可用的数字,请填普通数字,如 1234.5"),
        (1, "Infinity", "第 2 行 B 列「原油产量」:「Infinity」不是可用的数字,请填普通数字,如 1234.5"),
        (1, "检修", "第 2 行 B 列「原油产量」:「检修」不是可用的数字,请填普通数字,如 1234.5"),
        (1, 1234567890123, "第 2 行 B 列「原油产量」:「1234567890123」太大,小数点前最多 12 位"),
        (1, 1.1234567, "第 2 行 B 列「原油产量」:「1.1234567」小数太长,小数点后最多 6 位"),
        (1, "=1/0", "第 2 行 B 列「原油产量」:公式没有保存计算结果,请用 WPS 或 Excel 打开、保存一次再传,或直接填数字"),
        (1, "#DIV/0!", "第 2 行 B 列「原油产量」:公式出错「#DIV/0!」,请改好公式或直接填数字"),
        (1, True, "第 2 行 B 列「原油产量」:「TRUE」不是数字,请填普通数字,如 1234.5"),
        (2, 0.95, "第 2 行 C 列「油井利用率」:「0.95」可能是 95%,也可能是 0.95%,请写明百分号,如 95%"),
        (3, "95%", "第 2 行 D 列「单位操作成本」:「95%」是百分数,而这里的单位是「元/t」,请填普通数字"),
        (4, -1, "第 2 行 E 列「事故起数」:「-1」是负数,次数(起数)只能是 0 或正整数"),
        (4, 0.5, "第 2 行 E 列「事故起数」:「0.5」不是整数,次数(起数)只能是 0 或正整数"),
    ],
)
def test_a_bad_cell_is_named_and_the_others_are_read(column, value, message):
    rows = [list(row) for row in GOOD_ROWS]
    rows[1][column] = value
    reading = read_rows(rows)
    assert list_errors(reading) == [message]
    assert (reading.errors[0].sheet, reading.errors[0].row, reading.errors[0].column) == ("Sheet1", 2, "ABCDE"[column])
    assert len(list_figures(reading)) == 11
    assert reading.blanks == ()


def test_a_number_that_excel_made_a_date_is_named():
    reading = read_rows([["单位", "原油产量"], ["采油一站", 46086]], formats={"B2": 'm"月"d"日"'})
    assert list_errors(reading) == ["第 2 行 B 列「原油产量」:被表格软件当成了日期「2026-03-05」,请把单元格格式改为「常规」后重填数字"]


def test_a_double_beyond_all_is_named():
    data = change_part(
        make_xlsx([["单位", "原油产量"], ["采油一站", 7]]),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("<v>7</v>", "<v>1e309</v>"),
    )
    assert list_errors(read_here(data)) == ["第 2 行 B 列「原油产量」:「1e309」不是可用的数字,请填普通数字,如 1234.5"]


def test_a_formula_with_a_stored_value_is_read():
    data = change_part(
        make_xlsx([["单位", "原油产量"], ["采油一站", 7]]),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("<v>7</v>", "<f>14/2</f><v>7</v>"),
    )
    assert list(list_figures(read_here(data)).values()) == [7]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([HEADER, ["采油一站", 1, 95, 1, 0], ["采油一站", 2, 95, 1, 0]], "第 3 行 A 列:「采油一站」与第 2 行重复,只能保留一行"),
        ([HEADER, ["采油一站", 1, 95, 1, 0], ["采油九站", 2, 95, 1, 0]], "第 3 行 A 列:不认识单位「采油九站」,请用单位的名称或代码"),
        ([HEADER, ["采油九站", 2, 95, 1, 0], ["采油一站", 1, 95, 1, 0]], "第 2 行 A 列:不认识单位「采油九站」,请用单位的名称或代码"),
        ([HEADER, ["采油一站", 1, 95, 1, 0], [None, 2, 95, 1, 0]], "第 3 行 A 列:这一行没有单位名称,但有数字;请补上单位,或删去这一行"),
        ([["单位", "原油产量", "产油量"], ["采油一站", 1, 2]], "第 1 行 C 列「产油量」:与 B 列是同一个指标,只能保留一处"),
        (
            [["单位", "原油产量", "注水量(m³)"], ["采油一站", 1, 2]],
            "第 1 行 C 列「注水量(m³)」:不认识这一列,但里面有数字;请用指标的名称或代码作列名,或删去这一列",
        ),
        (
            [["单位", "注水量(m³)", "原油产量"], ["采油一站", 1, 2]],
            "第 1 行 B 列「注水量(m³)」:不认识这一列,但里面有数字;请用指标的名称或代码作列名,或删去这一列",
        ),
        (
            [["单位", "原油产量(万吨)"], ["采油一站", "1.2万"]],
            "第 2 行 B 列「原油产量」:「1.2万」带了「万」一类的字,而列名里已经写了单位,请只填数字",
        ),
        ([["单位", "原油产量", None], ["采油一站", 1, 2]], "第 1 行 C 列:这一列没有列名,但里面有数字;请写上指标名称,或删去这一列"),
        (
            [["单位", "原油产量(元)", "油井利用率"], ["采油一站", 1, 95]],
            "第 1 行 B 列「原油产量(元)」:写的单位是「元」,而「原油产量」的单位是「t」,请改用「t」填报",
        ),
        (
            [["2026年9月生产指标"], ["单位", "原油产量"], ["采油一站", 1]],
            "第 1 行 A 列:表上写的是 2026年9月,而现在要填报的是 2026年10月,请核对是否传错了表",
        ),
        (
            [["九月份生产指标"], ["单位", "原油产量"], ["采油一站", 1]],
            "第 1 行 A 列:表上写的是 2026年9月,而现在要填报的是 2026年10月,请核对是否传错了表",
        ),
        ([["代码", "单位", "原油产量"], ["s1", "采油二站", 1]], "第 2 行 B 列:同一行写了两个单位:「采油二站」和「采油一站」"),
        (
            [["单位:万吨"], ["单位", "原油产量"], ["采油一站", 1]],
            "第 1 行 A 列:表上写着「单位:万吨」,而「原油产量」的单位是「t」(相差 10000 倍);请在列名里写明单位,如「原油产量(万吨)」",
        ),
        ([["单位", "甲"], ["采油一站", 1]], "没有认出要上报的指标。请用下载的模板,或用指标的名称、代码作列名"),
        ([["单位", "原油产量"], ["采油九站", 1]], "工作表「Sheet1」第 1 行认出了 1 个指标,但没有认出任何单位;请用单位的名称或代码作行名"),
    ],
)
def test_a_bad_row_column_or_title_is_named(rows, message):
    assert list_errors(read_rows(rows)) == [message]


@pytest.mark.parametrize(
    "title",
    ["2026年10月", "2026年1-10月累计与10月", "1—9月完成情况 2026年10月", "对比2026年9月、2026年10月", "填报日期:2026年11月2日", "生产指标"],
)
def test_a_title_that_fits_is_no_problem(title):
    assert list_errors(read_rows([[title], ["单位", "原油产量"], ["采油一站", 1]])) == []


def test_two_sheets_that_match_are_asked_about():
    rows = [["单位", "原油产量"], ["采油一站", 1]]
    reading = read_rows(rows, sheets=[("Sheet2", rows)])
    assert list_errors(reading) == ["有 2 张工作表都像要上报的表:「Sheet1」、「Sheet2」;请只保留一张,或在表名里写明月份"]
    assert reading.cells == ()


def test_a_sheet_named_for_another_month_is_refused():
    assert list_errors(read_rows([["单位", "原油产量"], ["采油一站", 1]], name="9月")) == [
        "工作表「9月」写的是 2026年9月,而现在要填报的是 2026年10月,请核对是否传错了表"
    ]


def test_many_problems_are_cut_with_a_count():
    reading = read_rows([["单位", "原油产量"], ["采油一站", 1], *[[f"采油{number}00站", 1] for number in range(600)]])
    assert len(reading.problems) == 501
    assert list_errors(reading)[-1] == "还有 100 处问题没有列出,请先改好以上各处再传"


def test_a_thousands_comma_that_split_a_cell_is_named():
    text = "单位,原油产量,油井利用率,事故起数,备注\n采油一站,3,456.7,95%,好\n采油二站,3,456.7,95,0,好\n"
    assert list_errors(read_here(text.encode())) == [
        "第 2 行 D 列「事故起数」:「95%」是百分数,而这里的单位是「起」,请填普通数字",
        "第 3 行 F 列:这一行比表头多出几格;如果数字里有逗号(如 3,456),请去掉逗号,或另存为 .xlsx 再传",
    ]


def test_a_station_that_looks_like_a_note_is_named():
    assert list_errors(read_rows([["单位", "原油产量"], ["采油一站", 1], ["注水二站", 2]])) == [
        "第 3 行 A 列:不认识单位「注水二站」,请用单位的名称或代码"
    ]


def test_a_figure_with_its_own_unit_is_not_scaled_twice():
    reading = read_rows([["单位", "原油产量(万吨)", "油井利用率(‰)"], ["采油一站", "0.3万吨", "95%"], ["采油二站", 0.3, 950]])
    assert list_errors(reading) == []
    assert list(list_figures(reading).values()) == [3000, 95, 3000, 95]


def test_a_file_named_for_another_month_is_noted():
    data = make_xlsx([["单位", "原油产量"], ["采油一站", 1]])
    assert list_notes(read_here(data, filename="9月报表.xlsx")) == [
        "文件名里写的是 2026年9月,而现在要填报的是 2026年10月,请核对是否传错了表"
    ]
    assert list_notes(read_here(data, filename="10月报表.xlsx")) == []
