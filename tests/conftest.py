"""What every test may ask for. Which database they run on: tests/settings.py."""

import os

import pytest
from hypothesis import settings

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


def pytest_collection_modifyitems(config, items):
    """The long drills run only when they are asked for: `make drill` (-m drill)."""
    if "drill" in (config.option.markexpr or ""):
        return
    long = [item for item in items if item.get_closest_marker("drill")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]
