"""Hostile files through the page: never a 5xx, never a figure saved, always a page that says what is wrong."""

import io
import random

import pytest

from ronghe.documents.models import Document
from ronghe.figures.models import Batch, Figure, Upload
from tests.figures import factories
from tests.figures.reading.builders import change_part, make_csv, make_xls, make_xlsx
from tests.figures.reading.test_limits import add_part
from tests.figures.reading.test_mutants import mutate

ROWS = [["单位", "原油产量(t)"], ["注采一站", "很多"]]
GOOD = make_xlsx(ROWS)
SHEET = "xl/worksheets/sheet1.xml"
FILES = {
    "bomb": add_part(GOOD, "xl/media/zeros.bin", b"\x00" * 50_000_000),
    "merged": change_part(
        GOOD, SHEET, lambda text: text.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    "entities": change_part(GOOD, SHEET, lambda text: '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + text.partition("?>")[2]),
    "polyglot": b"%PDF-1.4\n" + GOOD,
    "script": make_csv([["单位", "原油产量(t)"], ["<script>alert(1)</script>", "=1+1"]]),
    "html": b"<html><script>alert(1)</script></html>",
    "old mutant": mutate(make_xls(ROWS), random.Random(3)),
    "new mutant": mutate(GOOD, random.Random(4)),
}


@pytest.fixture
def send(world, login):
    factories.make_indicators(world)
    period = factories.make_period(world)
    client = login(world.hejing)
    client.raise_request_exception = False

    def upload(data, name="月报.xlsx"):
        stream = io.BytesIO(data)
        stream.name = name
        return client.post(f"/figures/periods/{period.pk}/units/{world.unit['注采一站'].pk}/upload/", {"file": stream}, follow=True)

    return upload


@pytest.mark.parametrize("kind", FILES)
def test_a_hostile_file_saves_nothing(send, kind):
    answer = send(FILES[kind])
    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert "alert-" in page or "须改正" in page
    assert "<script>alert" not in page
    assert (Batch.objects.count(), Figure.objects.count()) == (0, 0)
    for row in Upload.objects.all():
        assert row.batch_id is None
    assert Document.objects.count() == Upload.objects.count()


@pytest.mark.drill
def test_three_hundred_mutants_through_the_page(send):
    chance = random.Random(9)
    seeds = [GOOD, make_xls(ROWS), make_csv(ROWS), make_csv(ROWS, encoding="gbk")]
    for number in range(300):
        answer = send(mutate(seeds[number % len(seeds)], chance))
        assert answer.status_code in (200, 422)
    assert (Batch.objects.count(), Figure.objects.count()) == (0, 0)
