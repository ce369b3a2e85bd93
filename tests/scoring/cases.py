"""Random schemes and figures for the parity test, as TOML text and dicts of texts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

ON = ["actual", "attainment", "deviation", "difference", "growth"]
ACTUALS = [
    "0",
    "-0",
    "1",
    "2",
    "3",
    "100",
    "95",
    "97",
    "80",
    "33.333333",
    "-50",
    "0.000001",
    "999999999999.999999",
    "-999999999999.999999",
    "66.67",
    "15.225",
    "5.005",
    "0.5",
]
TARGETS = ["100", "100", "100", "100", "0", "-50", "3", "0.000001", "999999999999.999999", "200", "-0.7", "7"]


def decimals(low: int, high: int, places: int = 3) -> st.SearchStrategy[Decimal]:
    return st.integers(low * 10**places, high * 10**places).map(lambda value: Decimal(value).scaleb(-places))


def marks(digits: int, low: int = -10, high: int = 60) -> st.SearchStrategy[Decimal]:
    return decimals(low, high, digits)


@st.composite
def pairs(draw: st.DrawFn, least: int) -> list[list[Decimal]]:
    xs = sorted(draw(st.sets(decimals(-2, 3, 2), min_size=least, max_size=4)))
    return [[x, draw(decimals(-1, 2, 2))] for x in xs]


@st.composite
def indicators(draw: st.DrawFn, code: str, dimension: str, digits: int) -> dict[str, Any]:
    method = draw(st.sampled_from(["curve", "step", "bands", "events", "direct"]))
    full = draw(st.sampled_from([Decimal(20), Decimal(0), Decimal(10), Decimal("7.5"), Decimal("3.3333")]))
    item: dict[str, Any] = {
        "code": code,
        "name": f"指标{code}",
        "unit": "t",
        "dimension": dimension,
        "full": full,
        "method": method,
    }
    if draw(st.booleans()):
        item["decimals"] = draw(st.integers(0, 6))
    if draw(st.booleans()):
        item["missing"] = draw(st.sampled_from(["unplaced", "zero", "zero", "zero", "exempt", "exempt"]))
    if draw(st.integers(0, 4)) == 0:
        item["tracks"] = draw(st.sampled_from([["-"], ["a", "-"], ["a", "b"]]))
    if method in ("curve", "step", "bands"):
        item["on"] = draw(st.sampled_from(ON))
    if method == "curve":
        item["points"] = draw(pairs(2))
    elif method == "bands":
        item["bands"] = draw(pairs(1))
        maybe(draw, item, "below", decimals(-1, 1, 2))
    elif method == "step":
        item["per"] = draw(st.sampled_from([Decimal("0.03"), Decimal(1), Decimal("0.7"), Decimal(25)]))
        for key, values in (
            ("up", decimals(-3, 3)),
            ("down", decimals(-3, 3)),
            ("origin", decimals(-1, 2)),
            ("start", decimals(0, 30)),
            ("floor", decimals(-5, 0)),
            ("cap", decimals(1, 40)),
        ):
            maybe(draw, item, key, values)
        maybe(draw, item, "whole", st.booleans())
    elif method == "events":
        item["each"] = draw(decimals(-4, 4))
        for key, values in (("start", decimals(-5, 25)), ("floor", decimals(-9, 0)), ("cap", decimals(1, 40))):
            maybe(draw, item, key, values)
    return item


def maybe(draw: st.DrawFn, item: dict[str, Any], key: str, values: st.SearchStrategy[Any]) -> None:
    if draw(st.booleans()):
        item[key] = draw(values)


@st.composite
def vetoes(draw: st.DrawFn, code: str, dimensions: list[str], digits: int) -> dict[str, Any]:
    effect = draw(st.sampled_from(["zero_total", "zero_dimension", "cap_total"]))
    item: dict[str, Any] = {"code": code, "name": f"否决{code}", "unit": "次", "method": "veto", "effect": effect}
    maybe(draw, item, "at", st.sampled_from([Decimal(1), Decimal(2), Decimal("1.5")]))
    if effect == "cap_total":
        item["limit"] = draw(marks(digits))
    if effect == "zero_dimension" or draw(st.booleans()):
        item["dimension"] = draw(st.sampled_from(dimensions))
    if draw(st.integers(0, 4)) == 0:
        item["tracks"] = ["a"]
    return item


@st.composite
def schemes(draw: st.DrawFn) -> dict[str, Any]:
    digits = draw(st.sampled_from([2, 2, 2, 0, 1, 3, 4]))
    head: dict[str, Any] = {"code": "s", "name": "方案", "version": 1, "basis": "办法", "period": "month", "digits": digits}
    if draw(st.integers(0, 5)):
        head["missing"] = draw(st.sampled_from(["unplaced", "zero", "zero", "exempt", "exempt"]))
    maybe(draw, head, "cap", marks(digits, 20, 90))
    maybe(draw, head, "floor", marks(digits, -20, 5))
    dimensions = [{"code": f"d{number}", "name": f"维度{number}"} for number in range(draw(st.integers(1, 3)))]
    for dimension in dimensions:
        maybe(draw, dimension, "cap", marks(digits, 0, 40))
    codes = [dimension["code"] for dimension in dimensions]
    items = [draw(indicators(f"i{number}", code, digits)) for number, code in enumerate(codes)]
    for number in range(draw(st.integers(0, 3))):
        items.append(draw(indicators(f"j{number}", draw(st.sampled_from(codes)), digits)))
    for number in range(draw(st.integers(0, 2))):
        items.append(draw(vetoes(f"v{number}", codes, digits)))
    items = draw(st.permutations(items))
    scheme: dict[str, Any] = {"scheme": head}
    if draw(st.integers(0, 7)):
        # Most rankings need few peers, or random units would hardly ever get a place.
        ties = draw(st.lists(st.sampled_from([item["code"] for item in items]), unique=True, max_size=2))
        scheme["ranking"] = {"tie_break": ties, "min_peers": draw(st.sampled_from([0, 1, 1, 2, 3]))}
    if draw(st.booleans()):
        scheme["grade"] = [{"name": "优", "min": Decimal("20.005")}, {"name": "良", "min": Decimal(0)}]
    return scheme | {"dimension": dimensions, "indicator": items}


@st.composite
def figures(draw: st.DrawFn, scheme: dict[str, Any]) -> list[dict[str, str]]:
    rows = []
    for period in draw(st.sampled_from([["2026-10"], ["2026-10"], ["2026-09", "2026-10"]])):
        for number in range(draw(st.integers(1, 6))):
            track = draw(st.sampled_from(["", "", "", "", "a", "b"]))
            for item in scheme["indicator"]:
                if (track or "-") in item.get("tracks", [track or "-"]) and draw(st.integers(0, 15)):
                    rows.append(draw(cells(item, period, f"u{number}", track)))
    if not rows:
        item = next((item for item in scheme["indicator"] if "-" in item.get("tracks", ["-"])), None)
        track = "" if item else "a"
        item = item or scheme["indicator"][0]
        rows.append(draw(cells(item, "2026-10", "u0", track)))
    return rows


@st.composite
def cells(draw: st.DrawFn, item: dict[str, Any], period: str, unit: str, track: str) -> dict[str, str]:
    row = {"unit": unit, "track": track, "period": period, "indicator": item["code"], "actual": "", "target": "", "base": "", "exempt": ""}
    if item["method"] in ("events", "veto"):
        few = ["", "0", "0", "0", "0", "0", "0", "1", "2"] if item["method"] == "veto" else ["", "0", "1", "2", "3", "17"]
        row["actual"] = draw(st.sampled_from(few))
    elif draw(st.integers(0, 11)):
        row["actual"] = draw(
            st.one_of(st.sampled_from(ACTUALS), decimals(0, 120, 1).map(lambda v: f"{v:f}"), decimals(-10, 120, 2).map(lambda v: f"{v:f}"))
        )
    for name in ("target", "base"):
        if draw(st.integers(0, 11)):
            row[name] = draw(st.sampled_from(TARGETS))
    if draw(st.integers(0, 9)) == 0:
        row["exempt"] = "停产检修"
    return row


@st.composite
def long_schemes(draw: st.DrawFn) -> dict[str, Any]:
    """One indicator of each method that looks at x, with numbers of up to 14 digits: on either side of what fits."""
    places = draw(st.integers(0, 9))
    digits = draw(st.integers(0, 4))
    head = {"code": "s", "name": "方案", "version": 1, "basis": "办法", "period": "month", "missing": "zero", "digits": digits}

    def number(low: int, high: int) -> Decimal:
        return draw(decimals(low, high, places))

    def pairs_of(least: int) -> list[list[Decimal]]:
        return [[x, number(-2, 2)] for x in sorted(draw(st.sets(decimals(-9999, 9999, places), min_size=least, max_size=3)))]

    items: list[dict[str, Any]] = [
        {"method": "curve", "points": pairs_of(2)},
        {"method": "bands", "bands": pairs_of(1)},
        {
            "method": "step",
            "per": number(0, 9) + Decimal(1).scaleb(-places),
            "up": number(-9, 9),
            "down": number(-9, 9),
            "origin": number(-999, 999),
            "floor": number(-99, 0),
            "whole": draw(st.booleans()),
        },
    ]
    for position, item in enumerate(items):
        item |= {
            "code": f"i{position}",
            "name": "指标",
            "unit": "t",
            "dimension": "d",
            "full": number(0, 999),
            "on": draw(st.sampled_from(ON)),
            "decimals": draw(st.integers(0, 6)),
        }
    return {"scheme": head, "ranking": {"min_peers": 1}, "dimension": [{"code": "d", "name": "维度"}], "indicator": items}


@st.composite
def extreme_figures(draw: st.DrawFn) -> list[dict[str, str]]:
    figure = st.one_of(
        st.sampled_from(["999999999999.999999", "-999999999999.999999", "0.000001", "-0.000001", "0", "1"]),
        decimals(-(10**6), 10**6, 6).map(lambda value: f"{value:f}"),
    )
    return [
        {
            "unit": unit,
            "track": "",
            "period": "2026-10",
            "indicator": f"i{position}",
            "exempt": "",
            "actual": draw(figure),
            "target": draw(figure),
            "base": draw(figure),
        }
        for unit in ("u0", "u1", "u2")
        for position in range(3)
    ]


def to_toml(scheme: dict[str, Any]) -> str:
    lines = []
    for name in ("scheme", "ranking"):
        if name in scheme:
            lines += [f"[{name}]", *(f"{key} = {value_text(value)}" for key, value in scheme[name].items())]
    for name in ("grade", "dimension", "indicator"):
        for table in scheme.get(name, []):
            lines += [f"[[{name}]]", *(f"{key} = {value_text(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def value_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return "[" + ", ".join(value_text(item) for item in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
