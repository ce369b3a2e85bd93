"""Hostile and huge files: a clear answer within the limits of the child, and never an exception."""

import io
import multiprocessing
import resource
import subprocess
import sys
import time
import zipfile

import pytest

from ronghe.common.sheets import limits, sandbox
from ronghe.figures.reading import read_sheet
from ronghe.figures.reading.template import write_template
from tests.figures.reading.builders import (
    GOOD_ROWS,
    HEADER,
    REQUEST,
    change_part,
    list_errors,
    list_figures,
    make_csv,
    make_large_xlsx,
    make_xls,
    make_xlsx,
)

SHEET = "xl/worksheets/sheet1.xml"
BROKEN = "文件已损坏,无法读取,请用 WPS 或 Excel 打开后另存为 .xlsx 再传"
BOMB = "文件解压后大得不正常,已拒绝读取。请另存一份只含要上报内容的 .xlsx 再传"


def read_apart(data):
    """Read through the child: under 10 s of CPU, whatever else the machine does, and under 512 MB."""
    # a fork has no children of its own yet: the peak is this file's, not that of whatever the tests before have started
    with multiprocessing.get_context("fork").Pool(1) as pool:
        reading, used = pool.apply(read_and_measure, (data,))
    assert used.ru_utime + used.ru_stime < 10
    assert used.ru_maxrss < 512 * 1024
    return reading


def read_and_measure(data):
    reading = read_sheet(data, "月报.xlsx", REQUEST)
    return reading, resource.getrusage(resource.RUSAGE_CHILDREN)


def write_zip(parts, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as target:
        for name, content in parts:
            target.writestr(name, content)
    return buffer.getvalue()


def add_part(data, name, content):
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, content)
    return buffer.getvalue()


def test_a_good_sheet_comes_through_the_child_with_progress():
    stages = []
    reading = read_sheet(make_xlsx(GOOD_ROWS), "月报.xlsx", REQUEST, progress=lambda *stage: stages.append(stage))
    assert len(list_figures(reading)) == 12
    assert stages == [("检查文件", 0, 1), ("读取工作表「Sheet1」", 0, 1), ("核对数据", 1, 2), ("核对数据", 2, 2)]


def test_40_000_rows():
    rows = [HEADER, *[["采油一站", number, 95, 1, 0] for number in range(40_000)]]
    assert list_errors(read_apart(make_large_xlsx(rows))) == [
        "工作表「Sheet1」超过 10000 行的上限(第 10001 行还有内容),请只保留要上报的行再传"
    ]
    assert list_errors(read_apart(make_csv(rows))) == ["工作表「CSV」超过 10000 行的上限(第 10001 行还有内容),请只保留要上报的行再传"]
    assert list_errors(read_apart(make_xls([[1] for _ in range(40_000)]))) == [
        "工作表「Sheet1」超过 10000 行的上限(第 10001 行还有内容),请只保留要上报的行再传"
    ]


def test_300_columns():
    assert list_errors(read_apart(make_xlsx([[f"列{number}" for number in range(300)]]))) == [
        "工作表「Sheet1」超过 200 列的上限(第 201 列还有内容),请只保留要上报的列再传"
    ]


def test_a_full_sheet_within_the_limits_is_read():
    rows = [[f"列{number}" for number in range(9)], *[[f"文字{row}-{column}" for column in range(9)] for row in range(9_990)]]
    assert list_errors(read_apart(make_large_xlsx(rows))) == ["没有认出要上报的指标。请用下载的模板,或用指标的名称、代码作列名"]


def test_a_long_form_within_the_limits_is_read():
    rows = [["unit", "period", "indicator", "actual"], *[[f"x{number}", "2026-10", "oil", number] for number in range(9_990)]]
    assert len(read_apart(make_large_xlsx(rows)).errors) == limits.MAX_PROBLEMS + 1


def test_a_huge_sheet_beside_the_right_one_is_only_left_out():
    data = make_xlsx(GOOD_ROWS, sheets=[("原始数据", [["数"]] * 10_500)])
    reading = read_apart(data)
    assert reading.is_clean
    assert reading.ignored[-1].why == "工作表「原始数据」超过 10000 行的上限(第 10001 行还有内容),请只保留要上报的行再传"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda text: text.replace("<sheetData>", '<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
            "工作表「Sheet1」超过 10000 行的上限(第 1048576 行还有内容),请只保留要上报的行再传",
        ),
        (
            lambda text: text.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
            "工作表「Sheet1」有一处合并单元格大得不正常(第 1 到 1048576 行),请取消这处合并再传",
        ),
        (
            lambda text: text.replace("</sheetData>", "</sheetData><mergeCells>" + '<mergeCell ref="A1:B2"/>' * 6000 + "</mergeCells>"),
            "工作表「Sheet1」的合并单元格超过 5000 处,请取消不必要的合并再传",
        ),
        (
            lambda text: '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + text.partition("?>")[2],
            "文件里有表格不该有的 XML 声明(DTD 或实体),已拒绝读取",
        ),
        (lambda text: text.replace("<sheetData>", "<a>" * 1000 + "<sheetData>"), BOMB),
        (lambda text: text[: len(text) // 2], BROKEN),
        (lambda text: text.replace("<sheetData>", "<sheetData>" + "<row/>" * 6_000_000), BOMB),
    ],
)
def test_a_hostile_worksheet(change, message):
    assert list_errors(read_apart(change_part(make_xlsx(GOOD_ROWS), SHEET, change))) == [message]


def test_a_dimension_bomb_costs_nothing():
    data = change_part(make_xlsx(GOOD_ROWS), SHEET, lambda text: text.replace('<dimension ref="A1:E4"', '<dimension ref="A1:XFD1048576"'))
    assert read_apart(data).is_clean


def test_millions_of_shared_strings():
    strings = (
        '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + "<si><t>a</t></si>" * 3_000_000
        + "</sst>"
    )
    template = write_template(REQUEST, {}, title="月报", instructions="")
    data = change_part(template, "xl/sharedStrings.xml", lambda text: strings)
    assert list_errors(read_apart(data)) in (
        [BOMB],
        [f"文件里的文字超过 {limits.MAX_STRINGS} 条的上限,请另存一份只含要上报内容的 .xlsx 再传"],
    )
    # Random enough to pass the check of the ratio
    varied = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + "".join(f"<si><t>{number * 2654435761 % 2**32}</t></si>" for number in range(300_000))
        + "</sst>"
    )
    data = change_part(template, "xl/sharedStrings.xml", lambda text: varied)
    assert list_errors(read_apart(data)) == [f"文件里的文字超过 {limits.MAX_STRINGS} 条的上限,请另存一份只含要上报内容的 .xlsx 再传"]


def test_zip_bombs():
    zeros = add_part(make_xlsx(GOOD_ROWS), "xl/media/zeros.bin", b"\x00" * 50_000_000)
    assert list_errors(read_apart(zeros)) == [BOMB]
    several = make_xlsx(GOOD_ROWS)
    several = add_part(several, "xl/media/big.bin", bytes(range(256)) * 300_000)
    assert list_errors(read_apart(several)) == [BOMB]
    crowd = write_zip([(f"xl/{number}.xml", "") for number in range(3_000)])
    assert list_errors(read_apart(crowd)) == ["文件里的部件超过 1000 个,不像普通表格,请用 WPS 或 Excel 打开后另存为 .xlsx 再传"]


def test_a_zip_that_lies_about_its_sizes():
    data = change_part(make_xlsx(GOOD_ROWS), SHEET, lambda text: text.replace("<sheetData>", "<sheetData>" + " " * 30_000_000))
    place = data.find(b"PK\x01\x02", data.rfind(SHEET.encode()) - 46)
    lying = bytearray(data)
    lying[place + 24 : place + 28] = (1_000).to_bytes(4, "little")
    reading = read_apart(bytes(lying))
    assert len(reading.problems) <= 1


def test_an_encrypted_zip():
    data = bytearray(make_xlsx(GOOD_ROWS))
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    assert list_errors(read_apart(bytes(data))) == ["文件加了密码,请取消密码后再传"]


def test_a_polyglot_is_what_it_starts_as():
    assert list_errors(read_apart(b"%PDF-1.4\n" + make_xlsx(GOOD_ROWS))) == ["这是 PDF 文件,不是表格。请上传 .xlsx、.xls 或 .csv"]


def test_a_sheet_of_two_far_corners_in_an_old_xls():
    rows = [HEADER, ["采油一站", 1, 95, 1, 0]]
    data = make_xls(rows, change=lambda sheet: sheet.write(65_535, 255, 1))
    assert list_errors(read_apart(data)) == ["工作表太大(上限 10000 行、200 列),请只保留要上报的部分再传"]


def test_an_upload_of_many_megabytes_is_refused_before_parsing():
    reading = read_sheet(b"PK\x03\x04" + b"\x00" * (11 * 1024 * 1024), "大.xlsx", REQUEST)
    assert list_errors(reading) == ["文件有 11.0 MB,超过 10 MB 的上限,请只保留要上报的内容再传"]


def test_a_child_that_dies_is_a_problem_not_an_exception(monkeypatch):
    monkeypatch.setattr(sandbox.sys, "executable", "/bin/false")
    assert list_errors(read_sheet(make_xlsx(GOOD_ROWS), "a.xlsx", REQUEST)) == [sandbox.BROKEN]


def test_a_child_that_hangs_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "sleeper"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(sandbox.sys, "executable", str(program))
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 0.3)
    start = time.monotonic()
    assert list_errors(read_sheet(make_xlsx(GOOD_ROWS), "a.xlsx", REQUEST)) == [sandbox.TOO_LONG]
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("status", "message"),
    [(4, sandbox.TOO_LARGE), (-6, sandbox.TOO_LARGE), (-24, sandbox.TOO_LONG), (-9, sandbox.TOO_LONG), (1, sandbox.BROKEN)],
)
def test_each_end_of_a_child_has_its_message(status, message):
    assert sandbox.explain_exit(status) == message


def test_a_child_that_prints_nonsense_is_a_problem(monkeypatch, tmp_path):
    program = tmp_path / "babbler"
    program.write_text("#!/bin/sh\necho '[1, 2'\necho '{\"reading\": {}}'\n")
    program.chmod(0o755)
    monkeypatch.setattr(sandbox.sys, "executable", str(program))
    assert list_errors(read_sheet(make_xlsx(GOOD_ROWS), "a.xlsx", REQUEST)) == [sandbox.BROKEN]


@pytest.mark.parametrize(("work", "status"), [("bytearray(600 * 1024 * 1024)", 1), ("while True: pass", -24)])
def test_the_limits_of_the_child_hold(work, status):
    program = f"from ronghe.common.sheets import child, limits; limits.CHILD_CPU_SECONDS = 1; child.set_limits()\n{work}"
    ended = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": str(sandbox.SOURCE)}, capture_output=True, check=False)
    assert ended.returncode == status
