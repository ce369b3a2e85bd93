"""One cell to one figure: what is certain, what is blank, what is asked."""

from decimal import Decimal

import pytest

from ronghe.common.sheets.grid import RawCell
from ronghe.figures.reading import Indicator
from ronghe.figures.reading.numbers import NotAFigureError, read_figure
from ronghe.figures.reading.units import compare_units

TONS = Indicator("oil", "原油产量", (), "t")
SHARE = Indicator("rate", "油井利用率", (), "%")
COUNT = Indicator("accident", "事故起数", (), "起", 0, "count")


def read(text, indicator=TONS, **options):
    return read_figure(RawCell("text", text), indicator, **options)


def refuse(cell, indicator=TONS):
    with pytest.raises(NotAFigureError) as trouble:
        read_figure(cell if isinstance(cell, RawCell) else RawCell("text", cell), indicator)
    return str(trouble.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("95", "95"), ("3,456.7", "3456.7"), ("3,456,789", "3456789"), ("１２３．５", "123.5"), ("３，４５６．７", "3456.7"),
        (" 12 ", "12"), ("-5", "-5"), ("−5", "-5"), ("－5", "-5"), ("+5", "5"), ("1.2万", "12000"), ("1 234.5", "1234.5"),
        ("'95", "95"), ("95t", "95"), ("95 吨", "95"), ("1.5万吨", "15000"), ("500kg", "0.5"), ("0.10", "0.1"), ("0", "0"), ("00012", "12"),
        ("999999999999.999999", "999999999999.999999"), ("3亿", "300000000"), ("\u200b95\u00a0", "95"),
    ],
)  # fmt: skip
def test_a_certain_number_is_read(text, value):
    assert read(text).value == Decimal(value)


@pytest.mark.parametrize("text", ["", "  ", "—", "-", "－", "——", "/", "无", "未填", "\\", "N/A", "／", "暂无"])
def test_a_blank_in_words_is_blank(text):
    assert read(text).value is None


def test_a_blank_in_words_is_noted():
    assert read("—").note == "「—」按「无数可报」处理,如是零请填 0"
    assert read("").note == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1e309", "「1e309」不是可用的数字,请填普通数字,如 1234.5"),
        ("1E5", "「1E5」不是可用的数字,请填普通数字,如 1234.5"),
        ("NaN", "「NaN」不是可用的数字,请填普通数字,如 1234.5"),
        ("Infinity", "「Infinity」不是可用的数字,请填普通数字,如 1234.5"),
        ("停产", "「停产」不是可用的数字,请填普通数字,如 1234.5"),
        ("约100", "「约100」不是可用的数字,请填普通数字,如 1234.5"),
        ("100左右", "「100左右」不是可用的数字,请填普通数字,如 1234.5"),
        ("3，45", "「3，45」不是可用的数字,请填普通数字,如 1234.5"),
        ("1,2345", "「1,2345」不是可用的数字,请填普通数字,如 1234.5"),
        ("(5)", "「(5)」不是可用的数字,请填普通数字,如 1234.5"),
        ("3-5", "「3-5」像日期或区间,不是一个数字,请填普通数字,如 1234.5"),
        ("3月5日", "「3月5日」像日期或区间,不是一个数字,请填普通数字,如 1234.5"),
        ("1234567890123", "「1234567890123」太大,小数点前最多 12 位"),
        ("1.1234567", "「1.1234567」小数太长,小数点后最多 6 位"),
        ("9" * 40, "「999999999999999999999999999999…」太长,小数点前最多 12 位、后最多 6 位"),
        ("95%", "「95%」是百分数,而这里的单位是「t」,请填普通数字"),
        ("95元", "「95元」的单位与要求的「t」不符,请换算后只填数字"),
    ],
)
def test_the_rest_is_named(text, message):
    assert refuse(text) == message


@pytest.mark.parametrize(
    ("text", "value"),
    [("95%", "95"), ("95％", "95"), ("95", "95"), ("0.95%", "0.95"), ("5‰", "0.5"), ("0", "0"), ("-3", "-3"), ("1.5", "1.5")],
)
def test_a_percent_is_read_in_points(text, value):
    assert read(text, SHARE).value == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (RawCell("number", "95%", Decimal("0.95"), percent=True), "95"),
        (RawCell("number", "120%", Decimal("1.2"), percent=True), "120"),
        (RawCell("number", "95", Decimal(95)), "95"),
    ],
)
def test_a_percent_cell_is_read_by_its_format(cell, value):
    assert read_figure(cell, SHARE).value == Decimal(value)


def test_a_plain_0_95_for_a_percent_is_asked_about():
    assert refuse("0.95", SHARE) == "「0.95」可能是 95%,也可能是 0.95%,请写明百分号,如 95%"
    assert refuse(RawCell("number", "1", Decimal(1)), SHARE) == "「1」可能是 100%,也可能是 1%,请写明百分号,如 100%"


def test_a_plausible_range_answers_it():
    rare = Indicator("fail", "躺井率", (), "%", low=Decimal(0), high=Decimal(10))
    assert read("0.8", rare).value == Decimal("0.8")


def test_a_program_means_what_it_writes():
    assert read("0.95", SHARE, exact=True).value == Decimal("0.95")


def test_95_typed_as_9500_percent_is_asked_about():
    assert (
        refuse(RawCell("number", "9500%", Decimal(95), percent=True), SHARE)
        == "单元格是百分比格式,实际是 9500%;如果本意是 95%,请在单元格里写 95%"
    )


def test_a_share_may_be_stored_as_a_fraction():
    assert read("95%", Indicator("rate", "率", (), "%", percent_points=False)).value == Decimal("0.95")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-1", "「-1」是负数,次数(起数)只能是 0 或正整数"),
        ("1.5", "「1.5」不是整数,次数(起数)只能是 0 或正整数"),
        ("有", "「有」不是可用的数字,请填普通数字,如 1234.5"),
    ],
)
def test_a_count_is_whole_and_not_negative(text, message):
    assert refuse(text, COUNT) == message


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (RawCell("error", "#DIV/0!", formula=True), "公式出错「#DIV/0!」,请改好公式或直接填数字"),
        (RawCell("lost", "公式", formula=True), "公式没有保存计算结果,请用 WPS 或 Excel 打开、保存一次再传,或直接填数字"),
        (RawCell("date", "2026-03-05"), "被表格软件当成了日期「2026-03-05」,请把单元格格式改为「常规」后重填数字"),
        (RawCell("bool", "TRUE"), "「TRUE」不是数字,请填普通数字,如 1234.5"),
        (RawCell("number", "1e309"), "「1e309」不是可用的数字,请填普通数字,如 1234.5"),
    ],
)
def test_a_cell_that_is_no_number_is_named(cell, message):
    assert refuse(cell) == message


def test_a_formula_is_rounded_to_six_decimals_with_a_note():
    figure = read_figure(RawCell("number", "0.333333333333333", Decimal("0.333333333333333"), formula=True), TONS)
    assert figure.value == Decimal("0.333333")
    assert figure.note == "公式结果按 0.333333 读取(6 位小数)"


@pytest.mark.parametrize(
    ("written", "wanted", "factor"),
    [
        ("万吨", "t", "10000"),
        ("吨", "t", "1"),
        ("T", "t", "1"),
        ("元/吨", "元/t", "1"),
        ("万元/t", "元/t", "10000"),
        ("次", "起", "1"),
        ("方", "m³", "1"),
        ("‰", "%", "0.1"),
    ],
)
def test_units_of_one_quantity_are_converted(written, wanted, factor):
    assert compare_units(written, wanted) == Decimal(factor)


@pytest.mark.parametrize(("written", "wanted"), [("元", "t"), ("t", "t/d"), ("人", "起"), ("神秘", "t"), ("t", "")])
def test_units_of_two_quantities_are_not(written, wanted):
    assert compare_units(written, wanted) is None


def test_95_for_a_share_stored_as_a_fraction_is_asked_about():
    assert refuse("95", Indicator("rate", "率", (), "%", percent_points=False)) == "「95」可能是 95%,请写明百分号"
