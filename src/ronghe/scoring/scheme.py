"""A scheme file: TOML text in, a checked Scheme or every problem out (SCORING.md, Scheme)."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from ronghe.scoring.numbers import count_decimals
from ronghe.scoring.periods import PERIOD_KINDS, PeriodKind
from ronghe.scoring.problems import Problem, SchemeError
from ronghe.scoring.scheme_checks import check_sizes
from ronghe.scoring.scheme_indicators import read_indicator
from ronghe.scoring.scheme_keys import KeyReader
from ronghe.scoring.scheme_model import Dimension, Grade, Indicator, Missing, Scheme

MISSING_POLICIES = ("unplaced", "zero", "exempt")
_TABLES = ("scheme", "ranking", "grade", "dimension", "indicator")


def load_scheme(path: str | Path) -> Scheme:
    """Read a scheme file. Raises SchemeError with every problem, OSError where the file cannot be read."""
    return parse_scheme(Path(path).read_bytes(), file=str(path))


def parse_scheme(text: str | bytes, *, file: str = "scheme.toml") -> Scheme:
    """Turn TOML text (bytes are UTF-8, with or without a BOM) into a Scheme.

    `file` is what the problems name. Raises SchemeError with every problem found, not only the first.
    """
    data = _load_toml(_decode(text, file), file)
    problems: list[Problem] = []
    scheme = _read_scheme(data, file, problems)
    if scheme is None or problems:
        raise SchemeError(problems)
    problems += check_sizes(scheme, file)
    if problems:
        raise SchemeError(problems)
    return scheme


def _decode(text: str | bytes, file: str) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = text[: error.start].decode("utf-8-sig", errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise SchemeError([Problem(file, str(line), str(column), "不是 UTF-8 编码的文字", line)]) from error


def _load_toml(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        line, column, reason = _locate(str(error), text)
        raise SchemeError([Problem(file, str(line), str(column), f"TOML 语法错误:{reason}", line)]) from error
    except RecursionError as error:
        raise SchemeError([Problem(file, "1", "1", "TOML 语法错误:嵌套过深", 1)]) from error
    except ValueError as error:
        # Python refuses to read integers of more than 4300 digits; tomllib does not say where.
        raise SchemeError([Problem(file, "1", "1", f"TOML 语法错误:{error}", 1)]) from error


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace("_", ""))


def _locate(message: str, text: str) -> tuple[int, int, str]:
    """Split tomllib's message into line, column and reason."""
    match = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", message, re.DOTALL)
    if match:
        return int(match[2]), int(match[3]), match[1]
    line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    return line, column, message.replace(" (at end of document)", "(在文件末尾)")


def _read_scheme(data: dict[str, Any], file: str, problems: list[Problem]) -> Scheme | None:
    for name in data:
        if name not in _TABLES:
            problems.append(Problem(file, name, "-", "未知的表"))
    head = KeyReader(file, "scheme", _table(data, "scheme", file, problems), problems)
    code, name = head.text("code", required=True), head.text("name", required=True)
    version = head.integer("version", required=True)
    basis = head.text("basis", required=True)
    period = cast(PeriodKind, head.choice("period", PERIOD_KINDS, required=True))
    digits = head.integer("digits", default=2, low=0, high=4)
    missing = cast(Missing, head.choice("missing", MISSING_POLICIES, default="unplaced"))
    cap, floor = head.number("cap"), head.number("floor")
    for key, value in (("cap", cap), ("floor", floor)):
        check_decimals(head, key, value, digits)
    if cap is not None and floor is not None and floor > cap:
        head.complain("floor", "保底分 floor 高于封顶分 cap")
    head.refuse_unknown()

    dimensions = _read_dimensions(data, file, problems, digits)
    indicators = [
        read_indicator(table, position, {item.code for item in dimensions}, digits, file, problems)
        for position, table in enumerate(_tables(data, "indicator", file, problems), start=1)
    ]
    _refuse_twice("indicator", [indicator.code for indicator in indicators], file, problems)
    _refuse_empty_dimensions(dimensions, indicators, file, problems)
    tie_break, min_peers = _read_ranking(data, file, problems, {item.code for item in indicators})
    grades = _read_grades(data, file, problems)
    if problems:
        return None
    return Scheme(
        code=code,
        name=name,
        version=version,
        basis=basis,
        period=period,
        digits=digits,
        missing=missing,
        cap=cap,
        floor=floor,
        tie_break=tie_break,
        min_peers=min_peers,
        grades=grades,
        dimensions=tuple(dimensions),
        indicators=tuple(indicators),
    )


def check_decimals(keys: KeyReader, key: str, value: Decimal | None, digits: int) -> None:
    """Complain about a bound that a printed mark could not meet exactly."""
    if value is not None and count_decimals(value) > digits:
        keys.complain(key, f"小数位数多于 digits = {digits}")


def _read_dimensions(data: dict[str, Any], file: str, problems: list[Problem], digits: int) -> list[Dimension]:
    tables = _tables(data, "dimension", file, problems)
    if not tables and not isinstance(data.get("dimension"), dict):
        problems.append(Problem(file, "dimension", "-", "至少要有一个 [[dimension]]"))
    dimensions = []
    for position, table in enumerate(tables, start=1):
        keys = KeyReader(file, label_of("dimension", table, position), table, problems)
        code = keys.code("code")
        name = keys.text("name", required=True)
        cap = keys.number("cap")
        check_decimals(keys, "cap", cap, digits)
        keys.refuse_unknown()
        dimensions.append(Dimension(code=code, name=name, cap=cap))
    _refuse_twice("dimension", [dimension.code for dimension in dimensions], file, problems)
    return dimensions


def _refuse_empty_dimensions(dimensions: list[Dimension], indicators: list[Indicator], file: str, problems: list[Problem]) -> None:
    filled = {indicator.dimension for indicator in indicators if not indicator.is_veto}
    if not filled <= {dimension.code for dimension in dimensions}:
        # An indicator whose dimension is wrong may be the one that is missed here: it has its own problem.
        return
    for position, dimension in enumerate(dimensions, start=1):
        if dimension.code and dimension.code not in filled:
            table = label_of("dimension", {"code": dimension.code}, position)
            problems.append(Problem(file, table, "code", "该维度没有任何计分指标(否决项不算)"))


def _read_ranking(data: dict[str, Any], file: str, problems: list[Problem], codes: set[str]) -> tuple[tuple[str, ...], int]:
    if "ranking" not in data:
        return (), 3
    keys = KeyReader(file, "ranking", _table(data, "ranking", file, problems), problems)
    tie_break = keys.texts("tie_break") or ()
    for code in tie_break:
        if code not in codes:
            keys.complain("tie_break", f"方案中没有指标 {code}")
    if len(set(tie_break)) != len(tie_break):
        keys.complain("tie_break", "同一指标列出了两次")
    min_peers = keys.integer("min_peers", default=3, low=0)
    keys.refuse_unknown()
    return tie_break, min_peers


def _read_grades(data: dict[str, Any], file: str, problems: list[Problem]) -> tuple[Grade, ...]:
    grades: list[Grade] = []
    for position, table in enumerate(_tables(data, "grade", file, problems), start=1):
        keys = KeyReader(file, label_of("grade", table, position, key="name"), table, problems)
        name, least = keys.text("name", required=True), keys.number("min", required=True)
        keys.refuse_unknown()
        if least is None:
            continue
        if grades and least >= grades[-1].min:
            keys.complain("min", "等级应由高到低排列,下限须逐级降低")
        grades.append(Grade(name=name, min=least))
    return tuple(grades)


def label_of(kind: str, table: dict[str, Any], position: int, *, key: str = "code") -> str:
    """Name a table in a problem: by its code, or by its position where it has none."""
    code = table.get(key)
    return f"{kind} {code}" if isinstance(code, str) and code.strip() else f"{kind} #{position}"


def _table(data: dict[str, Any], name: str, file: str, problems: list[Problem]) -> dict[str, Any]:
    table = data.get(name, {})
    if isinstance(table, dict):
        return table
    problems.append(Problem(file, name, "-", f"应写成一个 [{name}] 表"))
    return {}


def _tables(data: dict[str, Any], name: str, file: str, problems: list[Problem]) -> list[dict[str, Any]]:
    tables = data.get(name, [])
    if isinstance(tables, list) and all(isinstance(table, dict) for table in tables):
        return tables
    problems.append(Problem(file, name, "-", f"应写成若干 [[{name}]] 表"))
    return []


def _refuse_twice(kind: str, codes: list[str], file: str, problems: list[Problem]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code and code.lower() in seen:
            problems.append(Problem(file, f"{kind} {code}", "code", f"代码 {code} 用了两次"))
        seen.add(code.lower())
