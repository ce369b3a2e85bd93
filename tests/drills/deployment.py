"""A server that a drill may hurt, and the clients that talk to it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import requests

from tests.migrated import name_template
from tests.people import PASSWORD

CLIENTS = 32


def find_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Deployment:
    """gunicorn 2×4 with the product's own settings (SQLite as it runs in earnest, or PostgreSQL where the tests do)."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.address = f"http://127.0.0.1:{find_port()}"
        self.environment = {**os.environ, "RONGHE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "ronghe.site.settings"}
        self.environment |= {"RONGHE_DEMO": "1", "RONGHE_DEBUG": "1", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self.environment.pop("DATABASE_URL", None)
        self.postgres = os.environ.get("DATABASE_URL", "") if os.environ.get("RONGHE_TEST_DB") == "postgres" else ""
        if self.postgres:
            self.database = f"drill_{uuid.uuid4().hex[:8]}"
            self.environment["DATABASE_URL"] = re.sub(r"(//[^/]*)/[^?]*", rf"\1/{self.database}", self.postgres)
        self.process = None

    def set_up(self):
        if self.postgres:
            laid = self._ask_server("select count(*) from pg_database where datname = %s", name_template())[0][0]
            self._ask_server(f'create database "{self.database}"' + (f' template "{name_template()}"' if laid else ""))
        done = subprocess.run(
            [sys.executable, "-m", "tests.drills.setup_world", str(CLIENTS)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        facts = json.loads(done.stdout.strip().splitlines()[-1])
        self.keys, self.unit, self.person = facts["keys"], facts["unit"], facts["person"]
        self.months, self.units, self.sessions = facts["months"], facts["units"], facts["sessions"]

    def start(self):
        bind = self.address.removeprefix("http://")
        gunicorn = [sys.executable, "-m", "gunicorn", "ronghe.site.wsgi:application", "--bind", bind, "--workers", "2", "--threads", "4"]
        with (self.folder / "server.log").open("w") as log:
            self.process = subprocess.Popen(gunicorn, env=self.environment, stdout=log, stderr=subprocess.STDOUT)
        self.wait()

    def wait(self, seconds=120):
        """Wait until the server answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if requests.get(f"{self.address}/healthz", timeout=5).ok:
                    return
            except requests.RequestException:
                time.sleep(0.2)
        raise AssertionError((self.folder / "server.log").read_text()[-3000:])

    def workers(self):
        """Return the process ids of gunicorn's workers: children of the process that this drill started."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in found]

    def kill_worker(self, chooser):
        """kill -9 one of our own workers; gunicorn starts another."""
        workers = self.workers()
        if workers:
            os.kill(chooser.choice(workers), signal.SIGKILL)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)
        if self.postgres:
            self._ask_server(f'drop database if exists "{self.database}" with (force)')

    def run(self, *arguments):
        """Run `ronghe …` on this deployment."""
        return subprocess.run(
            [sys.executable, "-m", "ronghe.cli", *arguments], env=self.environment, capture_output=True, text=True, check=False
        )

    def client_before_code(self, login):
        """Return a browser that gave name and password, and is asked for the second factor."""
        client = DrillClient(self.address)
        client.get("/accounts/login/")
        answer = client.post("/accounts/login/", login=login, password=PASSWORD)
        assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
        return client

    def rows(self, sql):
        """Return the rows of a query, read past the program."""
        if self.postgres:
            import psycopg

            with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
                return connection.execute(sql).fetchall()
        from pysqlite3 import dbapi2

        connection = dbapi2.connect(str(self.folder / "ronghe.sqlite3"), timeout=60)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def client(self, number=0):
        return DrillClient(self.address, self.keys[number % len(self.keys)])

    def client_of(self, login):
        """Return a browser of one of the named people."""
        return DrillClient(self.address, self.sessions[login])

    def _ask_server(self, sql, *values):
        import psycopg

        with psycopg.connect(self.postgres, autocommit=True) as connection:
            answer = connection.execute(sql, values or None)
            return answer.fetchall() if answer.description else []


class DrillClient:
    """One browser with a session."""

    def __init__(self, address, key=None):
        self.address = address
        self.session = requests.Session()
        # an idle connection that the server closes as the next form leaves would look like an answer that got lost
        self.session.headers["Connection"] = "close"
        if key is not None:
            self.session.cookies.set("sessionid", key, domain="127.0.0.1")

    def get(self, path):
        return self.session.get(self.address + path, timeout=60, allow_redirects=False)

    def post(self, path, *, files=None, **data):
        """Post a form as its page would. Raises requests' errors where the server died meanwhile."""
        if "csrftoken" not in self.session.cookies:
            self.get("/accounts/profile/")
        form = {"csrfmiddlewaretoken": self.session.cookies["csrftoken"], **data}
        headers = {"Referer": self.address + path}
        return self.session.post(self.address + path, data=form, files=files, headers=headers, timeout=60, allow_redirects=False)

    def read_version(self, path):
        """Return the version that the form on a page carries."""
        return re.search(r'name="version" value="(\d+)"', self.get(path).text)[1]
