"""A scheme file's checks and each problem's line (SCORING.md, Scheme: Problems)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ronghe.scoring.problems import SchemeError
from ronghe.scoring.scheme import parse_scheme

HEAD = '[scheme]\ncode = "s"\nname = "方案"\nversion = 1\nbasis = "办法"\nperiod = "month"\n'
DIMENSION = '[[dimension]]\ncode = "d"\nname = "维度"\n'
OIL = '[[indicator]]\ncode = "oil"\nname = "产量"\nunit = "t"\ndimension = "d"\nfull = 20\n'
CURVE = 'method = "curve"\non = "attainment"\npoints = [[0.8, 0], [1, 1]]\n'
VETO = '[[indicator]]\ncode = "v"\nname = "事故"\nunit = "次"\nmethod = "veto"\n'
STEP = 'method = "step"\non = "actual"\n'
GOOD = HEAD + DIMENSION + OIL + CURVE


def problems_of(text: str | bytes) -> list[str]:
    with pytest.raises(SchemeError) as caught:
        parse_scheme(text)
    return [str(problem) for problem in caught.value.problems]


def test_a_good_scheme_is_read_with_the_contract_s_defaults() -> None:
    scheme = parse_scheme(GOOD)

    assert (scheme.digits, scheme.missing, scheme.min_peers, scheme.tie_break) == (2, "unplaced", 3, ())
    oil = scheme.indicators[0]
    assert (oil.decimals, oil.full, oil.method, oil.on, oil.missing) == (2, Decimal(20), "curve", "attainment", None)


def test_numbers_are_decimals_as_written() -> None:
    scheme = parse_scheme(GOOD.replace("full = 20", "full = 0.1").replace("[1, 1]", "[1.10, 1e0]"))

    assert scheme.indicators[0].full == Decimal("0.1")
    assert scheme.indicators[0].rule.points[1] == (Decimal("1.1"), Decimal(1))


def test_bytes_may_have_a_bom() -> None:
    assert parse_scheme(b"\xef\xbb\xbf" + GOOD.encode()).code == "s"


def test_the_digest_is_of_the_content_not_of_the_layout() -> None:
    again = "# 说明\n" + GOOD.replace("0.8", "0.80").replace('version = 1\nbasis = "办法"', 'basis = "办法"\nversion = 1')

    assert parse_scheme(again).digest == parse_scheme(GOOD).digest
    assert parse_scheme(GOOD.replace("0.8", "0.81")).digest != parse_scheme(GOOD).digest


def test_every_text_survives_writing() -> None:
    scheme = parse_scheme(GOOD.replace('"办法"', '"\\"引号\\" \\\\ 换\\n行 \\u007f \\u0001"'))

    assert parse_scheme(scheme.to_toml()) == scheme


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD.replace("version = 1", "version = "), "scheme.toml:4:11: TOML 语法错误:Invalid value"),
        (GOOD + 'name = "两个"\nname = "x"\n', "scheme.toml:19:12: TOML 语法错误:"),
        (GOOD + "[", "scheme.toml:19:2: TOML 语法错误:"),
        (GOOD.encode() + b'unit2 = "\xff"\n', "scheme.toml:19:10: 不是 UTF-8 编码的文字"),
    ],
)
def test_a_syntax_error_has_line_and_column(text: str | bytes, line: str) -> None:
    found = problems_of(text)

    assert len(found) == 1
    assert found[0].startswith(line)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD.replace('code = "s"\n', ""), "scheme.toml:scheme:code: 缺少必需的键"),
        (GOOD.replace('name = "方案"\n', ""), "scheme.toml:scheme:name: 缺少必需的键"),
        (GOOD.replace("version = 1\n", ""), "scheme.toml:scheme:version: 缺少必需的键"),
        (GOOD.replace("version = 1\n", 'version = "1"\n'), "scheme.toml:scheme:version: 应为整数"),
        (GOOD.replace("version = 1\n", "version = true\n"), "scheme.toml:scheme:version: 应为整数"),
        (GOOD.replace('basis = "办法"\n', ""), "scheme.toml:scheme:basis: 缺少必需的键"),
        (GOOD.replace('basis = "办法"\n', 'basis = " "\n'), "scheme.toml:scheme:basis: 不能为空"),
        (GOOD.replace('period = "month"\n', ""), "scheme.toml:scheme:period: 缺少必需的键"),
        (GOOD.replace('"month"', '"week"'), "scheme.toml:scheme:period: 应为 month、quarter、half、year 之一"),
        (HEAD + "digits = 5\n" + DIMENSION + OIL + CURVE, "scheme.toml:scheme:digits: 应在 0 到 4 之间"),
        (HEAD + 'missing = "no"\n' + DIMENSION + OIL + CURVE, "scheme.toml:scheme:missing: 应为 unplaced、zero、exempt 之一"),
        (HEAD + "cap = 10.123\n" + DIMENSION + OIL + CURVE, "scheme.toml:scheme:cap: 小数位数多于 digits = 2"),
        (HEAD + "floor = 0.001\n" + DIMENSION + OIL + CURVE, "scheme.toml:scheme:floor: 小数位数多于 digits = 2"),
        (HEAD + "cap = 1\nfloor = 2\n" + DIMENSION + OIL + CURVE, "scheme.toml:scheme:floor: 保底分 floor 高于封顶分 cap"),
        (HEAD + "cap = inf\n" + DIMENSION + OIL + CURVE, "scheme.toml:scheme:cap: 应为有限的数字"),
        (HEAD + 'cap = "1"\n' + DIMENSION + OIL + CURVE, "scheme.toml:scheme:cap: 应为数字"),
        (HEAD + "weight = 1\n" + DIMENSION + OIL + CURVE, "scheme.toml:scheme:weight: 未知的键"),
        (GOOD + "[other]\nx = 1\n", "scheme.toml:other:-: 未知的表"),
        (GOOD + '[ranking]\ntie_break = ["x"]\n', "scheme.toml:ranking:tie_break: 方案中没有指标 x"),
        (GOOD + '[ranking]\ntie_break = ["oil", "oil"]\n', "scheme.toml:ranking:tie_break: 同一指标列出了两次"),
        (GOOD + "[ranking]\ntie_break = [1]\n", "scheme.toml:ranking:tie_break: 应为文字的列表"),
        (GOOD + "[ranking]\nmin_peers = 1.5\n", "scheme.toml:ranking:min_peers: 应为整数"),
        (GOOD + "[ranking]\nmin = 1\n", "scheme.toml:ranking:min: 未知的键"),
        (GOOD + '[[grade]]\nname = "优"\n', "scheme.toml:grade 优:min: 缺少必需的键"),
        (GOOD + "[[grade]]\nmin = 1\n", "scheme.toml:grade #1:name: 缺少必需的键"),
        (
            GOOD + '[[grade]]\nname = "良"\nmin = 1\n[[grade]]\nname = "优"\nmin = 2\n',
            "scheme.toml:grade 优:min: 等级应由高到低排列,下限须逐级降低",
        ),
        (HEAD, "scheme.toml:dimension:-: 至少要有一个 [[dimension]]"),
        (GOOD + '[[dimension]]\ncode = "e"\nname = "空"\n', "scheme.toml:dimension e:code: 该维度没有任何计分指标(否决项不算)"),
        (GOOD + '[[dimension]]\ncode = "d"\nname = "空"\n', "scheme.toml:dimension d:code: 代码 d 用了两次"),
        (GOOD + '[[dimension]]\ncode = "D"\nname = "空"\n', "scheme.toml:dimension D:code: 代码应由小写字母开头"),
        (HEAD + DIMENSION + "cap = 1.005\n" + OIL + CURVE, "scheme.toml:dimension d:cap: 小数位数多于 digits = 2"),
        (GOOD + OIL + CURVE, "scheme.toml:indicator oil:code: 代码 oil 用了两次"),
        (GOOD.replace('"oil"', '"Oil"'), "scheme.toml:indicator Oil:code: 代码应由小写字母开头"),
        (GOOD.replace('code = "oil"\n', ""), "scheme.toml:indicator #1:code: 缺少必需的键"),
        (GOOD.replace('unit = "t"\n', ""), "scheme.toml:indicator oil:unit: 缺少必需的键"),
        (GOOD.replace('method = "curve"\n', ""), "scheme.toml:indicator oil:method: 缺少必需的键"),
        (GOOD.replace('"curve"', '"line"'), "scheme.toml:indicator oil:method: 应为 curve、step、bands、events、direct、veto 之一"),
        (GOOD.replace('dimension = "d"\n', ""), "scheme.toml:indicator oil:dimension: 缺少必需的键"),
        (GOOD.replace('dimension = "d"\n', 'dimension = "x"\n'), "scheme.toml:indicator oil:dimension: 方案中没有维度 x"),
        (GOOD.replace("full = 20\n", ""), "scheme.toml:indicator oil:full: 缺少必需的键"),
        (GOOD.replace("full = 20\n", "full = -1\n"), "scheme.toml:indicator oil:full: 满分不能小于 0"),
        (GOOD.replace('on = "attainment"\n', ""), "scheme.toml:indicator oil:on: 缺少必需的键"),
        (GOOD.replace('on = "attainment"\n', 'on = "ratio"\n'), "scheme.toml:indicator oil:on: 应为 actual"),
        (GOOD.replace("points = [[0.8, 0], [1, 1]]\n", ""), "scheme.toml:indicator oil:points: 缺少必需的键"),
        (GOOD.replace("[[0.8, 0], [1, 1]]", "[[1, 0]]"), "scheme.toml:indicator oil:points: 至少要有 2 个点"),
        (GOOD.replace("[[0.8, 0], [1, 1]]", "[[1, 0], [0.8, 1]]"), "scheme.toml:indicator oil:points: 各点的 x 须严格递增"),
        (GOOD.replace("[[0.8, 0], [1, 1]]", "[[1, 0], [1.0, 1]]"), "scheme.toml:indicator oil:points: 各点的 x 须严格递增"),
        (GOOD.replace("[[0.8, 0], [1, 1]]", "[0.8, 1]"), "scheme.toml:indicator oil:points: 应写成 [[x, share], …]"),
        (GOOD.replace("[[0.8, 0], [1, 1]]", '[["a", 0], [1, 1]]'), "scheme.toml:indicator oil:points: 应为数字"),
        (GOOD + "bands = [[1, 1]]\n", "scheme.toml:indicator oil:bands: 未知的键"),
        (GOOD + "decimals = 7\n", "scheme.toml:indicator oil:decimals: 应在 0 到 6 之间"),
        (GOOD + 'missing = "skip"\n', "scheme.toml:indicator oil:missing: 应为 unplaced、zero、exempt 之一"),
        (GOOD + "tracks = []\n", "scheme.toml:indicator oil:tracks: 不能为空列表"),
        (HEAD + DIMENSION + OIL + STEP, "scheme.toml:indicator oil:per: 缺少必需的键"),
        (HEAD + DIMENSION + OIL + STEP + "per = 0\n", "scheme.toml:indicator oil:per: 每一步的大小 per 须大于 0"),
        (HEAD + DIMENSION + OIL + STEP + "per = 1\nwhole = 1\n", "scheme.toml:indicator oil:whole: 应为 true 或 false"),
        (HEAD + DIMENSION + OIL + STEP + "per = 1\nfloor = 30\n", "scheme.toml:indicator oil:floor: 下限 floor 高于上限 cap"),
        (HEAD + DIMENSION + OIL + 'method = "bands"\non = "actual"\nbands = []\n', "scheme.toml:indicator oil:bands: 不能为空"),
        (
            HEAD + DIMENSION + OIL + 'method = "bands"\non = "actual"\nbands = [[1, 1], [1, 2]]\n',
            "scheme.toml:indicator oil:bands: 各点的 from 须严格递增",
        ),
        (HEAD + DIMENSION + OIL + 'method = "events"\n', "scheme.toml:indicator oil:each: 缺少必需的键"),
        (GOOD + VETO, "scheme.toml:indicator v:effect: 缺少必需的键"),
        (GOOD + VETO + 'effect = "cap_total"\n', "scheme.toml:indicator v:limit: 缺少必需的键"),
        (GOOD + VETO + 'effect = "cap_total"\nlimit = 1.234\n', "scheme.toml:indicator v:limit: 小数位数多于 digits = 2"),
        (GOOD + VETO + 'effect = "zero_total"\nlimit = 1\n', "scheme.toml:indicator v:limit: 未知的键"),
        (GOOD + VETO + 'effect = "zero_dimension"\n', "scheme.toml:indicator v:dimension: 缺少必需的键"),
        (GOOD + VETO + 'effect = "zero_dimension"\ndimension = "x"\n', "scheme.toml:indicator v:dimension: 方案中没有维度 x"),
        (GOOD + VETO + 'effect = "zero_total"\nfull = 1\n', "scheme.toml:indicator v:full: 否决项没有分值"),
        (GOOD + VETO + 'effect = "zero_total"\nat = 0\n', "scheme.toml:indicator v:at: 否决的起点 at 须大于 0"),
        (GOOD.replace("0.8", "0.1234567890123456789"), "scheme.toml:indicator oil:points: 数字过长,精确计算会超过 38 位"),
        (GOOD.replace("0.8", "1e-999999"), "scheme.toml:indicator oil:points: 数字过长,精确计算会超过 38 位"),
        (GOOD.replace("full = 20", "full = 1e999999999"), "scheme.toml:indicator oil:full: 数字过长,精确计算会超过 38 位"),
        (GOOD.replace("full = 20", "full = 12345678901234567890123"), "scheme.toml:indicator oil:points: 数字过长"),
    ],
)
def test_each_problem_has_its_line(text: str, line: str) -> None:
    found = problems_of(text)

    assert len(found) == 1, found
    assert found[0].startswith(line)


def test_all_problems_are_told_at_once() -> None:
    found = problems_of(GOOD.replace("version = 1\n", "").replace("full = 20", "full = -1") + "extra = 1\n")

    assert [line.split(": ")[0] for line in found] == [
        "scheme.toml:scheme:version",
        "scheme.toml:indicator oil:full",
        "scheme.toml:indicator oil:extra",
    ]


def test_no_table_at_all_names_every_missing_key() -> None:
    found = problems_of("")

    assert [line.split(":")[2] for line in found] == ["code", "name", "version", "basis", "period", "-"]
