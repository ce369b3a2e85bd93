"""Signed checkpoints, written outside the database: how long each chain was when, and the digest of its last entry.

A bare chain stops no one who can rewrite all of it. A checkpoint is one line of JSON in a file of its chain that is only
appended to, signed with the deployment's key (Ed25519, or SM2 under 国密; the signature's tag says which); copy the files (and the public key) to another machine, and nobody
who holds the database and this machine can move the past without it being found.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from ronghe.audit.rules import digest_texts, write_time
from ronghe.common.crypto import current
from ronghe.common.crypto.current import PublicKeys
from ronghe.common.crypto.suites import WrongKey
from ronghe.common.keys import key_path

LONGEST_LINE = 4096


class BadCheckpoint(ValueError):
    """A line of a checkpoint file is not what this deployment wrote."""


@dataclass(frozen=True)
class Checkpoint:
    """`before` is the SHA-256 of the line before it in the file, so that a line taken out is missed."""

    chain: str
    number: int
    digest: str
    at: str
    before: str

    @property
    def message(self) -> bytes:
        return digest_texts((self.chain, str(self.number), self.digest, self.at, self.before)).encode()


def key_path_of_audit() -> Path:
    """Return where the private key of the set in force is kept."""
    return key_path(current.SIGNING[current.suite().code])


def public_key_hex() -> str:
    """Return the public keys as text: what one keeps elsewhere to check the checkpoints by."""
    return str(current.public_keys())


def folder() -> Path:
    return Path(settings.RONGHE_CHECKPOINTS)


def file_of(chain: str, place: Path | None = None) -> Path:
    """Return the chain's file of checkpoints, in the deployment's folder or another."""
    return (place or folder()) / f"{chain}.jsonl"


def append_checkpoint(chain: str, number: int, digest: str, at: datetime, place: Path | None = None) -> None:
    """Sign and append one line; it is on the disk when this returns. Raises OSError where it could not be written."""
    path = file_of(chain, place)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "rb+", buffering=0) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # several server processes append
        last = read_last_line(handle)
        if last is not None and int(json.loads(last)["number"]) >= number:
            return  # another process was quicker and went further
        start = b"" if ends_a_line(handle) else b"\n"  # a power cut may have left half a line
        before = hashlib.sha256(last.rstrip(b"\n")).hexdigest() if last else ""
        point = Checkpoint(chain, number, digest, write_time(at), before)
        line = json.dumps({**vars(point), "signature": current.sign(point.message)}, sort_keys=True)
        handle.write(start + line.encode() + b"\n")
        os.fsync(handle.fileno())


def ends_a_line(handle: BinaryIO) -> bool:
    """Tell whether the file is empty or ends with a line's end."""
    size = handle.seek(0, os.SEEK_END)
    if size == 0:
        return True
    handle.seek(size - 1)
    return handle.read(1) == b"\n"


def read_last_line(handle: BinaryIO) -> bytes | None:
    """Return the last line of an open file that is a whole checkpoint, or None where there is none."""
    size = handle.seek(0, os.SEEK_END)
    handle.seek(max(0, size - LONGEST_LINE))
    lines = handle.read().splitlines(keepends=True)
    return next((line for line in reversed(lines) if line.strip().startswith(b"{") and line.strip().endswith(b"}")), None)


def last_written(chain: str) -> int:
    """Return the number of the last checkpoint in the chain's file, 0 where there is none (unchecked: for schedules and lists)."""
    try:
        with open(file_of(chain), "rb", buffering=0) as handle:
            line = read_last_line(handle)
            return int(json.loads(line)["number"]) if line else 0
    except (OSError, ValueError, KeyError):
        return 0


def list_files(place: Path | None = None) -> list[str]:
    """Return the codes of the chains that have a file of checkpoints."""
    return sorted(path.stem for path in (place or folder()).glob("*.jsonl"))


def read_checkpoints(chain: str, key: PublicKeys, place: Path | None = None) -> Iterator[Checkpoint]:
    """Yield the chain's checkpoints in order. Raises BadCheckpoint at a line that is forged, moved or comes after one taken out."""
    before = ""
    path = file_of(chain, place)
    if not path.exists():
        return
    for position, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        if not line.rstrip().endswith(b"}"):
            continue  # half a line, left by a power cut; one cut off on purpose is missed by the next one's `before`
        try:
            values = json.loads(line)
            signature = str(values.pop("signature"))
            point = Checkpoint(**values)
            key.check(point.message, signature)
        except (ValueError, TypeError, KeyError, AttributeError, WrongKey) as problem:
            raise BadCheckpoint(f"检查点文件第 {position} 行不是本系统所签") from problem
        if point.chain != chain or point.before != before:
            raise BadCheckpoint(f"检查点文件第 {position} 行之前缺行或被调换")
        before = hashlib.sha256(line).hexdigest()
        yield point
