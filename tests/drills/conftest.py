"""Drills run against a server of their own: gunicorn with the product's settings, in a process that may be killed."""

import pytest

from tests.drills.deployment import Deployment


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    """A running server with the small world of tests/people.py, and sessions of its 系统管理员."""
    running = Deployment(tmp_path_factory.mktemp("drill"))
    running.set_up()
    running.start()
    yield running
    running.stop()
