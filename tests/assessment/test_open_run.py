"""赵敏 runs a month in the browser, 李建国 publishes it; the files of a run are those of `ronghe score`."""

import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.assessment.models import Run
from tests.assessment import month

FILES = ("marks.csv", "totals.csv", "places.csv", "gaps.csv")


def test_from_checklist_to_publication(ready, login):
    client = login(ready.zhaomin)
    start = client.get("/assessment/runs/start/?period=2026-10")
    assert (start.status_code, start.context["warnings"]) == (200, [])
    done = client.post("/assessment/runs/start/", {"period": "2026-10", "once": "a"})
    run = Run.objects.get()
    assert (done.status_code, done.url) == (302, f"/assessment/runs/{run.pk}/")
    client.post("/assessment/runs/start/", {"period": "2026-10", "once": "a"})
    assert Run.objects.count() == 1
    preview = client.get(done.url)
    assert (preview.context["may_publish"], preview.context["stale"]) == (False, False)
    client = login(ready.lijianguo)
    assert client.get(done.url).context["may_publish"] is True
    form = {"days": 5, "version": run.version, "once": "b"}
    assert client.post(f"/assessment/runs/{run.pk}/publish/", form).status_code == 302
    assert Run.objects.get().state == "published"
    assert client.get(done.url).status_code == 200


def test_checklist_says_what_is_missing(ready, login):
    got = login(ready.zhaomin).get("/assessment/runs/start/?period=2026-09")
    assert any("没有已确认的数值" in text for text in got.context["warnings"])


def test_form_with_problems_is_shown_again(shown, login):
    client = login(shown.zhaomin)
    for form in ({"period": "2026-13"}, {"period": "2026-10"}, {"period": "2020-01"}, {}):
        assert client.post("/assessment/runs/start/", form).status_code == 422


def test_change_after_the_preview_is_said(ready, login):
    run = month.run(ready)
    month.report(ready, "2026-10", {"注采一站": {"oil": 980}})
    assert login(ready.lijianguo).get(f"/assessment/runs/{run.pk}/").context["stale"] is True


def test_files_are_those_of_the_command(shown, login, tmp_path):
    client = login(shown.liuhaitao)
    for name in ("inputs.csv", "scheme.toml", *FILES):
        (tmp_path / name).write_bytes(client.get(f"/assessment/runs/{shown.run.pk}/files/{name}").getvalue())
    done = subprocess.run(
        [sys.executable, "-m", "ronghe.cli", "score", "--scheme", tmp_path / "scheme.toml", "--figures", tmp_path / "inputs.csv", "--out", tmp_path / "out"],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / name).read_bytes()
    assert b"81.00" in (tmp_path / "totals.csv").read_bytes()


def test_only_the_files_of_a_run_are_sent(shown, login):
    assert login(shown.liuhaitao).get(f"/assessment/runs/{shown.run.pk}/files/secret_key").status_code == 404


@pytest.mark.parametrize("path", ["", "files/inputs.csv", "files/marks.csv"])
def test_preview_and_other_area_are_not_found(ready, login, path):
    run = month.run(ready)
    assert login(ready.liuhaitao).get(f"/assessment/runs/{run.pk}/{path}").status_code == 404
    assert login(ready.zhaomin).get(f"/assessment/runs/{run.pk}/{path}").status_code == 200
    from ronghe.assessment.actions import publish_run

    publish_run(run, by=ready.lijianguo.user)
    assert login(ready.liuhaitao).get(f"/assessment/runs/{run.pk}/{path}").status_code == 200
    assert login(ready.gaoming).get(f"/assessment/runs/{run.pk}/{path}").status_code == 200
    assert login(ready.handong).get(f"/assessment/runs/{run.pk}/{path}").status_code == 404
    assert login(ready.shenji).get(f"/assessment/runs/{run.pk}/{path}").status_code == 403


def test_posts_of_the_wrong_people_change_nothing(ready, login):
    run = month.run(ready)
    for name, expected in (("刘海涛", 403), ("赵敏", 403), ("韩冬", 404), ("高明", 403)):
        assert (
            login(ready.person[name]).post(f"/assessment/runs/{run.pk}/publish/", {"days": 3, "version": run.version}).status_code
            == expected
        )
    assert Run.objects.get().state == "preview"


def test_command_runs_and_publishes(ready, capsys):
    call_command("run-month", area="a1", period="2026-10", login="zhaomin", publisher="lijianguo")
    run = Run.objects.get()
    assert run.state == "published"
    assert run.results_digest in capsys.readouterr().out
    for wrong in ({"login": "nobody"}, {"login": "zhaomin"}, {"login": "liuhaitao", "reason": "x"}, {"area": "a9", "login": "zhaomin"}):
        with pytest.raises(CommandError):
            call_command("run-month", **{"area": "a1", "period": "2026-10", **wrong})


def test_list_is_constant_in_queries(shown, login):
    client = login(shown.zhaomin)
    client.get("/assessment/runs/")
    with CaptureQueriesContext(connection) as one:
        assert len(client.get("/assessment/runs/").context["lines"]) == 1
    month.run(shown, reason="再算"), month.run(shown, reason="再算")
    with CaptureQueriesContext(connection) as three:
        assert len(client.get("/assessment/runs/").context["lines"]) == 3
    assert len(three) == len(one)
    assert len(one) <= 8 + 1 + 1  # the list, its filter of months, its saved views
