"""A chain goes on under the other set of algorithms: old checkpoints and new ones verify, and neither key alone vouches for all."""

from django.db import transaction

from ronghe.audit.actions import record, write_checkpoint
from ronghe.audit.checkpoints import file_of, public_key_hex
from ronghe.audit.verification import verify_all
from ronghe.common.crypto.current import parse_public_keys


def act(capture):
    with capture(execute=True), transaction.atomic():
        write_checkpoint(record(by=None, verb="测试").chain)


def test_switching_there_and_back(db, settings, django_capture_on_commit_callbacks):
    act(django_capture_on_commit_callbacks)
    first = public_key_hex()
    settings.RONGHE_CRYPTO = "guomi"
    act(django_capture_on_commit_callbacks)
    both = public_key_hex()
    settings.RONGHE_CRYPTO = "international"
    act(django_capture_on_commit_callbacks)
    signatures = [line.split('"signature": "')[1][:4] for line in file_of("outside").read_text().splitlines()]
    assert [text == "sm2:" for text in signatures] == [False, True, False]
    assert both.startswith(f"{first},sm2:04")
    assert verify_all().faults == []
    assert verify_all(parse_public_keys(both)).faults == []
    assert any("第 2 行不是本系统所签" in fault for fault in verify_all(parse_public_keys(first)).faults)
