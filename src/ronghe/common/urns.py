"""Sealed counts under keys that lie outside the database and outside every backup: what secret ballots are kept in (docs/adr/0005).

Casting opens the counts, raises some and seals them anew with a fresh nonce: every state has one length and is noise without the key,
which is destroyed at the close. `holders` tells which keys are still in use, so that a sweep takes only what a crash has left.
"""

import os
import secrets
import struct
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from ronghe.common.actions import Refused
from ronghe.common.registry import Registry

NONCE = 12
YOUNG = 3600  # seconds: a key of a ballot that is being opened has no row yet that others could see

# holders: name of a context → function() → the names of the keys that its open ballots need
holders: Registry[Callable[[], set[str]]] = Registry()


def new_name() -> str:
    """Return a name for a key or an urn: drawn, tells nothing."""
    return secrets.token_hex(16)


def key_path(name: str) -> Path:
    """Return where a key lies: outside the database and outside what `ronghe backup` takes."""
    return Path(settings.RONGHE_URNS) / name


def make_key(name: str) -> bytes:
    """Make a key, readable by its owner alone."""
    path = key_path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = AESGCM.generate_key(bit_length=256)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(key)
        handle.flush()
        os.fsync(handle.fileno())
    return key


def read_key(name: str) -> bytes:
    """Return a key. Raises Refused where it is gone: restored from a backup, or on another machine."""
    try:
        return key_path(name).read_bytes()
    except OSError as problem:
        raise Refused(_("票箱的密钥不在了(可能从备份恢复过),已投的票无法计数。请作废这次表决,重新投票。")) from problem


def destroy_key(name: str) -> None:
    """Overwrite and remove a key."""
    path = key_path(name)
    try:
        with path.open("r+b") as handle:
            handle.write(bytes(32))
            handle.flush()
            os.fsync(handle.fileno())
        path.unlink()
    except FileNotFoundError:
        pass


def seal_counts(key: bytes, name: str, counts: Sequence[int]) -> bytes:
    """Return the counts sealed for the urn of this name: always the same length, never the same bytes."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, struct.pack(f">{len(counts)}I", *counts), name.encode())


def open_counts(key: bytes, name: str, sealed: bytes) -> list[int]:
    """Return the counts. Raises Refused where key and urn do not belong together."""
    try:
        packed = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], name.encode())
    except InvalidTag as problem:
        raise Refused(_("票箱打不开,已投的票无法计数。请作废这次表决,重新投票。")) from problem
    return list(struct.unpack(f">{len(packed) // 4}I", packed))


def sweep_keys() -> int:
    """Destroy keys that no open ballot needs: what a crash between commit and removal may have left. Returns how many."""
    folder = Path(settings.RONGHE_URNS)
    if not folder.exists():
        return 0
    on_disk = [path.name for path in folder.iterdir() if time.time() - path.stat().st_mtime > YOUNG]
    live: set[str] = set()
    for names in holders.values():
        live |= names()
    left = [name for name in on_disk if name not in live]
    for name in left:
        destroy_key(name)
    return len(left)
