"""kill -9 of server processes while 8 clients write: no acknowledged write is lost, none is half done, the audit is sound."""

import random
import threading
import time

import pytest
import requests

SEED = 20261123
WRITERS = 8


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
        time.sleep(chooser.uniform(0.3, 1.0))
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
    verified = deployment.run("audit", "verify")
    assert verified.returncode == 0, verified.stdout
    if not deployment.postgres:
        assert deployment.rows("pragma integrity_check") == [("ok",)]
