"""Quorum, vote and recusal: every small room against a plain count, and the examples that DOMAIN.md names."""

from fractions import Fraction

import pytest

from ronghe.meetings.rules.quorum import Room, Rule, Share, Tally, count_base, find_bar_to_deciding, judge_vote

HALF, THIRDS = Share(1, 2, True), Share(2, 3, False)


@pytest.mark.parametrize(
    ("share", "base", "needed"), [(HALF, 7, 4), (THIRDS, 7, 5), (HALF, 6, 4), (THIRDS, 6, 4), (THIRDS, 3, 2), (HALF, 1, 1)]
)
def test_needed(share, base, needed):
    assert share.needed(base) == needed


def test_needed_is_the_smallest_that_satisfies():
    for top, bottom in ((1, 2), (2, 3), (3, 4), (4, 5), (1, 3)):
        for strict in (True, False):
            for base in range(60):
                fits = [n for n in range(base + 2) if (n > base * Fraction(top, bottom) if strict else n >= base * Fraction(top, bottom))]
                assert Share(top, bottom, strict).needed(base) == fits[0]


def rooms(most=7):
    for entitled in range(most + 1):
        for present in range(entitled + 1):
            for recused in range(present + 1):
                for away in range(entitled - present + 1):
                    yield Room(entitled, present, recused, away)


@pytest.mark.parametrize("recusal", ["stay", "leave"])
@pytest.mark.parametrize("base", ["entitled", "present"])
@pytest.mark.parametrize("attend", [HALF, THIRDS])
def test_every_room_and_count(recusal, base, attend):
    """The oracle counts heads: chairs that count, people that count, hands that are needed."""
    rule = Rule(attend, HALF, base, recusal)
    for room in rooms():
        gone = room.recused + room.recused_away
        chairs = room.entitled - (gone if recusal == "leave" else 0)
        heads = room.present - room.recused
        share = Fraction(attend.numerator, attend.denominator)
        quorate = heads > 0 and (heads > chairs * share if attend.strict else heads >= chairs * share)
        if recusal == "leave" and gone and chairs < 3:
            quorate = False
        assert (find_bar_to_deciding(rule, room) == "") == quorate, room
        assert count_base(rule, room).present == heads
        for yes in range(heads + 1):
            for no in range(heads - yes + 1):
                tally = Tally(yes, no, heads - yes - no)
                if not quorate:
                    with pytest.raises(ValueError):  # noqa: PT011
                        judge_vote(rule, room, tally)
                    continue
                assert judge_vote(rule, room, tally).passed == (2 * yes > (chairs if base == "entitled" else heads)), (room, tally)


def test_more_votes_than_people():
    with pytest.raises(ValueError, match="more votes"):
        judge_vote(Rule(HALF, HALF), Room(7, 5, 1), Tally(5, 0, 0))


def test_assembly_passes_with_more_than_half_of_those_entitled():
    rule = Rule(HALF, HALF, "entitled", "stay")
    assert not judge_vote(rule, Room(40, 21), Tally(20, 1, 0)).passed
    assert judge_vote(rule, Room(40, 21), Tally(21, 0, 0)).passed
    assert judge_vote(rule, Room(40, 21), Tally(21, 0, 0)).because == (
        "应到 40 人,实到 21 人,同意 21、不同意 0、弃权 0;须应到有表决权的 40 人中超过半数即 21 人同意:通过。"
    )
