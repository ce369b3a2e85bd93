"""The tests run on the database that they were asked to run on."""

import os
import sys

import pytest


def test_vendor(db):
    from django.db import connection

    assert connection.vendor == ("postgresql" if os.environ.get("RONGHE_TEST_DB") == "postgres" else "sqlite")


def test_without_the_wheel_only_postgresql_is_served(monkeypatch):
    from ronghe.common.sqlite import install_sqlite

    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    before = sys.modules.get("sqlite3")
    install_sqlite(needed=False)
    assert sys.modules.get("sqlite3") is before
    with pytest.raises(RuntimeError, match="请用 DATABASE_URL 指定 PostgreSQL"):
        install_sqlite()
