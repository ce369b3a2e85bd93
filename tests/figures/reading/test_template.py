"""The template: what a clerk sees, and that it comes back as it was filled."""

import dataclasses
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.figures.reading import Indicator, Request, Unit, read_sheet
from ronghe.figures.reading.template import write_template
from tests.figures.reading.builders import EVERYTHING, REQUEST, list_figures, read_here

PREVIOUS = {("s1", "oil"): Decimal("3400.5"), ("s1", "rate"): Decimal("94.5"), ("s2", "accident"): Decimal(1)}
INSTRUCTIONS = "请于 11 月 3 日前报送;上月(2026年9月)的数供参考。"


def open_template(request=REQUEST, previous=PREVIOUS, title="示范采油管理区 2026年10月 指标填报"):
    return openpyxl.load_workbook(io.BytesIO(write_template(request, previous, title=title, instructions=INSTRUCTIONS)))


def fill_template(request, figures, previous=PREVIOUS):
    """Fill the white cells of a template as Excel would store them."""
    book = open_template(request, previous)
    sheet = book.active
    columns = {sheet.cell(5, column).value: column for column in range(4, sheet.max_column + 1)}
    for row in range(6, sheet.max_row + 1):
        if sheet.cell(row, 3).value != "本月":
            continue
        for code, column in columns.items():
            value = figures.get((sheet.cell(row, 1).value, code))
            if value is None:
                continue
            cell = sheet.cell(row, column)
            assert not cell.protection.locked
            cell.value = float(value) / 100 if "%" in cell.number_format else float(value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_clerk_sees_last_month_in_grey_above_the_cells_to_fill():
    sheet = open_template().active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows[0] == ("单位代码", "单位名称", "本月/上月", "原油产量", "油井利用率", "单位操作成本", "事故起数")
    assert rows[1][3:] == ("t", "%", "元/t", "起")
    assert rows[2][3:] == ("oil", "rate", "cost", "accident")
    assert rows[3][:5] == ("s1", "采油一站", "上月", 3400.5, 0.945)
    assert rows[4][:5] == ("s1", "采油一站", "本月", None, None)
    assert sheet.row_dimensions[5].hidden
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "D6"
    assert sheet.protection.sheet
    assert sheet["D6"].protection.locked
    assert not sheet["D7"].protection.locked
    assert (sheet["E7"].number_format, sheet["G7"].number_format) == ("0.00%", "0")
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"decimal", "whole"}


def test_what_is_not_theirs_is_left_out_or_locked():
    request = dataclasses.replace(REQUEST, allowed=frozenset({("s1", "oil"), ("s2", "oil"), ("s2", "cost")}))
    sheet = open_template(request).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows[0][3:] == ("原油产量", "单位操作成本")
    assert [row[0] for row in rows[3:]] == ["s1", "s1", "s2", "s2"]
    assert sheet["E7"].protection.locked
    assert not sheet["E9"].protection.locked


def test_figures_already_held_are_filled_in_and_come_back():
    request = dataclasses.replace(REQUEST, known={("s1", "rate"): Decimal("95.37")})
    reading = read_here(write_template(request, PREVIOUS, title="月报", instructions=INSTRUCTIONS), request)
    assert list_figures(reading) == {("s1", "rate"): Decimal("95.37")}
    assert reading.problems == ()
    assert len(reading.blanks) == 11


def test_an_empty_template_is_blank_everywhere_without_a_problem():
    reading = read_here(fill_template(REQUEST, {}))
    assert reading.problems == ()
    assert {(blank.unit, blank.indicator) for blank in reading.blanks} == EVERYTHING


def test_a_filled_template_comes_back_through_the_child():
    figures = {pair: Decimal(7) for pair in EVERYTHING}
    reading = read_sheet(fill_template(REQUEST, figures), "填报.xlsx", REQUEST)
    assert list_figures(reading) == figures
    assert reading.problems == ()


NAMES = st.text(st.sampled_from("采油集输一二三十站队东西区党小组=+-@()/ 计划实际本月累计t%aA1"), min_size=1, max_size=8)
FIGURE = st.decimals(min_value=-999_999, max_value=999_999, places=4, allow_nan=False)
COUNT = st.integers(min_value=0, max_value=10_000).map(Decimal)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_template_comes_back_as_it_was_filled(data):
    unit_names = data.draw(st.lists(NAMES, min_size=1, max_size=4))
    indicator_names = data.draw(st.lists(NAMES, min_size=1, max_size=4))
    units = tuple(Unit(f"unit-{place}", name) for place, name in enumerate(unit_names))
    indicators = tuple(
        Indicator(
            f"ind-{place}",
            name,
            (),
            *data.draw(
                st.sampled_from(
                    [
                        ("t", 2, "quantity"),
                        ("%", 2, "quantity"),
                        ("", 0, "quantity"),
                        ("元/t", 2, "quantity"),
                        ("起", 0, "count"),
                        ("桶·天", 0, "veto"),
                    ]
                )
            ),
        )
        for place, name in enumerate(indicator_names)
    )
    pairs = [(unit.code, indicator.code) for unit in units for indicator in indicators]
    allowed = frozenset(data.draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True)))
    request = Request("2026-10", units, indicators, allowed)
    kinds = {indicator.code: indicator.kind for indicator in indicators}
    # Points up to 1000 %; a larger percent cell is asked about
    shares = {indicator.code for indicator in indicators if indicator.unit == "%"}
    figures = {
        (unit, indicator): data.draw(
            COUNT if kinds[indicator] != "quantity" else st.decimals(-1000, 1000, places=2) if indicator in shares else FIGURE
        )
        for unit, indicator in sorted(data.draw(st.sets(st.sampled_from(sorted(allowed)))))
    }
    reading = read_here(fill_template(request, figures, {}), request)
    assert reading.problems == ()
    assert list_figures(reading) == figures
    assert {(blank.unit, blank.indicator) for blank in reading.blanks} == allowed - set(figures)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＠x", "\t=1"])
def test_no_name_becomes_a_formula(name):
    request = dataclasses.replace(REQUEST, units=(Unit("s1", name),), indicators=(Indicator("oil", name, (), "t"),))
    sheet = open_template(request, {}, title=name).active
    for place in ("B1", "D3", "B6"):
        assert sheet[place].data_type in ("s", "inlineStr")
        assert sheet[place].quotePrefix


def test_a_template_of_another_month_is_refused():
    reading = read_here(write_template(dataclasses.replace(REQUEST, period="2026-09"), {}, title="月报", instructions=""))
    assert [problem.message for problem in reading.errors] == [
        "第 5 行 A 列:表上写的是 2026年9月,而现在要填报的是 2026年10月,请核对是否传错了表"
    ]


def test_what_was_added_to_a_template_is_named():
    sheet_book = open_template()
    sheet = sheet_book.active
    sheet["D7"], sheet["H7"], sheet["H3"], sheet["B12"], sheet["D12"], sheet["B13"] = 5, 6, "注水量", "采油九站", 7, "制表人:李四"
    buffer = io.BytesIO()
    sheet_book.save(buffer)
    reading = read_here(buffer.getvalue())
    assert list_figures(reading) == {("s1", "oil"): Decimal(5)}
    assert [problem.message for problem in reading.errors] == [
        "第 5 行 H 列「注水量」:这一列不是模板里的指标,但里面有数字;请删去这一列,或重新下载模板",
        "第 12 行 B 列:这一行「采油九站」不是模板里的行,但有数字;请删去这一行,或重新下载模板",
    ]
