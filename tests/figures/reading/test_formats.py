"""Every kind of file, told by its content; what is no sheet gets a clear answer."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
import xlwt

from ronghe.common.sheets.container import OLE_MAGIC
from tests.figures.reading.builders import (
    EXPECTED,
    GOOD_ROWS,
    HEADER,
    list_errors,
    list_figures,
    list_notes,
    make_csv,
    make_xls,
    make_xlsx,
    read_here,
)


@pytest.mark.parametrize("filename", ["月报.xls", "月报.xlsx", "月报.csv", "月报"])
@pytest.mark.parametrize("kind", ["xls", "xlsx"])
def test_a_workbook_is_read_whatever_its_name(kind, filename):
    reading = read_here(make_xls(GOOD_ROWS) if kind == "xls" else make_xlsx(GOOD_ROWS), filename=filename)
    assert list_figures(reading) == EXPECTED
    assert reading.format == kind
    assert not reading.problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimited_text_in_any_encoding(encoding, delimiter):
    reading = read_here(make_csv(GOOD_ROWS, encoding=encoding, delimiter=delimiter), filename="月报.csv")
    assert list_figures(reading) == EXPECTED
    assert (reading.format, reading.problems) == ("csv", ())


def test_an_old_xls_tells_percents_errors_dates_hidden_rows_and_merges():
    def change(sheet):
        sheet.row(3).hidden = True
        sheet.write_merge(0, 0, 0, 4, "2026年10月生产指标")

    rows = [[], HEADER, ["采油一站", 3456.7, (0.955, "0.0%"), 612.34, datetime.date(2026, 3, 5)], ["采油二站", 12, (96, "0.00"), 1, 0]]
    reading = read_here(make_xls(rows, change=change))
    assert list_figures(reading)[("s1", "rate")] == Decimal("95.5")
    assert list_figures(reading)[("s2", "oil")] == Decimal(12)
    assert list_errors(reading) == ["第 3 行 E 列「事故起数」:被表格软件当成了日期「2026-03-05」,请把单元格格式改为「常规」后重填数字"]
    assert list_notes(reading) == ["第 4 行是隐藏的,已照常读取"]


def test_an_old_xls_formula_without_a_text_result_is_blank():
    # xlwt stores an empty text as the result of a formula, as Excel does for =IF(A1="","",1)
    reading = read_here(make_xls([HEADER, ["采油一站", xlwt.Formula("1+1"), 95.5, 1, 0]]))
    assert ("s1", "oil") not in list_figures(reading)
    assert ("s1", "oil", 2) in {(blank.unit, blank.indicator, blank.row) for blank in reading.blanks}


def make_zip(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in names:
            target.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的,请检查后重新上传"),
        (b"  \r\n", "文件是空的,请检查后重新上传"),
        (b"%PDF-1.7 ...", "这是 PDF 文件,不是表格。请上传 .xlsx、.xls 或 .csv"),
        (b"\x89PNG\r\n\x1a\n\x00", "这是图片,不是表格。请上传 .xlsx、.xls 或 .csv"),
        (b"\xff\xd8\xff\xe0\x00", "这是图片,不是表格。请上传 .xlsx、.xls 或 .csv"),
        (b"Rar!\x1a\x07", "这是压缩包,请解压后上传里面的表格"),
        (b"MZ\x90\x00", "这是程序文件,不是表格。请上传 .xlsx、.xls 或 .csv"),
        (
            b"<html><table><tr><td>1</td></tr></table></html>",
            "这其实是网页(HTML)文件,不是真正的表格,请用 WPS 或 Excel 打开后另存为 .xlsx 再传",
        ),
        ("\ufeff<!DOCTYPE html>".encode(), "这其实是网页(HTML)文件,不是真正的表格,请用 WPS 或 Excel 打开后另存为 .xlsx 再传"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "这是 XML 表格(2003),请用 WPS 或 Excel 打开后另存为 .xlsx 再传",
        ),
        (make_zip("word/document.xml", "_rels/.rels"), "这是 Word 文档,不是表格。请上传 .xlsx、.xls 或 .csv"),
        (make_zip("a.txt"), "这是压缩包,不是表格。请解压后上传里面的 .xlsx、.xls 或 .csv"),
        (make_zip("xl/workbook.bin"), "这是 .xlsb 格式,请用 WPS 或 Excel 打开后另存为 .xlsx 再传"),
        (make_zip("mimetype", "content.xml"), "这是 OpenDocument 格式,请用 WPS 或 Excel 打开后另存为 .xlsx 再传"),
        (b"PK\x03\x04 broken", "文件已损坏,无法读取,请用 WPS 或 Excel 打开后另存为 .xlsx 再传"),
        (OLE_MAGIC + b"broken", "文件已损坏,无法读取,请用 WPS 或 Excel 打开后另存为 .xlsx 再传"),
        (b"abc\x00def", "文件不是表格,也不是文本。请上传 .xlsx、.xls 或 .csv"),
        (b"\x81\x01\x02\xfe\xff\x80", "文件不是表格,也不是 UTF-8 或 GBK 编码的文本。请上传 .xlsx、.xls 或 .csv"),
        ("你好".encode(), "没有认出要上报的指标。请用下载的模板,或用指标的名称、代码作列名"),
        (b'a,"b', "没有认出要上报的指标。请用下载的模板,或用指标的名称、代码作列名"),
    ],
)
def test_what_is_no_sheet_gets_a_clear_answer(data, message):
    reading = read_here(data)
    assert list_errors(reading) == [message]
    assert reading.cells == ()


def replace_stream(data, name):
    """An .xls whose workbook stream has another name, as a Word or an encrypted file has."""
    old = "Workbook".encode("utf-16-le")
    new = name.encode("utf-16-le")
    place = data.rfind(old)
    entry = bytearray(data[place : place + 128])
    entry[:64] = new.ljust(64, b"\x00")
    entry[64:66] = (len(new) + 2).to_bytes(2, "little")
    return data[:place] + bytes(entry) + data[place + 128 :]


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        ("EncryptedPackage", "文件加了密码,请取消密码后再传"),
        ("WordDocument", "这是 Word 文档,不是表格。请上传 .xlsx、.xls 或 .csv"),
        ("PowerPoint Document", "这是演示文稿,不是表格。请上传 .xlsx、.xls 或 .csv"),
        ("Other", "这不是 Excel 表格。请上传 .xlsx、.xls 或 .csv"),
    ],
)
def test_an_ole_file_that_is_no_open_sheet_gets_a_clear_answer(stream, message):
    assert list_errors(read_here(replace_stream(make_xls(GOOD_ROWS), stream))) == [message]


def test_an_empty_sheet_says_so():
    assert list_errors(read_here(make_xlsx([]))) == ["表是空的,没有任何内容"]
