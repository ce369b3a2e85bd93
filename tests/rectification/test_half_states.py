"""Nothing half done: an action that fails anywhere leaves nothing; of many at once, one has its effect."""

from threading import Barrier, Thread
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection

from ronghe.accounts.models import User
from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.notices.models import Notice
from ronghe.rectification import actions
from ronghe.rectification.models import Item, NumberRange, Occurrence, Proof
from ronghe.worklist.models import Task
from tests.people import build_world
from tests.rectification.cases import PROOF_FILES, finish_all, fresh, open_one, plan_one, prove_one, user

PLACES = ("record", "pass_on", "tell")


def count_all():
    numbers = list(NumberRange.objects.values_list("last", flat=True))
    states = list(Item.objects.order_by("pk").values_list("state", "version"))
    return [model.objects.count() for model in (Entry, Task, Notice, Occurrence, Proof)], numbers, states


@pytest.mark.parametrize("place", PLACES)
def test_killed_while_opening(world, place):
    before = count_all()
    with patch(f"ronghe.rectification.actions.items.{place}", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        open_one.__wrapped__(world)
    assert count_all() == before


@pytest.mark.parametrize("place", PLACES)
def test_killed_while_proving_and_closing(world, place):
    item = plan_one(world)
    finish_all(item)
    before = count_all()
    with patch(f"ronghe.rectification.actions.cure.{place}", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        actions.file_proof(item, text="x", files=PROOF_FILES, by=user(world.liuhaitao))
    assert count_all() == before
    item = prove_one(world)
    before = count_all()
    with patch(f"ronghe.rectification.actions.cure.{place}", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        actions.close_item(item, by=user(world.zhengshuang))
    assert count_all() == before


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_have_one_effect():
    """Eight verifiers' clicks arrive together: one closes, seven are told; and eight finders of one problem open one item."""
    world = build_world()
    item = prove_one(world)
    finders = world.lijianguo.user_id, world.zhengshuang.user_id
    verifier = world.zhengshuang.user_id

    def close(n):
        actions.close_item(Item.objects.get(pk=item.pk), by=User.objects.get(pk=verifier), version=item.version)

    def find(n):
        open_one(world, key="indicator:a", by="李建国" if n % 2 else "郑爽")

    assert run_together(close, 8).count("done") == 1
    assert fresh(item).state == "closed"
    assert Entry.objects.filter(verb="销号").count() == 1
    assert run_together(find, 8) == ["done"] * 8
    assert Item.objects.filter(key="indicator:a").count() == 1
    assert len(finders) == 2


def run_together(work, count):
    barrier, results = Barrier(count), [""] * count

    def run(n):
        try:
            barrier.wait()
            work(n)
            results[n] = "done"
        except (Refused, StaleForm) as problem:
            results[n] = type(problem).__name__
        except OperationalError as problem:  # told apart from a refusal: it would be a bug
            results[n] = f"locked: {problem}"
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
