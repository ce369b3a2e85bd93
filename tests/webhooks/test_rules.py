"""The signature, the waits, and where a message may go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.webhooks.rules import MOST_TRIES, find_bar_to_url, may_reach, sign, wait_after
from tests.webhooks.example import is_genuine


@given(st.binary(max_size=200), st.integers(1_000, 2**33), st.text(min_size=1, max_size=20), st.integers(-900, 900))
def test_the_example_takes_what_is_signed_now_and_nothing_else(body, stamp, secret, late):
    header = sign(secret, stamp, body)
    assert is_genuine(secret, header, body, stamp + late) == (abs(late) <= 300)
    assert not is_genuine(secret, header, body + b"x", stamp)
    assert not is_genuine(secret + "x", header, body, stamp)
    assert not is_genuine(secret, header.replace(f"t={stamp}", f"t={stamp + 1}"), body, stamp)


def test_waits_grow_to_a_day_in_all():
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]
    assert waits == sorted(waits)
    assert 20 < sum(wait.total_seconds() for wait in waits) / 3600 < 26


@pytest.mark.parametrize(
    ("host", "address", "allowed", "may"),
    [
        ("example.com", "93.184.216.34", [], True),
        ("example.com", "10.1.2.3", [], False),  # a public name that leads inside
        ("example.com", "127.0.0.1", [], False),
        ("example.com", "169.254.169.254", [], False),
        ("example.com", "::1", [], False),
        ("example.com", "::ffff:10.0.0.1", [], False),
        ("example.com", "224.0.0.1", [], False),
        ("mes.corp.cn", "10.1.2.3", ["mes.corp.cn"], True),
        ("a.corp.cn", "10.1.2.3", ["*.corp.cn"], True),
        ("acorp.cn", "10.1.2.3", ["*.corp.cn"], False),
        ("example.com", "10.1.2.3", ["10.1.0.0/16"], True),
        ("example.com", "10.2.2.3", ["10.1.0.0/16"], False),
        ("127.0.0.1", "127.0.0.1", ["127.0.0.1"], True),
    ],
)
def test_where_a_message_may_go(host, address, allowed, may):
    assert may_reach(host, address, allowed) == may


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://example.com/x", True), ("http://example.com/x", False), ("http://mes.corp.cn/x", True), ("ftp://example.com", False),
        ("https://user:secret@example.com", False), ("https://", False), ("https://[", False), ("javascript:alert(1)", False),
    ],
)  # fmt: skip
def test_which_addresses_may_be_entered(url, good):
    assert (find_bar_to_url(url, ["mes.corp.cn"]) == "") == good
