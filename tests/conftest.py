"""What every test may ask for. Which database they run on: tests/settings.py."""

import gc
import os
from itertools import groupby

import pytest
from hypothesis import settings

from tests.stage import stage

# Playwright's own event loop runs in the thread that the tests use for the database
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# how long an example takes on a busy machine is no property of the rules
settings.register_profile("ronghe", deadline=None)
settings.load_profile("ronghe")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """The test database, copied from one that has been migrated (tests/migrated.py)."""
    from django.test.utils import setup_databases, teardown_databases

    from tests.migrated import make_test_database

    with django_db_blocker.unblock():
        made = make_test_database(lambda: setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=set()))
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def world(db):
    """Two 管理区 under one plant with named people (tests/people.py)."""
    from tests.people import build_world

    return build_world()


@pytest.fixture
def login(client):
    """login(person) → a client with that person's session."""

    def log_in(person):
        client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


def pytest_runtest_setup(item):
    stage.begin()
    if "monkeypatch" in item.fixturenames:
        stage.path = None  # what is put in a function's place must be met by every builder


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item):
    marker = item.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(item.fixturenames):
        stage.forget()


# what takes longest is begun first, in this order, so that no process waits for another at the end; before all, what measures the
# memory of a process it starts: the kernel counts the size of whoever starts it as that one's peak, and this process grows
LONG = (
    "tests/figures/reading/test_limits", "tests/releases", "tests/drills", "tests/browser", "tests/test_every_url.py::test_role", "tests/test_", "tests/decisions/test_any",
    "tests/rectification/test_any", "tests/assessment/test_object_any", "tests/meetings/test_any", "tests/appraisal/test_any",
    "tests/portal/test_api_fuzz", "tests/operations", "tests/goals/test_large", "tests/scoring/test_parity", "tests/scoring/test_compile",
)  # fmt: skip


# tests that start products of their own, on the database that the tests run on
OWN_PRODUCTS = ("tests/releases", "tests/drills", "tests/operations")
DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config, items):
    """Long ones first. The long drills run only when they are asked for (`make drill`); what asks for no database, on SQLite only."""
    items.sort(key=rank)
    left = []
    if "drill" not in (config.option.markexpr or ""):
        left += [item for item in items if item.get_closest_marker("drill")]
    if os.environ.get("RONGHE_TEST_DB") == "postgres":
        left += [item for item in items if not touches_database(item)]
    config.hook.pytest_deselected(items=left)
    gone = set(left)
    items[:] = deal([item for item in items if item not in gone], int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def rank(item):
    return next((place for place, start in enumerate(LONG) if item.nodeid.startswith(start)), len(LONG))


def deal(items, processes):
    """Put as many files of long ones at the head of each process's share: worksteal hands out equal runs of the list."""
    files = [list(found) for _path, found in groupby((item for item in items if rank(item) < len(LONG)), key=lambda item: item.path)]
    shares = [[item for found in files[number::processes] for item in found] for number in range(processes)]
    short = [item for item in items if rank(item) == len(LONG)]
    for number, share in enumerate(shares):
        size = max(0, (number + 1) * len(items) // processes - number * len(items) // processes - len(share))
        share += short[:size]
        del short[:size]
    return [item for share in shares for item in share] + short


def touches_database(item):
    asked = DATABASE & set(item.fixturenames) or item.get_closest_marker("django_db")
    return bool(asked) or item.nodeid.startswith(OWN_PRODUCTS)


def pytest_collection_finish():
    """Classes and modules stay: the collector of garbage need not look at them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
