"""Checkpoints are written on commit, every 100 entries or 15 minutes and on demand; a failure loses nothing and is caught up."""

import logging
import stat
from datetime import timedelta

from django.db import transaction

from ronghe.audit.actions import catch_up_checkpoints, record, write_checkpoint
from ronghe.audit.checkpoints import file_of, key_path_of_audit, last_written
from ronghe.audit.models import Chain, Entry
from ronghe.audit.verification import verify_all
from ronghe.common.calendar import now
from ronghe.common.crypto import current


def act(count=1):
    with transaction.atomic():
        for _ in range(count):
            entry = record(by=None, verb="测试")
    return entry


def test_first_entry_then_each_hundred(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        act()
    assert last_written("outside") == 1
    with django_capture_on_commit_callbacks(execute=True):
        act(99)
    assert last_written("outside") == 1
    with django_capture_on_commit_callbacks(execute=True):
        act()
    assert last_written("outside") == 101
    assert verify_all().is_sound


def test_each_quarter_of_an_hour(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        act()
    Chain.objects.update(checked_at=now() - timedelta(minutes=16))
    with django_capture_on_commit_callbacks(execute=True):
        act()
    assert last_written("outside") == 2


def test_on_demand(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        act(3)
    with django_capture_on_commit_callbacks(execute=True):
        write_checkpoint(act().chain)
    assert last_written("outside") == 4


def test_full_disk_loses_no_act(db, django_capture_on_commit_callbacks, settings, tmp_path, caplog):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    settings.RONGHE_CHECKPOINTS = blocked
    with caplog.at_level(logging.CRITICAL), django_capture_on_commit_callbacks(execute=True):
        act()
    assert "审计检查点没有写成" in caplog.text
    assert Entry.objects.count() == 1
    settings.RONGHE_CHECKPOINTS = tmp_path / "mended"
    assert catch_up_checkpoints() == 1
    assert last_written("outside") == 1
    assert verify_all().is_sound


def test_half_a_line_is_survived(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        act()
    with file_of("outside").open("ab") as handle:
        handle.write(b'{"at": "2026-')
    with django_capture_on_commit_callbacks(execute=True):
        write_checkpoint(act().chain)
    assert verify_all().is_sound
    assert last_written("outside") == 2


def test_key_is_made_once_and_for_the_owner_alone(db):
    first = current.signing_key(current.suite())
    assert current.signing_key(current.suite()) == first
    assert stat.S_IMODE(key_path_of_audit().stat().st_mode) == 0o600
