"""Reading and checking figures: every kind of file, every problem at its cell (SCORING.md, Figures)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ronghe.scoring.figures import check_figures, find_problems, parse_figures_csv, read_figures
from ronghe.scoring.problems import FiguresError
from ronghe.scoring.scheme import parse_scheme
from tests.scoring.builders import indicator, scheme

SCHEME = parse_scheme(
    scheme(
        indicator("oil", "direct"),
        indicator("acc", "events", each=-1),
        indicator("v", "veto", effect="zero_total"),
        indicator("well", "direct", tracks=["production"]),
    )
)
HEADER = "unit,track,period,indicator,actual,target,base\n"


def problems_of(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(FiguresError) as caught:
        parse_figures_csv(data, SCHEME, file="f.csv")
    return [str(problem) for problem in caught.value.problems]


def rows_of(text: str | bytes) -> list[dict]:
    data = text.encode() if isinstance(text, str) else text
    return parse_figures_csv(data, SCHEME).to_pylist()


def test_texts_are_trimmed_and_empty_is_absent() -> None:
    row = rows_of(HEADER + " A ,\t,2026-10 ,\u3000oil, 1.50 ,,\n")[0]

    assert row == {
        "unit": "A",
        "track": "-",
        "period": "2026-10",
        "indicator": "oil",
        "actual": Decimal("1.500000"),
        "target": None,
        "base": None,
        "exempt": None,
        "target_note": None,
    }


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + (HEADER + "A,,2026-10,oil,1,,\n").encode(),
        (HEADER + "A,,2026-10,oil,1,,").encode(),
        (HEADER + "A,,2026-10,oil,1,,\n").replace("\n", "\r\n").encode(),
        (HEADER + "A,,2026-10,oil,1,,\n").replace("\n", "\r").encode(),
        (HEADER + "\nA,,2026-10,oil,1,,\n\n\n").encode(),
        b'period,indicator,note,unit,actual\n2026-10,oil,"a, ""b""\nc",A,1\n',
    ],
)
def test_csv_in_its_shapes(data: bytes) -> None:
    rows = rows_of(data)

    assert [(row["unit"], row["track"], row["actual"]) for row in rows] == [("A", "-", Decimal(1))]


@pytest.mark.parametrize("number", ["0", "-0", "007", "-1.5", "999999999999.999999", "0.000001"])
def test_numbers_that_are_read(number: str) -> None:
    assert rows_of(HEADER + f"A,,2026-10,oil,{number},,\n")[0]["actual"] == Decimal(number)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("95%", "应为数字:95%"),
        ("1.2万", "应为数字:1.2万"),
        ("+1", "应为数字:+1"),
        (".5", "应为数字:.5"),
        ("5.", "应为数字:5."),
        ("1e3", "应为数字:1e3"),
        ("１２", "应为数字:１２"),
        ("—", "应为数字:—"),
        ("1 000", "应为数字:1 000"),
        ("--1", "应为数字:--1"),
        ("NaN", "数字应是有限的:NaN"),
        ("Infinity", "数字应是有限的:Infinity"),
        ("-inf", "数字应是有限的:-inf"),
        ("1234567890123", "数字过长,小数点前至多 12 位、后至多 6 位:1234567890123"),
        ("0.1234567", "数字过长,小数点前至多 12 位、后至多 6 位:0.1234567"),
    ],
)
@pytest.mark.parametrize("column", ["actual", "base"])
def test_numbers_that_are_not(number: str, message: str, column: str) -> None:
    cells = {"actual": "", "target": "", "base": "", column: number}

    assert problems_of(HEADER + "A,,2026-10,oil," + ",".join(cells.values()) + "\n") == [f"f.csv:2:{column}: {message}"]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (",,2026-10,oil,1,,", ["f.csv:2:unit: 不能为空"]),
        ("A,,,oil,1,,", ["f.csv:2:period: 不能为空"]),
        ("A,,2026-10, ,1,,", ["f.csv:2:indicator: 不能为空"]),
        ("A,,2026-10,gas,1,,", ["f.csv:2:indicator: 方案中没有指标 gas"]),
        ("A,,2026-10,OIL,1,,", ["f.csv:2:indicator: 方案中没有指标 OIL"]),
        ("A,,2026-10,well,1,,", ["f.csv:2:indicator: 指标 well 不适用于该单位的赛道"]),
        ("A,,2026Q4,oil,1,,", ["f.csv:2:period: 期间种类不符:2026Q4 是季,本方案按月考核"]),
        ("A,,2026H2,oil,1,,", ["f.csv:2:period: 期间种类不符:2026H2 是半年,本方案按月考核"]),
        ("A,,2026,oil,1,,", ["f.csv:2:period: 期间种类不符:2026 是年,本方案按月考核"]),
        ("A,,2026-13,oil,1,,", ["f.csv:2:period: 不是有效的期间:2026-13(本方案按月考核)"]),
        ("A,,2026-1,oil,1,,", ["f.csv:2:period: 不是有效的期间:2026-1(本方案按月考核)"]),
        ("A,,2026-10,acc,-1,,", ["f.csv:2:actual: 次数应为不小于 0 的整数:-1"]),
        ("A,,2026-10,v,0.5,,", ["f.csv:2:actual: 次数应为不小于 0 的整数:0.5"]),
        ("A,,2026-10,v,-999999999999.999999,,", ["f.csv:2:actual: 次数应为不小于 0 的整数:-999999999999.999999"]),
        (
            "A,,2026-10,oil,1,,\nB,,2026-10,oil,1,,\nA ,,2026-10,oil,2,,",
            ["f.csv:4:indicator: 与第 2 行重复:同一单位、期间、指标只能有一行"],
        ),
        ("A,x,2026-10,oil,1,,\nA,,2026-10,acc,1,,", ["f.csv:3:track: 同一单位在同一期间属于两个赛道:x 和 -"]),
        ('"A\nA",,2026-10,oil,1,,\n\nB,,2026-10,oil,x,,', ["f.csv:5:actual: 应为数字:x"]),
        ("A,,2026-10,oil,1,", ["f.csv:2:base: 该行有 6 个单元格,表头有 7 个"]),
        ("A,,2026-10,oil,1,,,\nB,,2026-10,oil,y,,", ["f.csv:2:base: 该行有 8 个单元格,表头有 7 个", "f.csv:3:actual: 应为数字:y"]),
    ],
)
def test_each_problem_has_its_line(rows: str, lines: list[str]) -> None:
    assert problems_of(HEADER + rows + "\n") == lines


def test_one_unit_may_change_its_track_from_one_period_to_the_next() -> None:
    assert len(rows_of(HEADER + "A,x,2026-10,oil,1,,\nA,y,2026-11,oil,1,,\n")) == 2


def test_the_empty_track_is_the_dash() -> None:
    assert {row["track"] for row in rows_of(HEADER + "A,,2026-10,oil,1,,\nA,-,2026-10,acc,1,,\n")} == {"-"}


def test_an_indicator_of_a_track_is_read_there() -> None:
    assert len(rows_of(HEADER + "A,production,2026-10,well,1,,\n")) == 1


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (
            b"",
            [
                "f.csv:1:unit: 缺少必需的列",
                "f.csv:1:period: 缺少必需的列",
                "f.csv:1:indicator: 缺少必需的列",
                "f.csv:1:actual: 缺少必需的列",
                "f.csv:1:-: 没有任何数据行",
            ],
        ),
        (HEADER.encode(), ["f.csv:1:unit: 没有任何数据行"]),
        (b"track,period,indicator,actual\nx,2026-10,oil,1\n", ["f.csv:1:unit: 缺少必需的列"]),
        (b"unit,indicator,actual\nA,oil,1\n", ["f.csv:1:period: 缺少必需的列"]),
        (b"unit,period,actual\nA,2026-10,1\n", ["f.csv:1:indicator: 缺少必需的列"]),
        (b"unit,period,indicator,actual,actual\nA,2026-10,oil,1,2\n", ["f.csv:1:actual: 同名的列出现了两次"]),
        (
            HEADER.encode() + b"A,,2026-10,oil,1,,\n\xb0\xe0\xd5\xbe,,2026-10,oil,z,,\n",
            ["f.csv:3:unit: 不是 UTF-8 编码的文字", "f.csv:3:actual: 应为数字:z"],
        ),
        (HEADER.encode() + b"A,,2026-10,oil,\xff,,\n", ["f.csv:2:actual: 不是 UTF-8 编码的文字"]),
        (HEADER.encode() + b'A,,2026-10,oil,1,,\n"B,,2026-10,oil,1,,\n', ["f.csv:3:-: CSV 引号不配对或格式错误:unexpected end of data"]),
    ],
)
def test_files_that_are_wrong_as_a_whole(data: bytes, lines: list[str]) -> None:
    assert problems_of(data) == lines


def test_every_problem_is_told_in_the_order_of_the_rows() -> None:
    text = HEADER + "A,,2026-13,gas,x,NaN,1234567890123\n,,2026-10,acc,-1,,\n"

    assert [line.split(": ")[0] for line in problems_of(text)] == [
        "f.csv:2:period",
        "f.csv:2:indicator",
        "f.csv:2:actual",
        "f.csv:2:target",
        "f.csv:2:base",
        "f.csv:3:unit",
        "f.csv:3:actual",
    ]


def test_a_problem_stays_one_line() -> None:
    assert problems_of(HEADER + 'A,,2026-10,oil,"1\n2",,\n') == ["f.csv:2:actual: 应为数字:1\\n2"]


def test_without_a_scheme_the_rest_is_still_checked(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(HEADER + "A,,whenever,gas,x,,\n", encoding="utf-8")

    assert [problem.key for problem in find_problems(path, None)] == ["actual"]


def test_excel_is_read_at_fifteen_digits(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path,
        [
            ["unit", "track", "period", "indicator", "actual", "target", None],
            [101, None, "2026-10", "oil", 0.1 + 0.2, 95.3, "note"],
            [None] * 7,
            ["B", None, "2026-10", "oil", 1234.56, 100, None],
        ],
    )

    rows = read_figures(path, SCHEME).to_pylist()

    assert [(row["unit"], row["actual"], row["target"]) for row in rows] == [
        ("101", Decimal("0.3"), Decimal("95.3")),
        ("B", Decimal("1234.56"), Decimal(100)),
    ]


def test_excel_problems_name_the_sheet_s_rows(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path,
        [
            ["unit", "period", "indicator", "actual"],
            ["A", "2026-10", "oil", 1 / 3],
            [None] * 4,
            ["B", "2026-10", "oil", "95%"],
            ["C", "2026-10", "oil", True],
        ],
    )

    assert [str(problem) for problem in find_problems(path, SCHEME)] == [
        f"{path}:2:actual: 数字过长,小数点前至多 12 位、后至多 6 位:0.333333333333333",
        f"{path}:4:actual: 应为数字:95%",
        f"{path}:5:actual: 应为数字:TRUE",
    ]


def write_xlsx(folder: Path, rows: list[list]) -> Path:
    import xlsxwriter

    path = folder / "f.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def columns(**changes: pa.Array) -> pa.Table:
    plain = {"unit": pa.array(["A"]), "period": pa.array(["2026-10"]), "indicator": pa.array(["oil"]), "actual": pa.array([1.5])}
    return pa.table(plain | changes)


@pytest.mark.parametrize(
    ("actual", "value"),
    [
        (pa.array([0.1 + 0.2]), "0.3"),
        (pa.array([7], pa.int64()), "7"),
        (pa.array(["1.50"]), "1.5"),
        (pa.array([Decimal("1.5")], pa.decimal128(10, 2)), "1.5"),
        (pa.array([Decimal("1.5")], pa.decimal128(38, 10)), "1.5"),
        (pa.array([None], pa.float64()), None),
        (pa.array(["2"]).dictionary_encode(), "2"),
    ],
)
def test_typed_columns(tmp_path: Path, actual: pa.Array, value: str | None) -> None:
    path = tmp_path / "f.parquet"
    pq.write_table(columns(actual=actual, unit=pa.array(["A"]).dictionary_encode()), path)

    assert read_figures(path, SCHEME)["actual"].to_pylist() == [value and Decimal(value)]
    assert check_figures(columns(actual=actual), SCHEME)["actual"].to_pylist() == [value and Decimal(value)]


@pytest.mark.parametrize(
    ("actual", "message"),
    [
        (pa.array([float("nan")]), "数字应是有限的:nan"),
        (pa.array([float("inf")]), "数字应是有限的:inf"),
        (pa.array([1e12]), "数字过长"),
        (pa.array([Decimal("0.1234567")], pa.decimal128(10, 7)), "数字过长"),
        (pa.array([10**13]), "数字过长"),
    ],
)
def test_typed_columns_that_do_not_fit(actual: pa.Array, message: str) -> None:
    with pytest.raises(FiguresError) as caught:
        check_figures(columns(actual=actual), SCHEME, file="table")

    assert str(caught.value).startswith(f"table:2:actual: {message}")


def test_a_folder_of_parquet_names_the_file_and_its_row(tmp_path: Path) -> None:
    (tmp_path / "period=2026-10").mkdir()
    first = columns(
        unit=pa.array(["A", "B"]), period=pa.array(["2026-10"] * 2), indicator=pa.array(["oil"] * 2), actual=pa.array([1.0, 2.0])
    )
    pq.write_table(first, tmp_path / "a.parquet")
    pq.write_table(columns(unit=pa.array(["B"])).drop_columns("period"), tmp_path / "period=2026-10" / "b.parquet")

    found = [str(problem) for problem in find_problems(tmp_path, SCHEME)]

    assert found == [f"{tmp_path}/period=2026-10/b.parquet:2:indicator: 与{tmp_path}/a.parquet 第 3 行重复:同一单位、期间、指标只能有一行"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("none.csv", None, "找不到文件"),
        ("f.txt", b"", "不认识的文件类型"),
        ("f.xlsx", b"PK no", "不是有效的 xlsx 文件"),
        ("f.parquet", b"no", "不是有效的 Parquet 文件"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)

    found = [str(problem) for problem in find_problems(path, SCHEME)]

    assert len(found) == 1
    assert found[0].startswith(f"{path}:1:-: {message}")


def test_a_large_file_is_checked_at_once() -> None:
    units = 40_000
    table = pa.table(
        {
            "unit": [f"u{number}" for number in range(units)],
            "period": ["2026-10"] * units,
            "indicator": ["oil"] * units,
            "actual": ["1.5"] * (units - 1) + ["x"],
        }
    )

    with pytest.raises(FiguresError) as caught:
        check_figures(table, SCHEME)

    assert [str(problem) for problem in caught.value.problems] == ["figures:40001:actual: 应为数字:x"]


def test_a_folder_that_is_one_period_says_it_by_its_own_name(tmp_path: Path) -> None:
    folder = tmp_path / "period=2026-10" / "office=%E4%B8%9C"
    folder.mkdir(parents=True)
    pq.write_table(pa.table({"unit": ["A"], "indicator": ["oil"], "actual": ["1.5"]}), folder / "part-0.parquet")
    (folder / "_temporary").mkdir()
    pq.write_table(pa.table({"unit": ["B"]}), folder / "_temporary" / "half-written.parquet")

    for path in (tmp_path, tmp_path / "period=2026-10", folder):
        (row,) = read_figures(path, SCHEME).to_pylist()
        assert (row["unit"], row["period"], row["actual"]) == ("A", "2026-10", Decimal("1.5"))
