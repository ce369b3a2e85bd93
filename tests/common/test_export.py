"""Exports are marked, watermarked, logged, audited, and no cell of theirs is taken for a formula."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from ronghe.audit.models import Entry
from ronghe.common.exports import Sheet, build_workbook, clean_cell, hand_out, name_sheets
from ronghe.common.models import Export


def read(data):
    book = openpyxl.load_workbook(BytesIO(data))
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book}


FORMULAS = ["=1+1", "+8", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u3000=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x"]


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_is_text(text):
    assert clean_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-", "—", "注采一站", 5, -5, Decimal("-1.50"), "a=b", date(2026, 1, 1)])
def test_plain_values_stay(value):
    assert clean_cell(value) == value


def test_long_numbers_stay_exact():
    assert clean_cell(12345678901234567890) == "12345678901234567890"


def test_workbook_reads_back():
    rows = [['=HYPERLINK("http://x")', 3, Decimal("1.25"), date(2026, 11, 23), datetime(2026, 11, 23, 16, 30), None, True]]
    page = read(build_workbook([Sheet("表", list("甲乙丙丁戊己庚"), rows)], watermark="【内部】导出人 赵敏"))["表"]
    assert page[0][0] == "【内部】导出人 赵敏"
    assert page[2] == ['\'=HYPERLINK("http://x")', 3, 1.25, datetime(2026, 11, 23), datetime(2026, 11, 23, 16, 30), None, "是"]


def test_sheet_names():
    assert name_sheets(["a/b", "A_b", "x" * 40, ""]) == ["a_b", "A_b-2", "x" * 28, "Sheet"]


def test_hand_out_is_logged_and_audited(world):
    user = world.zhaomin.user
    response = hand_out(user, what="指标台账", sheets=[Sheet("表", ["甲"], [[1], [2]])], name="台账", area_id=world.area.pk)
    page = read(b"".join(response.streaming_content))["表"]
    assert page[0][0].startswith("【内部】导出人 赵敏 · ")
    assert "台账.xlsx" in response["Content-Disposition"] or "%E5%8F%B0" in response["Content-Disposition"]
    row = Export.objects.get()
    assert (row.user_name, row.what, row.rows, row.mark) == ("赵敏", "指标台账", 2, "内部")
    entry = Entry.objects.get(verb="导出")
    assert (entry.actor_name, entry.object_name, entry.note) == ("赵敏", "指标台账", "2 行,标识:内部")
