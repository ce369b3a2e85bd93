"""One cell to one figure: what is certainly a number, what is blank, and what must be asked."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from ronghe.common.sheets import limits
from ronghe.common.sheets.grid import RawCell
from ronghe.common.sheets.text import INVISIBLE, shorten_text, widen_text
from ronghe.figures.reading.request import Indicator
from ronghe.figures.reading.units import compare_units, read_unit

BLANK_WORDS: Final = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "/",
        "//",
        "\\",
        "无",
        "没有",
        "未填",
        "未报",
        "暂无",
        "空",
        "空白",
        "无数据",
        "待填",
        "待定",
        "n/a",
        "na",
        "null",
        "none",
        "nil",
        "...",
        "......",
    }
)
PLAIN: Final = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3}){1,8}|\d{1,3}(?: \d{3}){1,8}|\d{1,40})(\.\d{0,40})?")
SCALES: Final = {"万": Decimal(10_000), "千": Decimal(1_000), "百万": Decimal(1_000_000), "亿": Decimal(100_000_000)}
PERCENT: Final = {"%": Decimal(1), "‰": Decimal("0.1")}
DATE_LIKE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?|\d{1,2}月\d{1,2}日?")
STEP: Final = Decimal(1).scaleb(-limits.DIGITS_AFTER)
LARGE_SHARE: Final = 1000
LARGEST_FRACTION: Final = 2


class NotAFigureError(Exception):
    """A cell that is no figure; the text says why and what to write instead."""


@dataclass(frozen=True)
class Figure:
    """A figure as read: None is blank. `note` says how, where that is not plain."""

    value: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Written:
    """A number as written: its value, the mark behind it ('%', '‰' or ''), a note, what its own unit settles."""

    value: Decimal
    mark: str = ""
    note: str = ""
    has_unit: bool = False
    has_scale: bool = False


def read_figure(cell: RawCell, indicator: Indicator, *, factor: Decimal = Decimal(1), exact: bool = False) -> Figure:
    """Read one cell as a figure of the indicator.

    `factor` comes from the column's unit (万吨 for t: 10000). `exact`: the sheet is made by a program, so that a plain
    0.95 of a '%' indicator is 0.95 %. Raises NotAFigureError with a Chinese reason.
    """
    if cell.kind == "text" and is_blank(cell.text):
        return Figure(None, name_blank(cell.text))
    written = read_cell(cell, indicator)
    value, note = apply_percent(written, cell, indicator, exact=exact)
    if written.has_scale and factor != 1:
        raise NotAFigureError(f"「{shorten_text(cell.text)}」带了「万」一类的字,而列名里已经写了单位,请只填数字")
    # A figure with its own unit or percent sign is not scaled again by the column's.
    if not (written.has_unit or written.mark or cell.percent):
        value *= factor
    value, rounded = fit_digits(value, formula=cell.formula)
    check_count(value, indicator)
    notes = [part for part in (written.note, note, rounded) if part]
    return Figure(value, ";".join(notes))


def is_blank(text: str) -> bool:
    """Whether a text is one of the ways to say 'nothing here'."""
    return INVISIBLE.sub("", widen_text(text)).casefold() in BLANK_WORDS


def name_blank(text: str) -> str:
    """Give the note for a blank that was written out; none for a cell that is simply empty."""
    if not text.strip():
        return ""
    return f"「{shorten_text(text)}」按「无数可报」处理,如是零请填 0"


def read_cell(cell: RawCell, indicator: Indicator) -> Written:
    """Give the number in a cell, before percent and column unit."""
    shown = shorten_text(cell.text)
    if cell.kind == "error":
        raise NotAFigureError(f"公式出错「{shown}」,请改好公式或直接填数字")
    if cell.kind == "lost":
        raise NotAFigureError("公式没有保存计算结果,请用 WPS 或 Excel 打开、保存一次再传,或直接填数字")
    if cell.kind == "bool":
        raise NotAFigureError(f"「{shown}」不是数字,请填普通数字,如 1234.5")
    if cell.kind == "date":
        raise NotAFigureError(f"被表格软件当成了日期「{shown}」,请把单元格格式改为「常规」后重填数字")
    if cell.kind == "number":
        if cell.number is None:
            raise NotAFigureError(f"「{shown}」不是可用的数字,请填普通数字,如 1234.5")
        return Written(cell.number)
    return read_text(cell.text, indicator)


def read_text(text: str, indicator: Indicator) -> Written:
    """Give the number in a text: full-width digits, thousands separators, %, 万, a unit behind it."""
    shown = shorten_text(text)
    plain = widen_text(text).lstrip("'").strip()
    found = PLAIN.match(plain)
    if found is None:
        raise NotAFigureError(explain_text(plain, shown))
    rest = INVISIBLE.sub("", plain[found.end() :])
    sign, whole, part = found.groups()
    value = parse_digits(sign + whole.replace(",", "").replace(" ", "") + (part or ""), shown)
    if rest == "":
        return Written(value)
    if rest in PERCENT:
        return Written(value, mark=rest)
    if rest in SCALES:
        value *= SCALES[rest]
        return Written(value, note=f"「{shown}」按 {print_value(value)} 读取", has_scale=True)
    if read_unit(rest) is None:
        raise NotAFigureError(explain_text(plain, shown))
    factor = compare_units(rest, indicator.unit)
    if factor is None:
        raise NotAFigureError(f"「{shown}」的单位与要求的「{indicator.unit or '无单位'}」不符,请换算后只填数字")
    value *= factor
    return Written(value, note=f"「{shown}」按 {print_value(value)} {indicator.unit} 读取", has_unit=True)


def parse_digits(digits: str, shown: str) -> Decimal:
    """Give the decimal of plain digits. NotAFigureError where it is too long to be a figure."""
    # Decimal arithmetic keeps 28 digits; more would be rounded before the check that refuses them.
    if len(digits) > 26:
        raise NotAFigureError(f"「{shown}」太长,小数点前最多 {limits.DIGITS_BEFORE} 位、后最多 {limits.DIGITS_AFTER} 位")
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise NotAFigureError(f"「{shown}」不是可用的数字,请填普通数字,如 1234.5") from None


def explain_text(plain: str, shown: str) -> str:
    """Say what is wrong with a text that is no number."""
    if DATE_LIKE.fullmatch(plain):
        return f"「{shown}」像日期或区间,不是一个数字,请填普通数字,如 1234.5"
    return f"「{shown}」不是可用的数字,请填普通数字,如 1234.5"


def apply_percent(written: Written, cell: RawCell, indicator: Indicator, *, exact: bool) -> tuple[Decimal, str]:
    """Bring a percent to the indicator's own measure. NotAFigureError where 0.95 may be 95 % or 0.95 %."""
    unit = read_unit(indicator.unit)
    is_share = unit is not None and unit[0] == "share"
    if cell.percent or written.mark:
        if unit is None or not is_share:
            raise NotAFigureError(f"「{shorten_text(cell.text)}」是百分数,而这里的单位是「{indicator.unit or '无单位'}」,请填普通数字")
        points = written.value * (100 if cell.percent else PERCENT[written.mark])
        if cell.percent and abs(points) > LARGE_SHARE:
            raise NotAFigureError(
                f"单元格是百分比格式,实际是 {print_value(points)}%;如果本意是 {print_value(written.value)}%,请在单元格里写 {print_value(written.value)}%"
            )
        return keep_share(points, indicator, unit[1]), ""
    if not is_share:
        return written.value, ""
    if not indicator.percent_points:
        if abs(written.value) > LARGEST_FRACTION:
            raise NotAFigureError(f"「{print_value(written.value)}」可能是 {print_value(written.value)}%,请写明百分号")
        return written.value, ""
    if written.value == 0 or abs(written.value) > 1 or exact or is_plausible(written.value, indicator):
        return written.value, ""
    shown = print_value(written.value)
    raise NotAFigureError(
        f"「{shown}」可能是 {print_value(written.value * 100)}%,也可能是 {shown}%,请写明百分号,如 {print_value(written.value * 100)}%"
    )


def keep_share(points: Decimal, indicator: Indicator, factor: Decimal) -> Decimal:
    """Give percent points as the indicator stores them: 95, 0.95, or in ‰."""
    if not indicator.percent_points:
        return points / 100
    return points / factor


def is_plausible(value: Decimal, indicator: Indicator) -> bool:
    """Whether a share up to 1 can only be meant as it stands, by the indicator's plausible range."""
    if indicator.low is None or indicator.high is None:
        return False
    return indicator.low <= value <= indicator.high and not indicator.low <= value * 100 <= indicator.high


def fit_digits(value: Decimal, *, formula: bool) -> tuple[Decimal, str]:
    """Check the number's length. A formula's result is rounded to 6 decimals, with a note; typed digits are not."""
    if not value.is_finite():
        raise NotAFigureError("不是可用的数字,请填普通数字,如 1234.5")
    if abs(value) >= Decimal(10) ** limits.DIGITS_BEFORE:
        raise NotAFigureError(f"「{shorten_text(str(value), 20)}」太大,小数点前最多 {limits.DIGITS_BEFORE} 位")
    value = trim_zeros(value)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -limits.DIGITS_AFTER:
        return value, ""
    if not formula:
        raise NotAFigureError(f"「{shorten_text(format(value, 'f'), 24)}」小数太长,小数点后最多 {limits.DIGITS_AFTER} 位")
    value = trim_zeros(value.quantize(STEP, rounding=ROUND_HALF_UP))
    return value, f"公式结果按 {print_value(value)} 读取({limits.DIGITS_AFTER} 位小数)"


def check_count(value: Decimal, indicator: Indicator) -> None:
    """Refuse a count that is negative or not whole."""
    if indicator.kind == "quantity":
        return
    if value < 0:
        raise NotAFigureError(f"「{print_value(value)}」是负数,次数(起数)只能是 0 或正整数")
    if value != value.to_integral_value():
        raise NotAFigureError(f"「{print_value(value)}」不是整数,次数(起数)只能是 0 或正整数")


def trim_zeros(value: Decimal) -> Decimal:
    """Give a decimal without trailing zeros behind the point and without an exponent."""
    if value == 0:
        return Decimal(0)
    value = value.normalize()
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent > 0:
        return value.quantize(Decimal(1))
    return value


def print_value(value: Decimal) -> str:
    """Give a decimal plainly: no exponent, no trailing zeros."""
    return format(trim_zeros(value), "f")
