"""Backup while the product writes, restore on an empty deployment: rows, audit and files equal; nothing is replaced unverified."""

import hashlib
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ronghe.accounts.models import User
from ronghe.audit.actions import record
from ronghe.audit.models import Entry
from ronghe.audit.verification import verify_all
from ronghe.common.registry import kept_files
from ronghe.documents.actions import attach, read_bytes
from ronghe.documents.models import Document
from ronghe.operations.backup import NotRestored, make_backup, restore_backup
from ronghe.operations.sealedfile import CHUNK, CannotOpen, SealedReader, SealedWriter
from ronghe.operations.snapshots import RESTORED, count_rows
from tests.migrated import lay_file

WORDS = "一条很长的口令-for-tests"


@pytest.fixture
def place(settings, tmp_path):
    """A deployment's folders of the test's own."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.RONGHE_CHECKPOINTS = tmp_path / "checkpoints"
    settings.RONGHE_KEYS = tmp_path / "keys"
    settings.RONGHE_ARCHIVE = tmp_path / "archive"
    return tmp_path


@pytest.fixture
def second_database(transactional_db, monkeypatch):
    """Django's tests forbid every alias that they have not set up; ours is made on the way."""
    usual = BaseDatabaseWrapper.ensure_connection

    def ensure_connection(self):
        if self.alias != RESTORED:
            usual(self)
        elif self.connection is None:
            self.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensure_connection)


@pytest.fixture
def full(second_database, place):
    """A deployment with people, an attached file and a chain of entries, all committed."""
    from tests.people import build_world

    world = build_world()
    attach(world.unit["注采一站"], data=b"%PDF-1.4 proof", name="证明.pdf", by=world.hejing.user, area_id=world.area.pk)
    for _ in range(3):
        act()
    return world


def act():
    with transaction.atomic():
        record(by=None, verb="测试")


def empty(place):
    """What a new machine has: tables and no rows, no files, no keys."""
    call_command("flush", interactive=False, verbosity=0)
    for name in ("documents", "archive", "checkpoints", "keys"):
        shutil.rmtree(place / name, ignore_errors=True)


def test_round_trip_on_an_empty_machine(full, place):
    file = place / "b.ronghe"
    before = count_rows("default")
    made = make_backup(file, WORDS)
    assert made.rows == before
    empty(place)
    restored = restore_backup(file, WORDS)
    assert restored.rows == before
    after = count_rows("default")
    added = {table: after[table] - count for table, count in before.items() if after[table] != count}
    assert added == {"audit_entry": 1}  # the restore itself
    assert verify_all().faults == []
    assert read_bytes(Document.objects.get()) == b"%PDF-1.4 proof"
    assert Entry.objects.first().verb == "恢复备份"
    act()
    assert verify_all().faults == []


def test_nothing_readable_in_the_file(full, place):
    make_backup(place / "b", WORDS)
    data = (place / "b").read_bytes()
    assert b"SQLite format" not in data
    assert b"PDF-1.4" not in data
    assert (place / "b").stat().st_mode & 0o777 == 0o600
    assert not list(place.glob(".backup-*"))


def test_backup_while_others_write(full, place):
    stop, written = threading.Event(), []

    def write():
        while not stop.is_set():
            act()
            written.append(1)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(3):
            make_backup(place / f"b{number}", WORDS)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert len(written) > 3
    for number in range(3):
        restore_backup(place / f"b{number}", WORDS, check_only=True)


def test_kept_files_come_back_and_are_compared_with_their_rows(full, place, monkeypatch):
    """Files that rows name by digest: marks of past months."""
    file = place / "archive" / "marks" / "period=2024-01" / "run-1.parquet"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"PAR1 marks")
    digest = hashlib.sha256(b"PAR1 marks").hexdigest()
    make_backup(place / "b", WORDS)
    empty(place)
    named = [("marks/period=2024-01/run-1.parquet", digest)]
    monkeypatch.setitem(kept_files._entries, "assessment", lambda using: named)
    restore_backup(place / "b", WORDS)
    assert (file.read_bytes(), file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (b"PAR1 marks", 0o600, 0o700)
    named.append(("marks/period=2024-02/run-2", digest))
    with pytest.raises(NotRestored, match="period=2024-02"):
        restore_backup(place / "b", WORDS, check_only=True)


def test_data_that_is_here_is_not_overwritten(full, place):
    make_backup(place / "b", WORDS)
    with pytest.raises(NotRestored, match="--force"):
        restore_backup(place / "b", WORDS)
    User.objects.filter(username="hejing").update(email="later@example.com")
    restore_backup(place / "b", WORDS, force=True)
    assert User.objects.get(username="hejing").email == ""
    assert list(place.glob("*.before-*"))  # what stood here is kept


def test_wrong_passphrase_is_said(full, place):
    make_backup(place / "b", WORDS)
    with pytest.raises(CannotOpen, match="口令不对"):
        restore_backup(place / "b", "另一条口令 another one", force=True)


@pytest.mark.parametrize("harm", ["cut", "flip", "swap", "other"])
def test_damaged_file_is_said(full, place, harm):
    make_backup(place / "b", WORDS)
    data = (place / "b").read_bytes()
    damaged = {
        "cut": data[:-40],
        "flip": data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
        "swap": data + data[-40:],
        "other": b"PK" + data[2:],
    }
    (place / "b").write_bytes(damaged[harm])
    with pytest.raises(CannotOpen):
        restore_backup(place / "b", WORDS, force=True)
    assert User.objects.filter(username="hejing").exists()


def test_tampered_audit_is_not_restored(full, place):
    with connection.cursor() as cursor:
        cursor.execute("update audit_entry set verb = 'x' where number = 1")
    make_backup(place / "b", WORDS)
    with pytest.raises(NotRestored, match="审计链有问题"):
        restore_backup(place / "b", WORDS, force=True)


def test_missing_file_is_not_restored(full, place):
    for path in (place / "documents").rglob("*"):
        if path.is_file():
            path.unlink()
    make_backup(place / "b", WORDS)
    with pytest.raises(NotRestored, match="附件"):
        restore_backup(place / "b", WORDS, check_only=True)


def test_commands(full, place, capsys, monkeypatch):
    monkeypatch.delenv("RONGHE_BACKUP_PASSPHRASE", raising=False)
    file, words = str(place / "b"), place / "words"
    with pytest.raises(CommandError, match="口令"):
        call_command("backup", file)
    words.write_text(WORDS)
    call_command("backup", file, passphrase_file=words)
    assert "已备份到" in capsys.readouterr().out
    with pytest.raises(CommandError, match="已存在"):
        call_command("backup", file, passphrase_file=words)
    call_command("restore", file, check=True, passphrase_file=words)
    assert "核验完好" in capsys.readouterr().out
    with pytest.raises(CommandError, match="--force"):
        call_command("restore", file, passphrase_file=words)
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("restore", str(place / "none"), check=True, passphrase_file=words)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_sealed_stream(tmp_path, size):
    plain = bytes(range(256)) * (size // 256 + 1)
    path = tmp_path / "s"
    with path.open("wb") as raw, SealedWriter(raw, WORDS) as sealed:
        sealed.write(plain[:size])
    with path.open("rb") as raw:
        assert SealedReader(raw, WORDS).read() == plain[:size]


def test_on_a_machine_without_a_database(place, tmp_path):
    """The command line on a folder whose database holds nothing but what the migrations write."""
    if connection.vendor != "sqlite":
        pytest.skip("the other vendor's empty server is the test above")
    import os

    def run(data, *arguments):
        environment = {
            **os.environ,
            "RONGHE_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "ronghe.site.settings",
            "RONGHE_BACKUP_PASSPHRASE": WORDS,
        }
        environment.pop("DATABASE_URL", None)
        return subprocess.run(
            [sys.executable, "-m", "ronghe.cli", *arguments], env=environment, capture_output=True, text=True, check=False
        )

    old, new, file = tmp_path / "old", tmp_path / "new", str(Path(tmp_path) / "b")
    for data in (old, new):
        data.mkdir()
        assert lay_file(data / "ronghe.sqlite3")
    assert run(old, "backup", file).returncode == 0
    done = run(new, "restore", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert "已恢复" in done.stdout
    assert run(new, "audit", "verify").returncode == 0
