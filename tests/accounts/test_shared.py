"""What worker processes count in common: one count, whoever counts; of several at once one is first."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection

from ronghe.accounts.models import Shared
from ronghe.accounts.shared import SharedCache, forget_shared


def test_another_process_reads_what_one_wrote(db):
    cache.set("n", [1.5, 2.5], 60)
    another = SharedCache("", {})
    assert another.get("n") == [1.5, 2.5]
    assert another.add("n", "x", 60) is False
    assert another.delete("n") is True
    assert cache.get("n", "none") == "none"
    assert cache.delete("n") is False


def test_run_out_is_gone(db):
    cache.set("short", 1, -1)
    cache.set("always", 2, None)
    assert (cache.get("short"), cache.get("always")) == (None, 2)
    assert cache.add("short", 3, -1) is True
    assert forget_shared() == 1
    assert Shared.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_is_first():
    gate, told = threading.Barrier(6), []

    def add():
        gate.wait()
        told.append(cache.add("lock", True, 10))
        connection.close()

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 5 + [True]
