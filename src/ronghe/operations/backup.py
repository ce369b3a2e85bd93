"""Backup and restore: database, documents, yearly folders, checkpoints and keys in one encrypted file, verified before anything is replaced."""

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from ronghe import VERSION
from ronghe.audit.actions import record
from ronghe.audit.checkpoints import append_checkpoint, file_of, list_files, public_key_hex
from ronghe.audit.verification import verify_all
from ronghe.common.calendar import now
from ronghe.common.crypto.current import parse_public_keys
from ronghe.common.registry import kept_files
from ronghe.documents.actions import storage_path
from ronghe.documents.models import Document
from ronghe.operations.sealedfile import CannotOpen, SealedReader, SealedWriter
from ronghe.operations.snapshots import Facts, count_rows, is_empty, put_back, take_snapshot, unpack

DATABASE, MANIFEST = "database", "manifest.json"
FOLDERS = ("documents", "archive", "marks", "checkpoints", "keys")


class NotRestored(Exception):
    """Nothing was replaced; the text says why."""


@dataclass
class Manifest:
    """What a backup holds, to be compared with what comes out of it."""

    version: str
    vendor: str
    made_at: str
    public_key: str
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def total_rows(self) -> int:
        return sum(self.rows.values())


def folder_of(name: str) -> Path:
    """Return where one of the folders stands in this deployment."""
    places = {
        "documents": settings.MEDIA_ROOT,
        "archive": Path(settings.RONGHE_ARCHIVE) / "folders",  # inspection packs are made again when they are wanted
        "marks": Path(settings.RONGHE_ARCHIVE) / "marks",
        "checkpoints": settings.RONGHE_CHECKPOINTS,
        "keys": settings.RONGHE_KEYS,
    }
    return Path(places[name])


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a folder of our own beside the data (it holds the database in clear while we work), and remove it."""
    place = Path(tempfile.mkdtemp(prefix=".backup-", dir=settings.DATA_DIR))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def make_backup(target: Path, passphrase: str) -> Manifest:
    """Write everything to one encrypted file while the product runs. The file appears under its name only when it is whole."""
    partial = target.with_name(f"{target.name}.partial")
    manifest = Manifest(VERSION, connection.vendor, now().isoformat(), public_key_hex())
    with scratch() as place, open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        # the database first: a file is stored before its row, so every file that the snapshot names is there by now
        facts = take_snapshot(place / DATABASE)
        manifest.rows = facts.rows
        copy_checkpoints(facts, place / "checkpoints")
        with SealedWriter(raw, passphrase) as sealed, open_bundle(sealed) as bundle:
            add_file(bundle, place / DATABASE, DATABASE, manifest)
            for name, folder in (
                ("documents", folder_of("documents")),
                ("archive", folder_of("archive")),
                ("marks", folder_of("marks")),
                ("checkpoints", place / "checkpoints"),
                ("keys", folder_of("keys")),
            ):
                for path in sorted(folder.rglob("*")):
                    if path.is_file() and not path.name.startswith("."):
                        add_file(bundle, path, f"{name}/{path.relative_to(folder)}", manifest)
            (place / MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False), encoding="utf-8")
            bundle.add(place / MANIFEST, MANIFEST)
        raw.flush()
        os.fsync(raw.fileno())
    partial.replace(target)
    with transaction.atomic():
        record(by=None, verb="备份", name=target.name, note=f"{manifest.total_rows} 行,{len(manifest.files)} 个文件")
    return manifest


@contextmanager
def open_bundle(target: SealedWriter) -> Iterator[tarfile.TarFile]:
    """Yield a compressed archive that is written as a stream."""
    with gzip.GzipFile(fileobj=target, mode="wb", compresslevel=3) as packed, tarfile.open(fileobj=packed, mode="w|") as bundle:  # type: ignore[call-overload]
        yield bundle


def copy_checkpoints(facts: Facts, place: Path) -> None:
    """Copy the checkpoints up to the snapshot's lengths (the product goes on writing), and end each file with one for its head."""
    place.mkdir(mode=0o700)
    for code in list_files():
        length = facts.chains.get(code, (0, ""))[0]
        lines = file_of(code).read_bytes().splitlines(keepends=True)
        file_of(code, place).write_bytes(b"".join(line for line in lines if read_number(line) <= length))
    for code, (length, head) in facts.chains.items():
        append_checkpoint(code, length, head, now(), place)


def read_number(line: bytes) -> int:
    """Return the number of a checkpoint's line, 0 for half a line."""
    try:
        return int(json.loads(line)["number"])
    except (ValueError, KeyError):
        return 0


def add_file(bundle: tarfile.TarFile, path: Path, name: str, manifest: Manifest) -> None:
    with path.open("rb") as handle:
        manifest.files[name] = hashlib.file_digest(handle, "sha256").hexdigest()
    bundle.add(path, name, recursive=False)


def restore_backup(source: Path, passphrase: str, *, force: bool = False, check_only: bool = False) -> Manifest:
    """Verify a backup and, unless only that is asked for, put it in the place of what is here.

    Raises NotRestored or CannotOpen before anything is replaced. Without `force` only an empty deployment is filled.
    """
    if not (check_only or force) and not is_empty():
        raise NotRestored("这里已有数据。确定要用备份替换它,请加 --force;现有数据会另存一份。")
    with scratch() as place:
        manifest = extract(source, passphrase, place)
        if manifest.vendor != connection.vendor:
            raise NotRestored(f"备份来自 {manifest.vendor},这里是 {connection.vendor};请在同一种数据库上恢复。")
        verify_extracted(place, manifest)
        if not check_only:
            replace(place, manifest)
    return manifest


def extract(source: Path, passphrase: str, place: Path) -> Manifest:
    """Decrypt into a folder and compare every file with the manifest."""
    found: dict[str, str] = {}
    try:
        with source.open("rb") as raw, SealedReader(raw, passphrase) as sealed:
            with tarfile.open(fileobj=sealed, mode="r|gz") as bundle:  # type: ignore[call-overload]
                for member in bundle:
                    path = take_out(bundle, member, place)
                    if member.name != MANIFEST:
                        with path.open("rb") as handle:
                            found[member.name] = hashlib.file_digest(handle, "sha256").hexdigest()
            while sealed.read(65536):
                pass  # to the last chunk: a file cut off after the archive's end is damaged too
    except FileNotFoundError as problem:
        raise NotRestored(f"没有这个文件:{source}") from problem
    except (tarfile.TarError, EOFError, OSError) as problem:
        raise CannotOpen("备份文件不完整或已损坏。") from problem
    if not (place / MANIFEST).exists():
        raise CannotOpen("备份文件不完整或已损坏。")
    manifest = Manifest(**json.loads((place / MANIFEST).read_text()))
    if found != manifest.files:
        raise NotRestored("备份中的文件与清单不符,没有恢复。")
    return manifest


def take_out(bundle: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> Path:
    """Write one plain file of a bundle below `place`. Raises CannotOpen for anything else: a bundle of ours holds nothing else.

    Not `extract(filter="data")`: Debian 12's Python is 3.11.2, which has no filters yet.
    """
    path = (place / member.name).resolve()
    content = bundle.extractfile(member) if member.isreg() and path.is_relative_to(place.resolve()) else None
    if content is None:
        raise CannotOpen("备份文件不完整或已损坏。")
    path.parent.mkdir(parents=True, exist_ok=True)
    with content, path.open("wb") as target:
        shutil.copyfileobj(content, target)
    return path


def verify_extracted(place: Path, manifest: Manifest) -> None:
    """Compare row counts, verify the audit against its checkpoints, and every document with its digest."""
    with unpack(place / DATABASE) as using:
        rows = count_rows(using)
        if rows != manifest.rows:
            wrong = sorted(table for table in rows.keys() | manifest.rows.keys() if rows.get(table) != manifest.rows.get(table))
            raise NotRestored(f"行数与清单不符(表 {'、'.join(wrong[:5])}),没有恢复。")
        report = verify_all(parse_public_keys(manifest.public_key), using=using, place=place / "checkpoints")
        if report.faults:
            raise NotRestored(f"备份中的审计链有问题,没有恢复:{report.faults[0]}")
        for digest in Document.objects.using(using).order_by().values_list("digest", flat=True).distinct().iterator():
            if manifest.files.get(f"documents/{storage_path(digest)}") != digest:
                raise NotRestored(f"附件 {digest[:12]}… 缺失或与摘要不符,没有恢复。")
        for list_files_of in kept_files.values():
            for name, digest in list_files_of(using):
                if manifest.files.get(name) != digest:
                    raise NotRestored(f"文件 {name} 缺失或与摘要不符,没有恢复。")


def replace(place: Path, manifest: Manifest) -> None:
    """Put everything in its place; what stood there is kept beside it under the time of the restore."""
    stamp = now().strftime("%Y%m%d-%H%M%S")
    database = Path(connection.settings_dict["NAME"]).name
    put_back(place / DATABASE, Path(settings.DATA_DIR) / f"{database}.before-{stamp}")
    for name in FOLDERS:
        target = folder_of(name)
        if target.exists() and any(target.iterdir()):
            target.rename(target.with_name(f"{target.name}.before-{stamp}"))
        target.parent.mkdir(parents=True, exist_ok=True)
        source = place / name
        if source.exists():
            shutil.copytree(source, target, dirs_exist_ok=True)
        if name != "documents" and target.exists():
            target.chmod(0o700)
            for path in target.rglob("*"):
                path.chmod(0o700 if path.is_dir() else 0o600)
    with transaction.atomic():
        record(by=None, verb="恢复备份", name=manifest.made_at, note=f"{manifest.total_rows} 行,{len(manifest.files)} 个文件")
