"""A scheme as tables of texts: what a form shows and sends back, read from TOML and written to it without loss.

Pure: no Django. Every value is a text as a person typed it, an absent key an empty one; whether it is right is for the kernel's
parser alone to say, so that a page and `ronghe score` give the same messages.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ronghe.scoring.problems import Problem, SchemeError
from ronghe.scoring.scheme import parse_scheme
from ronghe.scoring.scheme_model import Indicator, Scheme

Table = dict[str, Any]
Pair = tuple[str, str]

HEAD = ("code", "name", "version", "basis", "period", "digits", "missing", "cap", "floor")
COMMON = ("code", "name", "unit", "decimals", "dimension", "full", "method", "on")
LOOKS_AT_X = ("curve", "step", "bands")
METHOD_KEYS: dict[str, tuple[str, ...]] = {
    "curve": ("points",),
    "step": ("per", "up", "down", "origin", "start", "cap", "floor", "whole"),
    "bands": ("bands", "below"),
    "events": ("each", "start", "cap", "floor"),
    "direct": (),
    "veto": ("at", "effect", "limit"),
}
PAIRS = {"curve": "points", "bands": "bands"}
RULE_KEYS = tuple(dict.fromkeys(key for keys in METHOD_KEYS.values() for key in keys if key not in PAIRS.values()))
NUMBERS = {
    *("version", "digits", "cap", "floor", "min", "min_peers", "decimals", "full", "per", "up", "down", "origin", "start", "below"),
    *("each", "at", "limit"),
}
# what is a share, or lies on an axis of shares, may be typed as a percentage
SHARES = ("attainment", "deviation", "growth")
SHARE_AXIS = ("per", "origin")
FLAGS = {"true", "false"}

KINDS = {"scheme": "方案", "ranking": "排名", "grade": "等级", "dimension": "维度", "indicator": "指标"}
LABELS = {
    "code": "编码", "name": "名称", "basis": "依据", "period": "周期", "digits": "小数位数", "missing": "缺报", "cap": "封顶",
    "floor": "保底", "min": "下限", "min_peers": "最少单位数", "tie_break": "同分先比", "order": "次序", "unit": "计量单位",
    "decimals": "数据小数位数", "dimension": "维度", "full": "满分", "method": "计分办法", "on": "按什么计", "tracks": "赛道",
    "points": "各点", "bands": "各档", "below": "低于首档", "per": "步长", "up": "每高一步", "down": "每低一步", "origin": "基准",
    "start": "起算分", "whole": "整步", "each": "每次", "at": "触发次数", "effect": "否决", "limit": "总分上限",
}  # fmt: skip

_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_EXPONENT = re.compile(r"[+-]?(0|[1-9]\d*)(\.\d+)?[eE][+-]?\d{1,6}", re.ASCII)
_PERCENT = re.compile(r"([+-]?\d{1,30}(?:\.\d{1,30})?)%", re.ASCII)


@dataclass
class Tables:
    """A whole scheme: one table of the head, one of the ranking, and rows of grades, dimensions and indicators."""

    scheme: Table = field(default_factory=dict)
    ranking: Table = field(default_factory=dict)
    grades: list[Table] = field(default_factory=list)
    dimensions: list[Table] = field(default_factory=list)
    indicators: list[Table] = field(default_factory=list)

    def find(self, code: str) -> int | None:
        """Return where an indicator stands, or None."""
        return next((place for place, row in enumerate(self.indicators) if row.get("code") == code), None)

    @property
    def digits(self) -> int:
        """The decimals of a mark, 2 while what is typed is none."""
        text = self.scheme.get("digits", "")
        return int(text) if text in ("0", "1", "2", "3", "4") else 2


def read_tables(text: str) -> Tables:
    """Read TOML whose shape is that of a scheme (as every stored version's is)."""
    data = tomllib.loads(text.removeprefix("\ufeff"), parse_float=_keep)
    ranking = data.get("ranking", {})
    return Tables(
        scheme=_texts(data.get("scheme", {})),
        ranking={**_texts(ranking), "tie_break": list(ranking.get("tie_break", []))},
        grades=[_texts(row) for row in data.get("grade", [])],
        dimensions=[_texts(row) for row in data.get("dimension", [])],
        indicators=[_read_indicator(row) for row in data.get("indicator", [])],
    )


def _keep(text: str) -> str:
    return text.replace("_", "")


def _texts(table: dict[str, Any]) -> Table:
    return {key: _text(value) for key, value in table.items() if not isinstance(value, list)}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _read_indicator(row: dict[str, Any]) -> Table:
    pairs: list[Any] = next((row[key] for key in PAIRS.values() if key in row), [])
    return {**_texts(row), "tracks": list(row.get("tracks", [])), "pairs": [(_text(x), _text(share)) for x, share in pairs]}


def write_tables(tables: Tables) -> str:
    """Write the tables as TOML in the order of the contract; what is empty is left out, what is no number is written as typed."""
    blocks = [_block("[scheme]", _lines(tables.scheme, HEAD))]
    ranking = [_line("tie_break", tables.ranking["tie_break"])] if tables.ranking.get("tie_break") else []
    ranking += _lines(tables.ranking, ("min_peers",))
    if ranking:
        blocks.append(_block("[ranking]", ranking))
    blocks += [_block("[[grade]]", _lines(row, ("name", "min"))) for row in tables.grades]
    blocks += [_block("[[dimension]]", _lines(row, ("code", "name", "cap"))) for row in tables.dimensions]
    blocks += [_block("[[indicator]]", _indicator_lines(row)) for row in tables.indicators]
    return "\n".join(blocks)


def keys_of(method: str, effect: str = "") -> tuple[str, ...]:
    """Return the keys that an indicator of this method has, in the order of the contract."""
    common = tuple(key for key in COMMON if (key != "full" or method != "veto") and (key != "on" or method in LOOKS_AT_X))
    own = tuple(key for key in METHOD_KEYS.get(method, ()) if key != "limit" or effect == "cap_total")
    return (*common, *own, "missing", "tracks")


def _indicator_lines(row: Table) -> list[str]:
    lines = []
    for key in keys_of(row.get("method", ""), row.get("effect", "")):
        if key in PAIRS.values():
            pairs = [pair for pair in row.get("pairs", []) if any(pair)]
            lines += [f"{key} = [{', '.join(f'[{_number(x)}, {_number(share)}]' for x, share in pairs)}]"] if pairs else []
        elif row.get(key):
            lines.append(_line(key, row[key]))
    return lines


def _block(header: str, lines: Iterable[str]) -> str:
    return "\n".join([header, *lines]) + "\n"


def _lines(table: Table, keys: Iterable[str]) -> list[str]:
    return [_line(key, table[key]) for key in keys if table.get(key)]


def _line(key: str, value: Any) -> str:
    if isinstance(value, list):
        return f"{key} = [{', '.join(_quote(item) for item in value)}]"
    if key in NUMBERS:
        return f"{key} = {_number(value)}"
    if key == "whole" and value in FLAGS:
        return f"{key} = {value}"
    return f"{key} = {_quote(value)}"


def _quote(text: str) -> str:
    # JSON's escapes are TOML's too, apart from DEL, which TOML wants escaped
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(text: str) -> str:
    """Write a number as TOML does; what is none stays a text, about which the parser then complains."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    if _PLAIN.fullmatch(plain):
        sign = "-" if plain[0] == "-" else ""
        whole, dot, rest = plain.lstrip("+-").partition(".")
        return f"{sign}{whole.lstrip('0') or '0'}{dot}{rest}"
    return plain if _EXPONENT.fullmatch(plain) else _quote(text)


def clean_percent(text: str) -> str:
    """Turn '85%' into '0.85'; what is no percentage stays as it was typed."""
    match = _PERCENT.fullmatch(unicodedata.normalize("NFKC", text).strip().replace("−", "-"))
    if not match:
        return text
    value = Decimal(match[1]).scaleb(-2)
    written = f"{value:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) if value else "0"


def clean_indicator(row: Table) -> Table:
    """Return an indicator as typed with its percentages as the shares that they are."""
    ratio = row.get("on") in SHARES and row.get("method") in LOOKS_AT_X
    cleaned = {**row, "pairs": [(clean_percent(x) if ratio else x, clean_percent(share)) for x, share in row.get("pairs", [])]}
    for key in ("below", *(SHARE_AXIS if ratio else ())):
        if cleaned.get(key):
            cleaned[key] = clean_percent(cleaned[key])
    return cleaned


def find_problems(text: str) -> list[Problem]:
    """Return every problem that `ronghe score` would print about the text."""
    try:
        parse_scheme(text)
    except SchemeError as error:
        return list(error.problems)
    return []


def read_scheme_or_none(text: str) -> Scheme | None:
    """Return the scheme where it keeps the contract."""
    try:
        return parse_scheme(text)
    except SchemeError:
        return None


def is_about_indicator(problem: Problem, code: str, place: int) -> bool:
    """Tell whether a problem speaks of the indicator with this code, or at this place where it has none."""
    return problem.place == (f"indicator {code}" if code.strip() else f"indicator #{place + 1}")


def is_about_head(problem: Problem) -> bool:
    """Tell whether a problem speaks of the head, the ranking or the grades."""
    return problem.place in ("scheme", "ranking") or problem.place.startswith("grade ")


def find_dimension_problems(tables: Tables) -> list[Problem]:
    """Return what is wrong with the dimensions alone; one without indicators may be filled later."""
    codes = dict.fromkeys(row.get("code", "") for row in tables.dimensions)
    fillers = [
        {"code": f"x{place}", "name": "-", "unit": "-", "dimension": code, "full": "1", "method": "direct"}
        for place, code in enumerate(codes)
        if code
    ]
    probe = Tables(tables.scheme, {}, [], tables.dimensions, fillers)
    return [problem for problem in find_problems(write_tables(probe)) if problem.place.startswith("dimension")]


def list_changes(old: Tables, new: Tables) -> dict[str, list[str]]:
    """Return what differs, key by key and in words, for the audit: '指标 原油产量(oil) 满分' → ['20', '25']."""
    before, after = _flatten(old), _flatten(new)
    keys = [*before, *(key for key in after if key not in before)]
    names = _name_rows(old) | _name_rows(new)
    return {
        f"{names.get(key[:2], KINDS[key[0]])} {LABELS.get(key[2], key[2])}": [before.get(key, ""), after.get(key, "")]
        for key in keys
        if before.get(key, "") != after.get(key, "")
    }


def _flatten(tables: Tables) -> dict[tuple[str, str, str], str]:
    flat = {("scheme", "", key): value for key, value in tables.scheme.items()}
    flat |= {("ranking", "", key): value if isinstance(value, str) else _join(value) for key, value in tables.ranking.items()}
    for kind, rows in _rows(tables):
        for place, row in enumerate(rows, start=1):
            keys = keys_of(row.get("method", ""), row.get("effect", "")) if kind == "indicator" else tuple(row)
            for key in keys:
                value = row.get("pairs" if key in PAIRS.values() else key, "")
                flat[kind, _id_of(row, place), key] = value if isinstance(value, str) else _join(value)
        flat[kind, "", "order"] = _join([_id_of(row, place) for place, row in enumerate(rows, start=1)])
    return {key: value for key, value in flat.items() if value}


def _rows(tables: Tables) -> tuple[tuple[str, list[Table]], ...]:
    return ("grade", tables.grades), ("dimension", tables.dimensions), ("indicator", tables.indicators)


def _id_of(row: Table, place: int) -> str:
    return str(row.get("code") or row.get("name") or f"#{place}")


def _name_rows(tables: Tables) -> dict[tuple[str, str], str]:
    """Return (kind, code) → what a row is called."""
    names = {}
    for kind, rows in _rows(tables):
        for place, row in enumerate(rows, start=1):
            code = f"({row['code']})" if row.get("code") else ""
            names[kind, _id_of(row, place)] = f"{KINDS[kind]} {row.get('name', '')}{code}"
    return names


def _join(values: list[Any]) -> str:
    return ", ".join(value if isinstance(value, str) else ":".join(value) for value in values)


def parse_indicator(row: Table, digits: int) -> tuple[Indicator | None, list[Problem]]:
    """Read one indicator by itself, wherever it belongs: for its sentence and its curve, while other parts are unfinished."""
    head = {"code": "s", "name": "s", "version": "1", "basis": "s", "period": "month", "digits": str(digits)}
    named = {key: row.get(key) or "x" for key in ("code", "name", "unit")}
    filler = {"code": "filler-of-the-probe", "name": "x", "unit": "x", "dimension": "d", "full": "1000", "method": "direct"}
    alone = {**row, **named, "dimension": "d"}
    try:
        scheme = parse_scheme(write_tables(Tables(head, {}, [], [{"code": "d", "name": "d"}], [alone, filler])))
    except SchemeError as error:
        return None, list(error.problems)
    return scheme.indicators[0], []
