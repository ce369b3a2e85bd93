"""Numbers and names of files."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ronghe.archive.rules import LONGEST_NAME, clean_file_name, find_year_fault, name_term, write_number


def test_numbers_as_gb_t_9704_writes_them():
    assert write_number("采一党", 2026, 1) == "采一党〔2026〕1号"
    assert [name_term(years) for years in (None, 30, 10)] == ["永久", "30年", "10年"]


@given(st.text(max_size=200))
def test_a_title_is_a_safe_name(title):
    name = clean_file_name(title)
    assert 0 < len(name) <= LONGEST_NAME
    assert not set(name) & set('\\/:*?"<>|\n\0')
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))


def test_years():
    assert [bool(find_year_fault(year, date(2026, 3, 1))) for year in (1999, 2025, 2026, 2027)] == [True, False, False, True]
