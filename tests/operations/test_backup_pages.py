"""A backup taken while people work, restored on an empty machine: rows, audit chains and 20 pages of named people are equal.

The writers work in the second 管理区, so that the pages of the first are the same before, during and after; what the writers
were told is saved before the backup began is in it.
"""

import hashlib
import re
import threading

import pytest
from django.db import connection
from django.test import Client

from ronghe.audit.models import Entry
from ronghe.audit.verification import verify_all
from ronghe.figures.models import Batch
from ronghe.operations.backup import make_backup, restore_backup
from ronghe.operations.snapshots import count_rows
from ronghe.org.actions import register_person
from ronghe.org.models import Person
from tests.assessment import cases, month
from tests.operations.test_backup import WORDS, empty, place, second_database  # noqa: F401  (fixtures)
from tests.people import make_person
from tests.rectification.cases import prove_one

PAGES = {
    "zhaomin": [
        "/",
        "/figures/batches/",
        "/figures/batches/{batch}/",
        "/figures/periods/",
        "/goals/",
        "/goals/targets/",
        "/assessment/runs/{run}/",
    ],
    "lijianguo": [
        "/",
        "/matters/",
        "/assessment/",
        "/assessment/schemes/",
        "/assessment/objections/",
        "/rectification/",
        "/rectification/{item}/",
    ],
    "liuhaitao": ["/", "/org/people/", "/assessment/stations/{unit}/", "/worklist/", "/org/units/{unit}/"],
    "wutong": ["/assessment/?period=2026-10"],
}
VOLATILE = [
    (r'name="csrfmiddlewaretoken" value="[^"]*"', "csrf"),
    (r'"X-CSRFToken": ?"[^"]*"|x-csrftoken[^,}]*', "csrf"),
    (r'name="once" value="[0-9a-f]{32}"', "once"),
    (r'nonce="[^"]*"', "nonce"),
]


def render_pages(world, known):
    """Return (login, path) → digest of the page, with what changes by itself at every opening left out."""
    found = {}
    for login, paths in PAGES.items():
        client = Client()
        client.force_login(getattr(world, login).user, backend="allauth.account.auth_backends.AuthenticationBackend")
        for path in paths:
            answer = client.get(path.format(**known), follow=True)
            assert answer.status_code == 200, path
            text = answer.content.decode()
            for pattern, word in VOLATILE:
                text = re.sub(pattern, word, text)
            found[login, path] = hashlib.sha256(text.encode()).hexdigest()
    return found


@pytest.fixture
def busy(second_database, place):  # noqa: F811
    """A published month with an objection and a cure, all committed, and an administrator of the second area."""
    from tests.people import build_world

    world = build_world()
    month.add_indicators(world.area)
    month.adopt(world)
    month.report(world, "2026-10", month.ACTUALS)
    cases.confirm_all(world)
    world.run = month.publish(world)
    world.item = prove_one(world)
    cases.ask(world, world.run)
    make_person(world, "系统管理员二", "xitong2", world.other, ("system_admin", world.other))
    return world


def test_pages_are_equal_after_a_restore_of_a_backup_under_load(busy, place):  # noqa: F811
    world = busy
    known = {"run": world.run.pk, "item": world.item.pk, "unit": world.unit["注采一站"].pk, "batch": Batch.objects.first().pk}
    before = render_pages(world, known)
    assert len(before) == 20
    assert len(set(before.values())) == 20, "twenty different pages"
    assert render_pages(world, known) == before, "a page opened twice is the same"
    stop, started, saved = threading.Event(), threading.Event(), []

    def write(number):
        serial = 0
        while not stop.is_set():
            serial += 1
            badge = f"W{number}-{serial}"
            register_person(name="新人", number=badge, unit=world.other, by=world.xitong2.user)
            saved.append(badge)
            if len(saved) > 5:
                started.set()
        connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        assert started.wait(60)
        sure = list(saved)
        made = make_backup(place / "b", WORDS)
        while_writing = len(saved) - len(sure)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert while_writing > 0, "nobody wrote during the backup"
    assert render_pages(world, known) == before

    empty(place)
    restored = restore_backup(place / "b", WORDS)
    after = count_rows("default")
    assert restored.rows == made.rows
    # the restore itself is entered, as the first act outside any area
    added = {table: after[table] - rows for table, rows in made.rows.items() if after[table] != rows}
    assert added == {"audit_entry": 1, "audit_chain": 1}
    assert verify_all().faults == []
    assert Entry.objects.first().verb == "恢复备份"
    badges = set(Person.objects.filter(number__startswith="W").values_list("number", flat=True))
    assert set(sure) <= badges <= set(saved)
    assert render_pages(world, known) == before
