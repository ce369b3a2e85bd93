"""A meeting of 300 votes by slips at once: none is lost, none counts twice, no answer is an error (issue G: within ten minutes on 2 cores)."""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

HANDS, LIMIT = 8, 600


def vote(deployment, facts, number):
    """Open the page as a phone does, and vote: most 优秀, some 称职."""
    session, address = requests.Session(), f"{deployment.address}/appraisal/vote/"
    session.headers["Connection"] = "close"
    session.get(address, timeout=60)
    token = {"csrfmiddlewaretoken": session.cookies["csrftoken"], "code": facts["codes"][number]}
    opened = session.post(address, data=token, headers={"Referer": address}, timeout=60)
    marks = {f"m-{pk}-{item}": str((number + item) % 2) for pk in facts["reports"] for item in range(facts["items"])}
    cast = session.post(address, data={**token, **marks, "marks": "1"}, headers={"Referer": address}, timeout=60, allow_redirects=False)
    return opened.status_code, cast.status_code


@pytest.mark.parametrize("count", [pytest.param(300, marks=pytest.mark.drill)])
def test_a_meeting_votes(deployment, count):
    made = subprocess.run(
        [sys.executable, "-m", "tests.drills.ballot_world", str(count)],
        env=deployment.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-3000:]
    facts = json.loads(made.stdout.strip().splitlines()[-1])
    begun = time.monotonic()
    with ThreadPoolExecutor(HANDS) as pool:
        answers = list(pool.map(lambda number: vote(deployment, facts, number), range(count)))
    seconds = time.monotonic() - begun
    assert answers == [(200, 302)] * count
    assert seconds < LIMIT
    print(f"{count} ballots in {seconds:.0f} s")
    assert deployment.rows("select count(*) from appraisal_code where used") == [(count,)]
    # a slip that was used is used up
    assert vote(deployment, facts, 0)[1] == 422
