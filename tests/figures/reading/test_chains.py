"""An .xls whose sectors go in a circle, leave the file, or are said to be more than it has: refused before calamine follows them."""

import struct

import pytest

from ronghe.common.sheets.container import END_OF_CHAIN, NotASheetError, check_chains
from ronghe.figures.reading import read_sheet
from tests.figures.reading.builders import GOOD_ROWS, REQUEST, make_xls

GOOD = make_xls(GOOD_ROWS)
DAMAGED = "文件已损坏,无法读取,请用 WPS 或 Excel 打开后另存为 .xlsx 再传"
FIRST_DIRECTORY = struct.unpack_from("<I", GOOD, 48)[0]
TABLE = (struct.unpack_from("<I", GOOD, 76)[0] + 1) * 512
ENTRIES = (FIRST_DIRECTORY + 1) * 512
WORKBOOK = next(place for place in range(ENTRIES, ENTRIES + 512, 128) if GOOD[place : place + 16] == "Workbook".encode("utf-16-le"))
SECTORS = len(GOOD) // 512 - 1


def put(*changes, data=GOOD):
    """The good file with numbers of four bytes put at places."""
    changed = bytearray(data)
    for place, number in changes:
        struct.pack_into("<I", changed, place, number)
    return bytes(changed)


def small(*chain):
    """The workbook as a small stream, whose sectors are chained in a table appended as the file's last sector."""
    data = put((TABLE + 4 * SECTORS, END_OF_CHAIN), (60, SECTORS), (64, 1), (WORKBOOK + 116, 0), (WORKBOOK + 120, 640))
    return data + struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))


def test_good_files_pass():
    check_chains(GOOD)
    check_chains(small(1, 2, END_OF_CHAIN))
    check_chains(GOOD[:-100])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(put((TABLE + 4, 0)), id="circle of the workbook"),
        pytest.param(put((TABLE + 4, 1)), id="sector after itself"),
        pytest.param(put((TABLE + 4 * FIRST_DIRECTORY, FIRST_DIRECTORY)), id="circle of the directory"),
        pytest.param(put((68, SECTORS - 1)), id="table sector from elsewhere"),
        pytest.param(put((TABLE + 508, 0), (68, 0)), id="circle of the tables' own chain"),
        pytest.param(put((TABLE + 4, 0x0FFFFFFF)), id="sector far outside"),
        pytest.param(put((TABLE + 4, 0xFFFFFFFF)), id="chain into a free sector"),
        pytest.param(put((76, 0x0FFFFFFF)), id="table far outside"),
        pytest.param(put((WORKBOOK + 120, 0x7FFFFFFF)), id="stream of two gigabytes"),
        pytest.param(put((44, 0x7FFFFFFF)), id="two billion table sectors"),
        pytest.param(put((40, 0x7FFFFFFF)), id="two billion directory sectors"),
        pytest.param(put((64, 0x7FFFFFFF)), id="two billion small sectors"),
        pytest.param(small(1, 0), id="circle of small sectors"),
        pytest.param(small(7), id="small sector outside"),
    ],
)
def test_broken_chains_are_refused(data):
    with pytest.raises(NotASheetError, match=DAMAGED):
        check_chains(data)


def test_sender_of_a_circle_is_told_that_the_file_is_damaged():
    for data in (put((TABLE + 4, 0)), small(1, 0)):
        assert [problem.message for problem in read_sheet(data, "月报.xls", REQUEST).problems] == [DAMAGED]
