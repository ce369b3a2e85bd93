"""What a form carries: a hidden number that somebody changed is no number, and never an error of the server."""

import pytest

from ronghe.common.forms import read_number, read_version


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("0", 0), ("", None), ("²", None), ("１２", None), ("-1", None), ("9" * 30, None)]
)
def test_plain_numbers_only(rf, text, number):
    assert read_number(text) == number
    assert read_version(rf.post("/", {"version": text})) == number
