"""A payroll system takes last year's coefficients and lets each pool be split to the cent. Nothing but Python's own library.

    RONGHE_URL=https://ronghe.example RONGHE_TOKEN=rh_… python pay.py a1 2025 first-line=120000.00 offices=80000

For every signed round of the year it prints one line a pool and one a person. Amounts go along as they are asked for and are stored nowhere.
"""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request


def get(path, **query):
    """Return (status, answer)."""
    address = f"{os.environ['RONGHE_URL']}/api/v1{path}"
    if query:
        address += f"?{urllib.parse.urlencode(query)}"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {os.environ['RONGHE_TOKEN']}"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def main(area, year, *pools):
    amounts = dict(one.split("=", 1) for one in pools)
    status, rounds = get(f"/pay/{area}")
    if status != 200:
        print(rounds["problems"][0]["message"], file=sys.stderr)
        return 2
    for found in rounds:
        if not found["period"].startswith(year):
            continue
        path = f"/pay/{area}/{found['round']}"
        known = {pool["pool"] for pool in get(path)[1]["pools"]}
        asked = ",".join(f"{code}:{amount}" for code, amount in amounts.items() if code in known)
        for pool in get(path, amounts=asked)[1]["pools"]:
            print(f"{found['title']} {pool['pool']} {pool['name']}:{len(pool['lines'])} 人,{pool['total'] or '没有给总额'} 元")
            for line in pool["lines"]:
                print(line["number"], line["name"], line["grade"], line["coefficient"], line["amount"] or "")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
