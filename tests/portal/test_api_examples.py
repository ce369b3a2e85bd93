"""The example in docs/examples/interface runs as it stands there, against the product."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from ronghe.appraisal.actions.outcomes import list_grades
from ronghe.appraisal.actions.pay import add_pool, set_pay_rule
from ronghe.figures.models import Batch
from tests.appraisal import cases as appraisal
from tests.figures.factories import make_indicators, make_period, month
from tests.portal.test_api import give_token

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "interface" / "report.py"


@pytest.mark.django_db(transaction=True)
def test_the_example_reports_once(world, live_server, tmp_path):
    make_indicators(world)
    make_period(world)
    text = give_token(world.hejing, "figures:read", "figures:write", "results:read")[1]

    def run(figures):
        file = tmp_path / "figures.json"
        file.write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")
        environment = {**os.environ, "RONGHE_URL": live_server.url, "RONGHE_TOKEN": text, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run([sys.executable, SCRIPT, "a1", month(), file], env=environment, capture_output=True, text=True, check=False)

    rows = [{"unit": "a1-s1", "indicator": code, "actual": value} for code, value in (("oil", "九十"), ("cost", "800"))]
    refused = run(rows)
    assert (refused.returncode, refused.stderr.startswith("figures[0]: "), Batch.objects.count()) == (2, True, 0)
    rows = [
        {"unit": "a1-s1", "indicator": code, "actual": value}
        for code, value in (("oil", "1200"), ("cost", "800"), ("rectify", "95"), ("accident", "0"))
    ]
    first, again = run(rows), run(rows)
    assert (first.returncode, again.returncode, first.stderr, again.stderr) == (0, 0, "", "")
    number = Batch.objects.get().number
    assert f"{number}:4 个数值,待审核" in first.stdout
    assert f"{number}:4 个数值,待审核" in again.stdout


@pytest.mark.django_db(transaction=True)
def test_the_example_takes_pay(world, live_server, settings, tmp_path):
    """A pool of the round gets what it shares, to the cent."""
    settings.RONGHE_URNS = tmp_path / "urns"
    cycle = appraisal.signed(world)
    boss = appraisal.user(world.lijianguo)
    bands = [{"grade": grade, "coefficient": "1"} for grade in list_grades(cycle.template)]
    set_pay_rule(cycle.template, bands=bands, unit_share=Decimal(0), basis="办法", reason="", by=boss)
    add_pool(cycle.template, code="first-line", name="一线", kinds=["station"], own_rule=False, basis="办法", by=boss)
    text = give_token(world.lijianguo, "pay:read")[1]
    environment = {**os.environ, "RONGHE_URL": live_server.url, "RONGHE_TOKEN": text, "PYTHONIOENCODING": "utf-8"}
    call = [sys.executable, SCRIPT.with_name("pay.py"), "a1", cycle.period, "first-line=100.00", "other=5"]
    told = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert f"{cycle.title} first-line 一线:3 人,100.00 元" in told.stdout
    assert f"{world.liuhaitao.number} 刘海涛 称职 1.0000 33.34" in told.stdout
