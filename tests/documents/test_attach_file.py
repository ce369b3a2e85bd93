"""A file is attached: by what it is, not by what it is called; stored once, outside the web root, in the audit."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ronghe.audit.models import Entry
from ronghe.documents.actions import attach, check_upload, read_bytes, storage_path
from ronghe.documents.models import Document
from ronghe.documents.rules import clean_name, detect_media_type

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
QUICK = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64


def make_zip(name="a.txt"):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr(name, "x")
    return data.getvalue()


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def put(world, data=PDF, name="通知.pdf"):
    return attach(world.wutong, data=data, name=name, by=world.hejing.user, area_id=world.area.pk, purpose="证明")


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (PDF, "通知.exe", "application/pdf"),
        (PNG, "照片.pdf", "image/png"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 20, "a.jpg", "image/jpeg"),
        (OLE, "表.xls", "application/vnd.ms-excel"),
        (OLE, "文.doc", "application/msword"),
        ("台账".encode(), "台账.txt", "text/plain"),
        ("甲,乙".encode("gb18030"), "表.CSV", "text/csv"),
        (b"MZ\x90\x00" + b"\x00" * 60, "通知.pdf", None),
        (b"<script>alert(1)</script>", "说明.txt", None),
        (b"  <!doctype html>", "说明.txt", None),
        (b"\x7fELF" + b"\x00" * 60, "a.png", None),
        (make_zip(), "材料.docx", None),
        (b"a\x00b", "a.txt", None),
        (b"\xff\xfe\xff\xff\x80", "a.txt", None),
    ],
)
def test_type_follows_the_content(data, name, expected):
    assert detect_media_type(data, name) == expected


@QUICK
@given(st.binary(max_size=200), st.text(max_size=20))
def test_whatever_comes_is_a_known_type_or_none(data, name):
    found = detect_media_type(data, name)
    assert found is None or "/" in found
    assert found != "text/plain" or not data.lstrip().startswith(b"<")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\桌面\\通知.pdf", "通知.pdf"),
        ('a<b>:"|?*.pdf', "ab.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        (" .. ", "附件"),
        ("", "附件"),
        ("长" * 200 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_name_is_made_harmless(name, expected):
    assert clean_name(name) == expected


@QUICK
@given(st.text(max_size=300))
def test_any_name_is_short_and_without_path(name):
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 120
    assert not set(cleaned) & set('/\\<>:"|?*\x00\n')


def test_stored_under_its_digest_and_recorded(world):
    document = put(world)
    assert (document.name, document.media_type, document.size, read_bytes(document)) == ("通知.pdf", "application/pdf", len(PDF), PDF)
    assert "通知" not in storage_path(document.digest)
    entry = Entry.objects.order_by("-id").first()
    assert (entry.verb, entry.note, entry.object_name, entry.chain.code) == ("上传附件", "通知.pdf", "吴桐", f"area-{world.area.pk}")


def test_same_bytes_are_stored_once(world):
    first, second = put(world), put(world, name="另一个名字.pdf")
    assert (first.digest, Document.objects.count()) == (second.digest, 2)
    assert len(default_storage.listdir(storage_path(first.digest).rsplit("/", 1)[0])[1]) == 1


@pytest.mark.parametrize(("data", "message"), [(b"", "空的"), (b"x" * 101, "上限"), (make_zip(), "不支持")])
def test_refused_with_a_reason_and_nothing_kept(world, settings, data, message):
    settings.RONGHE_MAX_UPLOAD_BYTES = 100 if len(data) == 101 else 10_000
    with pytest.raises(ValidationError, match=message):
        put(world, data, "x.txt")
    assert Document.objects.count() == 0


def test_limit_itself_is_allowed(settings):
    settings.RONGHE_MAX_UPLOAD_BYTES = 100
    assert check_upload(b"x" * 100, "a.txt") == "text/plain"
