"""A file is handed out to whoever may read its object, and never run by the browser."""

import pytest
from django.core.files.storage import default_storage

from ronghe.documents.actions import attach, storage_path
from tests.documents.test_attach_file import PDF, PNG
from tests.figures.factories import confirm_station, make_indicators, make_period


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def paper(world):
    """A text with a confirmed batch of 注采一站."""
    indicators = make_indicators(world)
    batch = confirm_station(world, make_period(world), indicators)
    return attach(batch, data="台账".encode(), name="台账.txt", by=world.hejing.user, area_id=world.area.pk)


def put(world, data, name):
    return attach(world.wutong, data=data, name=name, by=world.hejing.user, area_id=world.area.pk)


def test_as_readable_as_its_object(world, login, paper):
    """The batch's file goes to those who read the batch: not to the other area, not to the administrators."""
    url = f"/documents/{paper.pk}/"
    found = {
        name: login(getattr(world, name)).get(url).status_code
        for name in ("hejing", "qianjin", "zhaomin", "lijianguo", "handong", "xunuo", "xitong", "anquan", "shenji")
    }
    assert found == {
        **dict.fromkeys(("hejing", "qianjin", "zhaomin", "lijianguo"), 200),
        **dict.fromkeys(("handong", "xunuo", "xitong", "anquan", "shenji"), 404),
    }


def test_stranger_is_sent_to_the_login_page(client, paper):
    assert client.get(f"/documents/{paper.pk}/").status_code == 302


def test_text_is_a_download_and_never_sniffed(world, login, paper):
    answer = login(world.hejing).get(f"/documents/{paper.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert b"".join(answer.streaming_content) == "台账".encode()


@pytest.mark.parametrize(("data", "name", "kind"), [(PDF, "a.pdf", "application/pdf"), (PNG, "a.png", "image/png")])
def test_picture_and_pdf_open_in_the_page_unless_asked_otherwise(world, login, data, name, kind):
    document = put(world, data, name)
    client = login(world.lijianguo)
    shown, taken = client.get(f"/documents/{document.pk}/"), client.get(f"/documents/{document.pk}/?download")
    assert (shown["Content-Type"], shown["Content-Disposition"][:6], taken["Content-Disposition"][:10]) == (kind, "inline", "attachment")


def test_missing_file_is_not_found(world, login):
    document = put(world, PDF, "a.pdf")
    default_storage.delete(storage_path(document.digest))
    assert login(world.lijianguo).get(f"/documents/{document.pk}/").status_code == 404
