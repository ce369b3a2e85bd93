"""The tests run on the database that they were asked to run on."""

import os


def test_vendor(db):
    from django.db import connection

    assert connection.vendor == ("postgresql" if os.environ.get("RONGHE_TEST_DB") == "postgres" else "sqlite")
