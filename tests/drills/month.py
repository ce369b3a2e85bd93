"""A month as its people do it through HTTP: sheets uploaded and handed in, confirmed, run, published, the period closed.

Each actor goes on where the database says that it stands: after a kill an unanswered request may or may not have been carried out.
What the server answered with success is kept in `Acknowledged`, to be looked for afterwards.
"""

import time
from dataclasses import dataclass, field
from datetime import date, timedelta

import requests

from tests.figures.reading.builders import make_csv

STATION = ["单位", "组织生活按期完成率(%)", "集体访越级访起数(起)", "违纪问责率(%)", "原油产量(t)", "生产安全事故(起)"]
OFFICE = ["单位", "组织生活按期完成率(%)", "集体访越级访起数(起)", "违纪问责率(%)", "服务保障评分(分)", "生产安全事故(起)"]
REPORTERS = {"hejing": "注采一站", "luolan": "注采二站", "songwen": "综合党群室"}
FIGURES = 5
AHEAD = 2  # months by which reporters run before the closing: all kinds of work go on side by side


@dataclass
class Acknowledged:
    """Primary keys of what was answered with success."""

    uploads: set[int] = field(default_factory=set)
    submitted: set[int] = field(default_factory=set)
    confirmed: set[int] = field(default_factory=set)
    runs: set[int] = field(default_factory=set)
    published: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    at: int = 0  # how many months are behind those who close them

    def count(self):
        return {name: len(found) for name, found in vars(self).items() if name != "at"}


def key_in(answer, start):
    """Return the key in the address that a success leads to; None where it leads elsewhere or shows the form again."""
    place = answer.headers.get("Location", "").removeprefix("http://127.0.0.1")
    tail = place.partition(start)[2].strip("/")
    return int(tail) if answer.status_code in (302, 303) and tail.isdigit() else None


def patient(act):
    """Run one step; a server that died meanwhile is no answer."""
    try:
        return act()
    except requests.RequestException:
        time.sleep(0.05)
        return None


def report_months(deployment, login, done, kept):
    """A reporter hands in sheet after sheet, month by month; the reviewer confirms each."""
    unit_name = REPORTERS[login]
    unit = deployment.units[unit_name]
    heads = OFFICE if login == "songwen" else STATION
    reporter, reviewer = deployment.client_of(login), deployment.client_of("qianjin")
    for number, period in enumerate(deployment.months.values()):
        while number > kept.at + AHEAD and not done.is_set():
            time.sleep(0.05)
        data = make_csv([heads, [unit_name, 90 + number % 10, number % 3, 0, 900 + number if login != "songwen" else 50, 0]])
        while not done.is_set():
            found = deployment.rows(
                f"select id, state, version from figures_batch where period_id = {period} and unit_id = {unit} order by id desc limit 1"
            )
            if not found:
                patient(lambda period=period, data=data: hand_in(reporter, period, unit, data, kept))
            elif found[0][1] == "submitted":
                patient(lambda row=found[0]: confirm(reviewer, row, kept))
            else:
                break
        if done.is_set():
            return


def hand_in(client, period, unit, data, kept):
    """Upload a sheet and take what was read as a batch, handed in."""
    answer = client.post(f"/figures/periods/{period}/units/{unit}/upload/", files={"file": ("月报.csv", data)})
    upload = key_in(answer, "/figures/uploads/")
    if upload is None:
        return
    kept.uploads.add(upload)
    batch = key_in(client.post(f"/figures/uploads/{upload}/take/", submit="1", once=f"take-{upload}", seen=""), "/figures/batches/")
    if batch is not None:
        kept.submitted.add(batch)


def confirm(client, row, kept):
    batch, _state, version = row
    answer = client.post(f"/figures/batches/{batch}/confirm/", version=version, once=f"confirm-{batch}-{version}")
    if key_in(answer, "/figures/batches/") == batch:
        kept.confirmed.add(batch)


def close_months(deployment, done, kept):
    """Month by month: once all have reported, the indicator administrator runs it, the secretary publishes, the period is closed."""
    admin, secretary = deployment.client_of("zhaomin"), deployment.client_of("lijianguo")
    serial = 0
    for period_name, period in deployment.months.items():
        while not done.is_set():
            serial += 1
            confirmed = deployment.rows(f"select count(*) from figures_batch where period_id = {period} and state = 'confirmed'")[0][0]
            if confirmed < len(REPORTERS):
                time.sleep(0.05)
                continue
            newest = deployment.rows(
                f"select id, state, version from assessment_run where period = '{period_name}' order by number desc limit 1"
            )
            if not newest:
                run = patient(lambda name=period_name, n=serial: admin.post("/assessment/runs/start/", period=name, once=f"run-{n}"))
                if run is not None and key_in(run, "/assessment/runs/") is not None:
                    kept.runs.add(key_in(run, "/assessment/runs/"))
            elif newest[0][1] == "preview":
                patient(lambda row=newest[0], n=serial: publish(secretary, row, n, kept))
            elif patient(lambda period=period, n=serial: close(admin, deployment, period, n, kept)):
                kept.at += 1
                break
        if done.is_set():
            return


def publish(client, row, serial, kept):
    run, _state, version = row
    answer = client.post(f"/assessment/runs/{run}/publish/", days=5, objection_days=5, version=version, once=f"publish-{serial}")
    if key_in(answer, "/assessment/runs/") == run:
        kept.published.add(run)


def close(client, deployment, period, serial, kept):
    """Close a period: its last day is set to yesterday. Tells whether it is closed now."""
    version, closes_on = deployment.rows(f"select version, closes_on from figures_reportingperiod where id = {period}")[0]
    day = date.today() - timedelta(days=1)
    if str(closes_on) == day.isoformat():
        return True
    dates = {"opens_on": "2018-01-01", "due_on": "2018-01-02", "closes_on": day.isoformat(), "reason": "本月已结"}
    answer = client.post(f"/figures/periods/{period}/dates/", version=version, once=f"close-{serial}", **dates)
    if key_in(answer, "/figures/periods/") == period:
        kept.closed.add(period)
        return True
    return False
