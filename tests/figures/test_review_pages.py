"""The reviewer's buttons."""

from ronghe.figures.models import Batch, Figure
from tests.figures.factories import save_station, submit_station


def test_confirming_in_the_page(world, period, indicators, login):
    batch = submit_station(world, period, indicators)
    client = login(world.qianjin)
    form = {"once": "x", "version": batch.version, "reason": ""}
    answer = client.post(f"/figures/batches/{batch.pk}/confirm/", form)
    assert answer.status_code == 302
    assert Batch.objects.get().state == "confirmed"
    assert client.post(f"/figures/batches/{batch.pk}/confirm/", form).status_code == 302


def test_returning_without_a_reason_is_asked_again(world, period, indicators, login):
    batch = submit_station(world, period, indicators)
    client = login(world.qianjin)
    address = f"/figures/batches/{batch.pk}/return/"
    assert client.post(address, {"once": "x", "version": batch.version, "reason": ""}).status_code == 422
    assert client.post(address, {"once": "x", "version": batch.version, "reason": "核对产量"}).status_code == 302
    assert Batch.objects.get().return_reason == "核对产量"
    assert "核对产量" in login(world.hejing).get(f"/figures/batches/{batch.pk}/").content.decode()


def test_a_stale_confirmation_is_told_so(world, period, indicators, login):
    batch = submit_station(world, period, indicators)
    answer = login(world.qianjin).post(f"/figures/batches/{batch.pk}/confirm/", {"once": "x", "version": batch.version - 1})
    assert answer.status_code in (302, 409)
    assert Batch.objects.get().state == "submitted"


def test_unusual_figures_are_marked(world, period, indicators, login):
    batch = submit_station(world, period, indicators, oil=99999)
    page = login(world.qianjin).get(f"/figures/batches/{batch.pk}/").content.decode()
    assert "1 个数值请留意" in page
    assert "超出常见范围" in page


def test_a_reader_has_no_buttons(world, period, indicators, login):
    batch = submit_station(world, period, indicators)
    page = login(world.lijianguo).get(f"/figures/batches/{batch.pk}/").content.decode()
    assert "confirm/" not in page
    assert "withdraw/" not in page


def test_withdraw_and_drop_in_the_page(world, period, indicators, login):
    batch = submit_station(world, period, indicators)
    client = login(world.hejing)
    client.post(f"/figures/batches/{batch.pk}/withdraw/", {"once": "w"})
    client.post(f"/figures/batches/{batch.pk}/drop/", {"once": "d"})
    assert Batch.objects.get().state == "dropped"
    assert not Figure.objects.filter(in_force=True).exists()


def test_a_correction_in_the_page(world, period, indicators, login):
    from tests.figures.factories import confirm_station

    batch = confirm_station(world, period, indicators)
    client = login(world.hejing)
    assert client.post(f"/figures/batches/{batch.pk}/correct/", {"once": "c", "reason": ""}).status_code == 422
    answer = client.post(f"/figures/batches/{batch.pk}/correct/", {"once": "c", "reason": "抄错一位"})
    assert answer.url == f"/figures/periods/{period.pk}/units/{batch.unit_id}/"
    assert "抄错一位" in client.get(answer.url).content.decode()


def test_evidence_is_attached_until_confirmed(world, period, indicators, login):
    from django.core.files.uploadedfile import SimpleUploadedFile

    batch = save_station(world, period, indicators, oil=1)
    client = login(world.hejing)
    address = f"/figures/batches/{batch.pk}/evidence/"
    client.post(address, {"once": "e", "file": SimpleUploadedFile("产量报表.txt", "日产 40 t".encode())})
    assert "产量报表.txt" in client.get(f"/figures/batches/{batch.pk}/").content.decode()
    assert client.post(address, {"once": "f", "file": SimpleUploadedFile("a.exe", b"MZ\x00\x00")}).status_code == 422
