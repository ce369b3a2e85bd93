"""A scheme read into texts and written again is the same scheme: nothing that the contract knows is lost on the way through a form."""

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.assessment.forms_schemes import IndicatorForm, step_rows
from ronghe.assessment.tables import (
    Tables,
    clean_percent,
    find_dimension_problems,
    find_problems,
    list_changes,
    parse_indicator,
    read_tables,
    write_tables,
)
from ronghe.scoring.scheme import parse_scheme
from tests.assessment import month
from tests.scoring import cases


def through_the_form(row):
    """Send an indicator's texts through the form that the browser would send."""
    data = QueryDict(mutable=True)
    for key, value in row.items():
        if key == "pairs":
            data.setlist("x", [x for x, _share in value])
            data.setlist("share", [share for _x, share in value])
        elif isinstance(value, list):
            data.setlist(key, value)
        else:
            data[key] = value
    form = IndicatorForm(data, dimensions=[], tracks={})
    assert form.is_valid()
    return form.table


@settings(max_examples=120, deadline=None)
@given(cases.schemes())
def test_round_trip_is_the_same_scheme(data):
    scheme = parse_scheme(cases.to_toml(data))
    tables = read_tables(cases.to_toml(data))
    tables.indicators = [through_the_form(row) for row in tables.indicators]
    again = parse_scheme(write_tables(tables))
    assert again == scheme
    assert again.digest == scheme.digest
    assert read_tables(write_tables(tables)) == read_tables(write_tables(read_tables(write_tables(tables))))


def test_shipped_pack_goes_through(settings):
    text = (settings.PACKS_DIR / "scheme-group-station.toml").read_text(encoding="utf-8")
    assert parse_scheme(write_tables(read_tables(text))) == parse_scheme(text)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=20))
def test_whatever_is_typed_stays_readable(text):
    """Any text in any field leaves a file that can be read again, with the text in it."""
    tables = read_tables(month.SCHEME)
    tables.scheme["name"], tables.indicators[0]["full"], tables.indicators[0]["pairs"] = text, text, [(text, text)]
    again = read_tables(write_tables(tables))
    assert again.scheme.get("name", "") == text
    assert find_problems(write_tables(tables)) is not None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("95%", "0.95"),
        ("100%", "1"),
        ("0%", "0"),
        ("-5%", "-0.05"),
        ("112.5%", "1.125"),
        ("0.8", "0.8"),
        ("\uff19\uff15\uff05", "0.95"),
        ("%", "%"),
        ("", ""),
    ],
)
def test_percentages_are_shares(typed, read):
    assert clean_percent(typed) == read


@pytest.mark.parametrize(("typed", "written"), [("12", "12"), ("007", "7"), ("+3", "3"), ("-0.50", "-0.50"), ("1e3", "1e3")])
def test_numbers_are_written_as_toml_does(typed, written):
    tables = read_tables(month.SCHEME)
    tables.indicators[0]["full"] = typed
    assert f"full = {written}\n" in write_tables(tables)


def test_what_is_no_number_is_told_by_the_parser():
    tables = read_tables(month.SCHEME)
    tables.indicators[3]["full"] = "十分"
    assert [str(problem) for problem in find_problems(write_tables(tables))] == ["scheme.toml:indicator oil:full: 应为数字"]


def test_empty_front_may_wait_and_two_alike_may_not():
    tables = read_tables(month.SCHEME)
    tables.dimensions.append({"code": "later", "name": "以后再写", "cap": ""})
    assert find_dimension_problems(tables) == []
    tables.dimensions.append({"code": "later", "name": "", "cap": "x"})
    assert {(problem.place, problem.key) for problem in find_dimension_problems(tables)} == {
        ("dimension later", "code"),
        ("dimension later", "name"),
        ("dimension later", "cap"),
    }


def test_one_indicator_is_read_while_others_are_unfinished():
    row = read_tables(month.SCHEME).indicators[3]
    item, problems = parse_indicator({**row, "dimension": ""}, 2)
    assert (item.name, item.full, problems) == ("原油产量", 55, [])
    item, problems = parse_indicator({**row, "pairs": [("1", "0"), ("0.8", "1")]}, 2)
    assert (item, [problem.key for problem in problems]) == (None, ["points"])


def test_changes_are_told_key_by_key():
    old, new = read_tables(month.SCHEME), read_tables(month.SCHEME)
    new.indicators[3]["full"] = "60"
    new.indicators[3]["pairs"] = [("0.9", "0"), ("1", "1")]
    new.grades.pop()
    assert list_changes(old, new) == {
        "等级 不合格 名称": ["不合格", ""],
        "等级 不合格 下限": ["0", ""],
        "等级 次序": ["优秀, 良好, 合格, 不合格", "优秀, 良好, 合格"],
        "指标 原油产量(oil) 满分": ["55", "60"],
        "指标 原油产量(oil) 各点": ["0.8:0, 1:1", "0.9:0, 1:1"],
    }
    assert list_changes(old, old) == {}


def test_empty_scheme_is_written():
    assert write_tables(Tables()) == "[scheme]\n"


def test_rows_are_moved_by_their_buttons():
    rows = ["a", "b", "c"]
    assert [step_rows(rows, do, "grade", "") for do in ("grade-up-2", "grade-down-0", "grade-drop-0", "grade-add", "pair-add")] == [
        True, True, True, True, False,
    ]  # fmt: skip
    assert rows == ["a", "b", ""]
    assert not step_rows(rows, "grade-up-x", "grade", "")
