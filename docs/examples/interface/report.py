"""Another system reports a month's figures and reads back what was published. Nothing but Python's own library.

    RONGHE_URL=https://ronghe.example RONGHE_TOKEN=rh_… python report.py a1 2026-10 figures.json

`figures.json` holds [{"unit": …, "indicator": …, "actual": …}, …]. Run again after a lost connection it changes nothing:
the same key gets the first answer.
"""

import hashlib
import json
import os
import sys
import urllib.error
import urllib.request


def call(method, path, body=None, key=""):
    """Return (status, answer)."""
    headers = {"Authorization": f"Bearer {os.environ['RONGHE_TOKEN']}", "Content-Type": "application/json"}
    if key:
        headers["Idempotency-Key"] = key
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{os.environ['RONGHE_URL']}/api/v1{path}", data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def main(area, period, name):
    with open(name, encoding="utf-8") as file:
        figures = json.load(file)
    status, form = call("GET", f"/figures/{area}/{period}")
    if status == 200:
        print(f"{form['unit']} {period}:应报 {len(form['cells'])} 项,还缺 {form['missing']} 项,截止 {form['due_on']}")
        key = hashlib.sha256(json.dumps([area, period, figures]).encode()).hexdigest()
        status, answer = call("POST", f"/figures/{area}/{period}", {"figures": figures, "submit": True}, key)
        if status != 200:
            for problem in answer["problems"]:
                print(f"{problem['place']}: {problem['message']}", file=sys.stderr)
            return 2
        print(f"{answer['number']}:{answer['figures']} 个数值,{answer['state']}")
    status, runs = call("GET", f"/results/{area}")
    for run in runs if status == 200 else []:
        print(f"{run['period']} {run['state']} {run['scheme']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
