"""kill -9 of server processes while people work: no acknowledged write is lost, none is half done, the audit is sound.

Once with 8 clients on two small forms, once with months as their people do them: uploads, confirmations, runs, closings.
"""

import hashlib
import random
import threading
import time

import pytest
import requests

from tests.drills.month import FIGURES, REPORTERS, Acknowledged, close_months, report_months

SEED = 20261123
WRITERS = 8
SECONDS_TO_CLOSE = 60  # at the latest, for a month to be closed after the last kill


@pytest.mark.parametrize("kills", [pytest.param(3, id="short"), pytest.param(100, id="long", marks=pytest.mark.drill)])
def test_no_acknowledged_write_is_lost(deployment, kills):
    chooser = random.Random(SEED)
    done, acknowledged, edits = threading.Event(), [], []
    edit = f"/org/admin/people/{deployment.person}/edit/"
    first_version = deployment.rows(f"select version from org_person where id = {deployment.person}")[0][0]

    def write(number):
        client, serial = deployment.client(number), 0
        while not done.is_set():
            serial += 1
            badge = f"D{kills}-{number}-{serial}"
            try:
                answer = client.post("/org/admin/people/new/", name="新人", number=badge, unit=deployment.unit, once=badge)
                if answer.status_code == 302:
                    acknowledged.append(badge)
                if number < 2:
                    version = client.read_version(edit)
                    answer = client.post(
                        edit, name="何静", unit=deployment.unit, sort_key=f"he jing {badge}", version=version, once=f"e{badge}"
                    )
                    edits.extend([badge] * (answer.status_code == 302))
            except (requests.RequestException, TypeError):
                time.sleep(0.05)  # the worker died while it answered: nothing was acknowledged

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for _ in range(kills):
        time.sleep(chooser.uniform(1.0, 3.0))  # two workers need a moment to be there at all
        deployment.kill_worker(chooser)
    deployment.wait()
    time.sleep(1)
    done.set()
    for thread in threads:
        thread.join()

    saved = [row[0] for row in deployment.rows(f"select number from org_person where number like 'D{kills}-%'")]
    people = f"select id from org_person where number like 'D{kills}-%'"
    audited = deployment.rows(f"select object_id from audit_entry where verb = '登记人员' and object_id in ({people})")
    assert len(acknowledged) > kills
    assert set(acknowledged) <= set(saved), "an acknowledged write is lost"
    assert len(saved) == len(set(saved)) == len(audited), "a row without its audit entry, or the other way round"
    last_version = deployment.rows(f"select version from org_person where id = {deployment.person}")[0][0]
    assert last_version - first_version >= len(edits), "an acknowledged edit is lost"
    assert_sound(deployment)


def assert_sound(deployment):
    """The audit verifies, and so does SQLite's own file."""
    verified = deployment.run("audit", "verify")
    assert verified.returncode == 0, verified.stdout
    if not deployment.postgres:
        assert deployment.rows("pragma integrity_check") == [("ok",)]


@pytest.mark.parametrize("kills", [pytest.param(2, id="short"), pytest.param(100, id="long", marks=pytest.mark.drill)])
def test_no_month_is_half_done(deployment, kills):
    chooser, done, kept = random.Random(SEED), threading.Event(), Acknowledged()
    threads = [threading.Thread(target=report_months, args=(deployment, login, done, kept)) for login in REPORTERS]
    threads.append(threading.Thread(target=close_months, args=(deployment, done, kept)))
    for thread in threads:
        thread.start()
    for _ in range(kills):
        time.sleep(chooser.uniform(1.0, 4.0))
        deployment.kill_worker(chooser)
    end = time.monotonic() + SECONDS_TO_CLOSE
    while not kept.closed and time.monotonic() < end:
        time.sleep(0.1)
    done.set()
    for thread in threads:
        thread.join()
    print(f"kills: {kills}, acknowledged: {kept.count()}")
    assert min(kept.count().values()) > 0, kept.count()
    assert_kept(deployment, kept)
    assert_whole(deployment)
    assert_sound(deployment)


def assert_kept(deployment, kept):
    """Everything that was answered with success is there, with its file where there is one."""

    def keys(sql):
        return {row[0] for row in deployment.rows(sql)}

    assert kept.uploads <= keys("select id from figures_upload")
    assert kept.submitted <= keys("select id from figures_batch where state in ('submitted', 'confirmed')")
    assert kept.confirmed <= keys("select id from figures_batch where state = 'confirmed'")
    assert kept.runs <= keys("select id from assessment_run")
    assert kept.published <= keys("select id from assessment_run where state = 'published'")
    assert kept.closed <= keys("select id from figures_reportingperiod where due_on = '2018-01-02'")


def assert_whole(deployment):
    """Nothing stands half: each state has its figures, its results, its audit entry and its tasks, once."""

    def pairs(sql):
        return sorted(tuple(row) for row in deployment.rows(sql))

    def audited(verb, label):
        return pairs(f"select object_id, count(*) from audit_entry where verb = '{verb}' and label = '{label}' group by object_id")

    batches = pairs("select id from figures_batch")
    assert pairs("select batch_id, count(*) from figures_figure group by batch_id") == [(pk, FIGURES) for (pk,) in batches]
    confirmed = pairs("select id from figures_batch where state = 'confirmed'")
    in_force = "select batch_id, count(*) from figures_figure where in_force group by batch_id"
    assert pairs(in_force) == [(pk, FIGURES) for (pk,) in confirmed]
    assert audited("提交", "figures.batch") == sorted((pk, 1) for (pk,) in batches)
    assert audited("确认", "figures.batch") == sorted((pk, 1) for (pk,) in confirmed)
    assert pairs("select batch_id, count(*) from figures_upload where batch_id is not null group by batch_id") == [
        (pk, 1) for (pk,) in batches
    ]
    open_reviews = "select t.origin_id from worklist_task t where t.kind = '审核' and t.state = 'open'"
    assert pairs(open_reviews) == pairs("select id from figures_batch where state = 'submitted'")
    runs = pairs("select id from assessment_run")
    assert pairs("select run_id, count(*) from assessment_result group by run_id") == [(pk, 5) for (pk,) in runs]
    assert audited("计分", "assessment.run") == sorted((pk, 1) for (pk,) in runs)
    published = pairs("select id from assessment_run where state = 'published'")
    assert audited("公示", "assessment.run") == sorted((pk, 1) for (pk,) in published)
    assert pairs(
        "select count(*) from (select period from assessment_run where state = 'published' group by period having count(*) > 1) d"
    ) == [(0,)]
    closed = pairs("select id from figures_reportingperiod where due_on = '2018-01-02'")
    assert audited("修改填报日期", "figures.reportingperiod") == sorted((pk, 1) for (pk,) in closed)
    documents = pairs("select digest, id from documents_document")
    uploads = "select count(*) from figures_upload u where not exists (select 1 from documents_document d where d.digest = u.digest)"
    assert pairs(uploads) == [(0,)]
    for digest, _pk in documents:
        data = (deployment.folder / "documents" / digest[:2] / digest[2:4] / digest).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest
