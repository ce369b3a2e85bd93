"""The marked copy: the sheet as read, each problem at its cell, a list; and it can be corrected and sent again."""

import io

import openpyxl

from ronghe.common.sheets.marked import write_marked_copy
from tests.figures.reading.builders import GOOD_ROWS, HEADER, REQUEST, list_errors, list_figures, make_csv, make_xls, make_xlsx, read_here


def mark(data, filename="月报.xlsx"):
    reading = read_here(data)
    return reading, openpyxl.load_workbook(io.BytesIO(write_marked_copy(data, reading.sheet, reading.problems)))


def test_each_problem_stands_at_its_cell_and_in_the_list():
    reading, book = mark(make_xlsx([["2026年10月"], HEADER, ["采油一站", "1e309", 95, 1, "—"]]))
    sheet, listed = book["Sheet1"], book["问题清单"]
    assert sheet["B3"].value == "1e309"
    assert sheet["B3"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["B3"].comment.text.startswith("第 3 行 B 列「原油产量」:「1e309」不是可用的数字")
    assert sheet["E3"].fill.fgColor.rgb == "FFFFF2CC"
    assert sheet["C3"].value == 95
    assert sheet["C3"].comment is None
    rows = list(listed.iter_rows(values_only=True))
    assert rows[0] == ("工作表", "行", "列", "类别", "原内容", "问题")
    assert rows[1] == ("Sheet1", "3", "B", "须改正", "1e309", list_errors(reading)[0])
    assert rows[2][3] == "提示"


def test_a_corrected_copy_can_be_sent_again():
    def change(sheet):
        sheet.merge_cells("A1:E1")
        sheet.merge_cells("B2:C2")
        sheet.row_dimensions[4].hidden = True

    rows = [["2026年10月生产指标"], ["单位", "生产"], ["", *HEADER[1:]], ["采油一站", "坏", 0.95, 1, 0]]
    _, book = mark(make_xlsx(rows, change=change, formats={"C4": "0%"}))
    sheet = book["Sheet1"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:E1", "B2:C2"}
    assert sheet.row_dimensions[4].hidden
    sheet["B4"] = 12
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read_here(buffer.getvalue())
    assert reading.errors == ()
    assert list_figures(reading)[("s1", "oil")] == 12
    assert list_figures(reading)[("s1", "rate")] == 95


def test_other_formats_are_marked_too():
    rows = [HEADER, ["采油一站", "坏", 95, 1, 0]]
    for data in (make_csv(rows, encoding="gbk"), make_xls(rows)):
        _, book = mark(data)
        assert book.worksheets[0]["B2"].comment is not None


def test_a_file_that_cannot_be_read_gives_the_list_alone():
    _, book = mark(b"%PDF-1.7")
    assert book.sheetnames == ["问题清单"]
    assert book["问题清单"]["F2"].value == "这是 PDF 文件,不是表格。请上传 .xlsx、.xls 或 .csv"


def test_overlapping_merges_and_strange_names_do_no_harm():
    def change(sheet):
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("B1:D2")

    _, book = mark(make_csv([["=坏", "原油产量"], ["采油一站", 1]]))
    assert book.sheetnames == ["CSV", "问题清单"]
    _, book = mark(make_xlsx(GOOD_ROWS, change=change, name="问题清单"))
    assert book.sheetnames == ["问题清单2", "问题清单"]


def test_no_text_becomes_a_formula():
    texts = ["=1+1", "+1+1", "-a", "@SUM(1)", "＝cmd", "＋1", "－x", "＠x", "\t=1", '=HYPERLINK("http://x")']
    rows = [["单位", "原油产量", *texts], ["采油一站", "=cmd|' /C calc'!A0", *texts]]
    _, book = mark(make_csv(rows))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and cell.value.strip().startswith(("=", "+", "@", "＝", "＋", "＠")):
                    assert cell.quotePrefix
    assert REQUEST.period == "2026-10"


def test_a_problem_inside_a_merged_range_stands_at_its_first_cell():
    def merge(sheet):
        sheet.merge_cells("B1:C1")

    _, book = mark(make_xlsx([["单位", "神秘指标", None], ["", "原油产量", "?"], ["采油一站", 1, 2]], change=merge))
    assert book["Sheet1"]["B1"].value == "神秘指标"
    assert [row[5].value for row in book["问题清单"].iter_rows(min_row=2)] != []
