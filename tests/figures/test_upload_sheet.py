"""Uploading a sheet: what was read is shown first, and is saved whole or not at all."""

import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from ronghe.documents.models import Document
from ronghe.figures.models import Batch, Figure, Upload
from tests.figures.factories import confirm_station, save_station


def make_sheet(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEAD = ["单位", "原油产量(t)", "单位操作成本", "隐患整改率", "事故起数"]
GOOD = [["注采一站指标月报", None, None, None, None], HEAD, ["注采一站", "1,200", 612.5, "98.5%", 0]]
BAD = [HEAD, ["注采一站", "约1200", 612.5, "98.5%", 0.5]]


@pytest.fixture
def upload(world, period, login):
    """upload(rows or bytes, name) → the answer to 何静's upload for 注采一站."""

    def send(content, name="月报.xlsx", person=None, unit=None):
        data = content if isinstance(content, bytes) else make_sheet(content)
        address = f"/figures/periods/{period.pk}/units/{(unit or world.unit['注采一站']).pk}/upload/"
        return login(person or world.hejing).post(address, {"file": SimpleUploadedFile(name, data)})

    return send


def take(client, pk, *, submit=True, seen="", once="k"):
    return client.post(f"/figures/uploads/{pk}/take/", {"once": once, "seen": seen, "submit" if submit else "save": "1"})


def test_looking_saves_nothing(world, indicators, upload, client):
    answer = upload(GOOD)
    page = client.get(answer.url).content.decode()
    assert "读到 4 个数值,没有错误" in page
    assert (Batch.objects.count(), Figure.objects.count()) == (0, 0)
    assert Document.objects.get().name == "月报.xlsx"


def test_one_press_makes_the_batch_and_hands_it_in(world, indicators, upload, client):
    upload(GOOD)
    answer = take(client, Upload.objects.get().pk)
    batch = Batch.objects.get()
    assert (answer.url, batch.state, batch.source) == (f"/figures/batches/{batch.pk}/", "submitted", "sheet")
    figures = {figure.indicator.code: (figure.actual, figure.place) for figure in batch.figures.all()}
    assert figures["oil"] == (Decimal(1200), "Sheet!B3")
    assert figures["rectify"][0] == Decimal("98.5")
    assert sorted(Document.objects.values_list("object_type__model", flat=True)) == ["batch", "upload"]


def test_pressing_again_changes_nothing(world, indicators, upload, client):
    upload(GOOD)
    pk = Upload.objects.get().pk
    first = take(client, pk)
    assert take(client, pk).url == first.url
    assert take(client, pk, once="another").status_code == 422
    assert Batch.objects.count() == 1


def test_every_problem_stands_at_its_cell_and_nothing_is_saved(world, indicators, upload, client):
    answer = upload(BAD)
    page = client.get(answer.url).content.decode()
    assert "有 2 处问题" in page
    assert "Sheet B2" in page
    assert "「约1200」不是可用的数字" in page
    assert 'name="submit"' not in page
    assert take(client, Upload.objects.get().pk).status_code == 422
    assert (Batch.objects.count(), Figure.objects.count()) == (0, 0)


def test_the_marked_copy_names_them_too(world, indicators, upload, client):
    upload(BAD)
    answer = client.get(f"/figures/uploads/{Upload.objects.get().pk}/marked/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert "问题清单" in book.sheetnames


def test_the_template_filled_in_is_read_back(world, period, indicators, upload, client, login):
    station = world.unit["注采一站"]
    data = login(world.hejing).get(f"/figures/periods/{period.pk}/units/{station.pk}/template/").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    row = next(cells[0].row for cells in sheet.iter_rows() if any(cell.value == "本月" for cell in cells))
    first = next(cell.column for cell in sheet[3] if cell.value == "原油产量")
    for offset, value in enumerate([1200, 612.5, 0.985, 0]):
        sheet.cell(row, first + offset, value)
    out = io.BytesIO()
    book.save(out)
    page = client.get(upload(out.getvalue()).url).content.decode()
    assert "读到 4 个数值,没有错误" in page
    take(client, Upload.objects.get().pk)
    assert {f.indicator.code: f.actual for f in Figure.objects.all()} == {
        "oil": Decimal(1200), "cost": Decimal("612.5"), "rectify": Decimal("98.5"), "accident": Decimal(0),
    }  # fmt: skip


def test_a_blank_cell_leaves_what_the_draft_holds(world, period, indicators, upload, client):
    draft = save_station(world, period, indicators, oil=1, cost=2)
    upload([HEAD, ["注采一站", "1200", None, "98.5%", 0]])
    take(client, Upload.objects.get().pk, submit=False, seen=f"{draft.pk}:{draft.version}")
    figures = {figure.indicator.code: figure.actual for figure in Figure.objects.all()}
    assert (figures["oil"], figures["cost"]) == (1200, 2)


def test_a_draft_that_changed_meanwhile_is_shown_first(world, period, indicators, upload, client):
    upload(GOOD)
    save_station(world, period, indicators, oil=1)
    answer = take(client, Upload.objects.get().pk, submit=False)
    assert answer.status_code == 422
    assert Figure.objects.get().actual == 1


def test_another_stations_figures_are_refused(world, indicators, upload, client):
    page = client.get(upload([HEAD, ["注采二站", 1200, 612.5, "98.5%", 0]]).url).content.decode()
    assert 'name="submit"' not in page


def test_confirmed_figures_are_not_changed_by_a_sheet(world, period, indicators, upload, client):
    confirm_station(world, period, indicators, oil=1300)
    page = client.get(upload(GOOD).url).content.decode()
    assert 'name="submit"' not in page


def test_what_is_no_sheet_is_said_at_once(world, indicators, upload):
    answer = upload(b"%PDF-1.7 something", "月报.xlsx")
    assert answer.status_code in (302, 422)
    assert Batch.objects.count() == 0
    assert "空" in upload(b"", "空.xlsx").content.decode()


def test_an_upload_is_its_senders_business_only(world, indicators, upload, client, login):
    upload(GOOD)
    pk = Upload.objects.get().pk
    for person in (world.luolan, world.zhaomin, world.fengtao):
        assert login(person).get(f"/figures/uploads/{pk}/").status_code == 404
        assert take(login(person), pk).status_code == 404


def test_the_long_form_carries_targets(world, period, indicators, upload, client):
    rows = [["unit", "period", "indicator", "actual", "target", "base"], ["a1-s1", period.period, "oil", 1200, 1250, 1180]]
    answer = upload(rows, "long.xlsx", person=world.zhaomin, unit=world.area)
    assert "没有错误" in client.get(answer.url).content.decode()
    take(client, Upload.objects.get().pk)
    figure = Figure.objects.get()
    assert (figure.actual, figure.target, figure.base, Batch.objects.get().source) == (1200, 1250, 1180, "long")


def test_an_unusual_figure_is_asked_about_before_it_is_saved(world, indicators, upload, client):
    page = client.get(upload([HEAD, ["注采一站", 99999, 612.5, "98.5%", 0]]).url).content.decode()
    assert "1 个超出常见范围,请核对" in page
    assert "超出常见范围 100 至 5000,请核对" in page


def test_forty_thousand_rows_are_answered_and_nothing_is_saved(world, indicators, upload, client):
    """Somebody sends the whole ledger: what is not asked is named, in a page that stays readable."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD[:2])
        for number in range(40_000):
            sheet.write_row(number + 1, 0, [f"{number}号井", 12.5])
    answer = upload(out.getvalue(), name="全年台账.xlsx")
    page = client.get(answer.url).content.decode() if answer.status_code == 302 else answer.content.decode()
    assert (answer.status_code, Batch.objects.count(), Figure.objects.count()) == (302, 0, 0)
    assert "改好后重新上传;一个数值也没有保存" in page
    assert len(page) < 500_000
