"""A backup of a running server under load, restored by the command into an empty folder and database by a process of its own.

The server that is started there shows the same pages; rows, audit and what had been acknowledged before the backup began are there.
"""

import hashlib
import re
import threading
from collections import Counter

import pytest

from tests.drills.deployment import Deployment
from tests.drills.month import REPORTERS, Acknowledged, close_months, report_months
from tests.operations.test_backup_pages import VOLATILE

PAGES = {
    "zhaomin": [
        "/",
        "/figures/batches/",
        "/figures/batches/{batch}/",
        "/figures/periods/",
        "/goals/",
        "/goals/targets/",
        "/assessment/runs/{run}/",
        "/assessment/schemes/",
    ],
    "lijianguo": [
        "/",
        "/matters/",
        "/assessment/",
        "/assessment/runs/",
        "/assessment/objections/",
        "/rectification/",
        "/progress/",
        "/worklist/",
    ],
    "hejing": ["/", "/figures/"],
    "qianjin": ["/", "/figures/batches/"],
}
WRITERS = 4
ENOUGH = 12  # people registered before the backup begins
# what the writers fill, and what a restore and a log-in add by themselves
MOVING = {"org_person", "audit_entry", "audit_chain", "common_submission", "django_session"}


def live_one_month(deployment):
    """Report, confirm, run, publish and close a month through HTTP; returns the keys of what came of it."""
    done, kept = threading.Event(), Acknowledged()
    threads = [threading.Thread(target=report_months, args=(deployment, login, done, kept)) for login in REPORTERS]
    threads.append(threading.Thread(target=close_months, args=(deployment, done, kept)))
    for thread in threads:
        thread.start()
    for _ in range(1200):
        if kept.closed or done.wait(0.1):
            break
    done.set()
    for thread in threads:
        thread.join()
    return {"run": min(kept.published), "batch": min(kept.confirmed)}


def digest_pages(deployment, known):
    """Return (login, path) → digest of the page, without what changes at every opening."""
    found = {}
    for login, paths in PAGES.items():
        client = deployment.client_of(login)
        for path in paths:
            answer = client.get(path.format(**known))
            assert answer.status_code == 200, (login, path, answer.status_code)
            text = answer.text
            for pattern, word in VOLATILE:
                text = re.sub(pattern, word, text)
            found[login, path] = hashlib.sha256(text.encode()).hexdigest()
    return found


def count_tables(deployment):
    """Return table → rows, counted past the program."""
    names = "select tablename from pg_tables where schemaname = 'public'"
    if not deployment.postgres:
        names = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    return Counter({name: deployment.rows(f'select count(*) from "{name}"')[0][0] for (name,) in deployment.rows(names)})


def back_up_while_people_write(deployment, file):
    """Back up by the command while people are registered; returns (the command's words, those saved before it, all that were saved)."""
    stop, started, saved = threading.Event(), threading.Event(), []

    def write(number):
        client, serial = deployment.client(number), 0
        while not stop.is_set():
            serial += 1
            badge = f"R{number}-{serial}"
            answer = client.post("/org/admin/people/new/", name="新人", number=badge, unit=deployment.unit, once=badge)
            if answer.status_code == 302:
                saved.append(badge)
            if len(saved) >= ENOUGH:
                started.set()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        assert started.wait(120)
        sure = list(saved)
        made = deployment.run("backup", str(file))
        during = len(saved) - len(sure)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert made.returncode == 0, made.stderr
    assert during > 0, "nobody wrote during the backup"
    return made.stdout, set(sure), set(saved)


@pytest.fixture
def empty_machine(deployment, tmp_path, monkeypatch):
    """A data folder and a database in which nothing is; the secret key is the same by the environment, so sessions stay valid."""
    other = Deployment(tmp_path / "new")
    other.folder.mkdir()
    for one in (deployment, other):
        one.environment["RONGHE_BACKUP_PASSPHRASE"] = "一条很长的口令-for-drills"
    if other.postgres:
        other._ask_server(f'create database "{other.database}"')
    other.sessions, other.keys, other.unit = deployment.sessions, deployment.keys, deployment.unit
    yield other
    other.stop()


@pytest.mark.drill
def test_restored_in_a_fresh_process_on_an_empty_machine(deployment, empty_machine, tmp_path):
    known = live_one_month(deployment)
    digest_pages(deployment, known)  # the first request of a session notes its device
    pages = digest_pages(deployment, known)
    assert len(pages) == len(set(pages.values())) == 20, "twenty different pages"
    made, sure, saved = back_up_while_people_write(deployment, tmp_path / "b.ronghe")

    restored = empty_machine.run("restore", str(tmp_path / "b.ronghe"))
    assert restored.returncode == 0, restored.stderr
    there, here = count_tables(empty_machine), count_tables(deployment)
    total = int(re.search(r"(\d+) 行", made)[1])
    assert f"{total} 行" in restored.stdout
    assert there.total() - total == 2, "the restore's own entry, first of its chain"
    assert {name: rows for name, rows in there.items() if name not in MOVING} == {
        name: rows for name, rows in here.items() if name not in MOVING
    }
    badges = {row[0] for row in empty_machine.rows("select number from org_person where number like 'R%-%'")}
    assert sure <= badges <= saved

    verified = empty_machine.run("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    empty_machine.start()
    assert digest_pages(empty_machine, known) == pages
    print(f"{total} rows, {len(sure)} acknowledged before the backup, {len(badges)} of {len(saved)} in it, 20 pages equal")
