"""Last release's demo data come through today's migrations: no row is lost, the audit verifies, people find their pages."""

import json
import os
import re
import subprocess
import sys
import tarfile
import uuid
from pathlib import Path

import pytest

HERE = Path(__file__).parent
RELEASES = sorted(path.name for path in HERE.glob("v*"))
# what `migrate` itself writes: its own list, and one row a model and a permission
GROWING = {"django_migrations", "django_content_type", "auth_permission"}
# a table that a later release renamed or took away on purpose: old name → new name, or None
RENAMED: dict[str, str | None] = {}
PAGES = """
import django, json
django.setup()
from django.test import Client
from ronghe.accounts.models import User
from ronghe.common.calendar import at_time
from tests.browser.world import MOMENT
found = {}
with at_time(MOMENT):
    for name, paths in json.loads(%r).items():
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(User.objects.get(username=name), backend="allauth.account.auth_backends.AuthenticationBackend")
        found |= {f"{name} {path}": client.get(path).status_code for path in paths}
print(json.dumps(found))
"""
READERS = {
    "sunhaibo": ["/", "/assessment/", "/figures/batches/", "/rectification/", "/org/people/"],
    "wanghailin": ["/", "/figures/"],
}


class World:
    """A deployment that holds a release's data."""

    def __init__(self, release, folder):
        self.folder = folder
        self.facts = json.loads((HERE / release / "facts.json").read_text())
        with tarfile.open(HERE / release / "world.tar.xz") as bundle:
            bundle.extractall(folder)  # ours, and Debian 12's Python has no filters yet
        self.environment = {**os.environ, "RONGHE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "ronghe.site.settings"}
        self.environment |= {"RONGHE_DEMO": "1", "RONGHE_DEBUG": "1", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self.environment.pop("DATABASE_URL", None)
        self.postgres = os.environ.get("DATABASE_URL", "") if os.environ.get("RONGHE_TEST_DB") == "postgres" else ""
        if self.postgres:
            self.database = f"release_{uuid.uuid4().hex[:8]}"
            self.ask_server(f'create database "{self.database}"')
            self.environment["DATABASE_URL"] = re.sub(r"(//[^/]*)/[^?]*", rf"\1/{self.database}", self.postgres)
            self.run("-m", "tests.releases.copy_rows", str(folder / "ronghe.sqlite3"), str(HERE / release / "facts.json"))

    def run(self, *arguments):
        done = subprocess.run([sys.executable, *arguments], env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
        return done.stdout

    def count(self, table):
        sql = f'select count(*) from "{table}"'
        if self.postgres:
            import psycopg

            with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
                return connection.execute(sql).fetchone()[0]
        from pysqlite3 import dbapi2

        connection = dbapi2.connect(str(self.folder / "ronghe.sqlite3"))
        try:
            return connection.execute(sql).fetchone()[0]
        finally:
            connection.close()

    def ask_server(self, sql):
        import psycopg

        with psycopg.connect(self.postgres, autocommit=True) as connection:
            connection.execute(sql)

    def leave(self):
        if self.postgres:
            self.ask_server(f'drop database if exists "{self.database}" with (force)')


@pytest.fixture(params=RELEASES)
def world(request, tmp_path):
    made = World(request.param, tmp_path)
    yield made
    made.leave()


def test_there_is_a_release():
    assert RELEASES
    for release in RELEASES:
        assert (HERE / release / "world.tar.xz").stat().st_size < 3 * 1024 * 1024


def test_last_releases_data_come_forward(world):
    world.run("-m", "ronghe.cli", "migrate", "-v", "0")
    kept = {RENAMED.get(table, table): rows for table, rows in world.facts["rows"].items() if RENAMED.get(table, table)}
    found = {table: world.count(table) for table in kept}
    wrong = {table: (rows, found[table]) for table, rows in kept.items() if found[table] != rows and table not in GROWING}
    assert wrong == {}, "rows before and after"
    assert all(found[table] >= kept[table] for table in GROWING)
    verified = world.run("-m", "ronghe.cli", "audit", "verify", "--public-key", world.facts["key"])
    assert f"共 {kept['audit_entry']} 条" in verified
    assert "完好" in verified
    answers = json.loads(world.run("-c", PAGES % json.dumps(READERS)).strip().splitlines()[-1])
    assert set(answers.values()) == {200}, answers
