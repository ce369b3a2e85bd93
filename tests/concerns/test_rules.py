"""What may be counted aloud, when words are gone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ronghe.concerns.rules import LEAST, is_gone, last_quarter, mask_counts


@given(st.dictionaries(st.sampled_from(["work", "life", "safety", "pay", "training", "other"]), st.integers(0, 30), max_size=6))
def test_no_count_below_five_is_shown_or_can_be_worked_out(counts):
    shown, total = mask_counts(counts)
    assert {name: count for name, count in shown.items() if count is not None} == {
        name: count for name, count in counts.items() if count >= LEAST
    }
    if total is not None:
        assert total == sum(counts.values())
        hidden = total - sum(count for count in shown.values() if count is not None)
        assert hidden == 0 or hidden >= LEAST
        # nobody stands alone behind the sum
        assert hidden == 0 or sum(1 for name, count in counts.items() if shown[name] is None and count) > 1


def test_words_are_gone_after_their_term():
    day = date(2026, 11, 27)
    assert not is_gone(None, 90, day)
    assert not is_gone(day - timedelta(days=90), 90, day)
    assert is_gone(day - timedelta(days=91), 90, day)


def test_only_whole_quarters_are_counted():
    assert last_quarter(date(2026, 11, 27)) == (date(2026, 7, 1), date(2026, 9, 30))
    assert last_quarter(date(2026, 1, 1)) == (date(2025, 10, 1), date(2025, 12, 31))
