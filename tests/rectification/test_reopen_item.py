"""重复发生: a cured problem that comes back within its watch period reopens with its history."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ronghe.common.actions import Refused
from ronghe.rectification import actions
from tests.rectification.cases import PROOF_FILES, close_one, day, finish_all, fresh, notices_of, open_one, titles_of, user


@pytest.fixture
def later():
    """later(n) → from here on it is n days later."""
    real = timezone.now
    started = []

    def wait(days):
        started.append(patch("django.utils.timezone.now", lambda: real() + timedelta(days=days)))
        started[-1].start()

    yield wait
    for one in started:
        one.stop()


def test_leader_reopens(world):
    item = close_one(world)
    item = actions.reopen_item(item, reason="又超标", due=day(20), by=user(world.lijianguo))
    assert (item.state, item.round, item.holder, item.due, item.ended_on, item.ended_by) == (
        "recurred",
        2,
        world.liuhaitao,
        day(20),
        None,
        None,
    )
    assert list(item.occurrences.values_list("round", "note")) == [(1, "躺井率 3.2%,目标 2.5%。"), (2, "又超标")]
    assert list(item.proofs.values_list("round", "verdict")) == [(1, "accepted")]
    assert [kind for kind, _due in titles_of(world.liuhaitao)] == ["整改方案"]
    assert notices_of(world.liuhaitao)[-1] == "已销号的问题重复发生,需重新整改:躺井率连续两月超标"


def test_second_round_needs_a_new_measure_and_proof(world):
    item = actions.reopen_item(close_one(world), reason="又超标", due=day(20), by=user(world.lijianguo))
    with pytest.raises(ValidationError):
        actions.plan_cure(item, cause="x", measures=[], by=user(world.liuhaitao))
    actions.plan_cure(item, cause="x", measures=["换泵"], by=user(world.liuhaitao))
    finish_all(item)
    actions.file_proof(item, text="换了", files=PROOF_FILES, by=user(world.liuhaitao))
    item = actions.close_item(item, by=user(world.zhengshuang))
    assert list(item.measures.values_list("round", "text")) == [(1, "排查低效井"), (2, "换泵")]
    assert list(item.proofs.values_list("round", "verdict")) == [(1, "accepted"), (2, "accepted")]


def test_same_key_reopens_instead_of_a_new_item(world):
    item = close_one(world, key="indicator:a")
    again = open_one(world, key="indicator:a", problem="又超标", owner="何静")
    assert (again.pk, again.state, again.round, again.owner) == (item.pk, "recurred", 2, world.hejing)


def test_new_owner_who_was_the_verifier_gets_another_verifier(world):
    close_one(world, key="a", verifier="何静")
    again = open_one(world, key="a", owner="何静")
    assert (again.owner, again.verifier) == (world.hejing, world.zhengshuang)


@pytest.mark.parametrize(("days", "reopens"), [(90, True), (91, False)])
def test_watch_period_ends(world, later, days, reopens):
    item = close_one(world, key="a")
    later(days)
    assert (open_one(world, key="a", due=day(150)) == item) is reopens


def test_after_the_watch_period_nobody_reopens(world, later):
    item = close_one(world)
    later(91)
    with pytest.raises(Refused):
        actions.reopen_item(item, reason="x", due=day(20), by=user(world.lijianguo))


def test_live_item_is_not_reopened(world):
    with pytest.raises(Refused):
        actions.reopen_item(open_one(world), reason="x", due=day(20), by=user(world.lijianguo))


@pytest.mark.parametrize("name", ["刘海涛", "何静", "孙丽华", "韩冬", "高明"])
def test_others_do_not_reopen(world, name):
    with pytest.raises(PermissionDenied):
        actions.reopen_item(close_one(world), reason="x", due=day(20), by=user(world.person[name]))


def test_deadline_lies_ahead(world):
    with pytest.raises(ValidationError):
        actions.reopen_item(close_one(world), reason="x", due=day(0), by=user(world.lijianguo))


def test_page(world, login):
    item = close_one(world)
    client = login(world.lijianguo)
    assert "重复发生" in client.get(f"/rectification/{item.pk}/").content.decode()
    data = {"version": item.version, "once": "k", "reason": "又超标", "due": day(9), "owner": world.hejing.pk}
    assert client.post(f"/rectification/{item.pk}/reopen/", data).status_code == 302
    assert (fresh(item).state, fresh(item).owner) == ("recurred", world.hejing)
