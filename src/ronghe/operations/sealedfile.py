"""One encrypted file written and read as a stream: AES-256-GCM (or SM4-GCM) by chunks, the key from a passphrase by scrypt.

The first line says which: RONGHE-BACKUP-1 is AES, RONGHE-BACKUP-2 is SM4; both are read whichever set is in force.

Each chunk's nonce holds its number and whether it is the last, so that chunks can't be swapped, repeated, or cut off unnoticed.
"""

import io
import os
import struct
from typing import BinaryIO

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ronghe.common.crypto import current
from ronghe.common.crypto.suites import FIRST, GUOMI, Suite, WrongKey

MAGICS = {FIRST.code: b"RONGHE-BACKUP-1\n", GUOMI.code: b"RONGHE-BACKUP-2\n"}
MAGIC = 16  # bytes of either
CHUNK = 1024 * 1024
SALT, PREFIX, TAG = 16, 7, 16


class CannotOpen(Exception):
    """The file is none of ours, the passphrase is another, or it is damaged; the text says which."""


def derive_key(passphrase: str, head: bytes, length: int) -> bytes:
    """Return the key by the salt in a file's head: a fifth of a second and 32 MB a guess."""
    return Scrypt(salt=head[MAGIC : MAGIC + SALT], length=length, n=2**15, r=8, p=1).derive(passphrase.encode())


def make_nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


def find_suite(head: bytes) -> Suite:
    """Return the set that a file was encrypted under. Raises CannotOpen for a file that is none of ours."""
    for suite in (FIRST, GUOMI):
        if head.startswith(MAGICS[suite.code]) and len(head) == MAGIC + SALT + PREFIX:
            return suite
    raise CannotOpen("这不是融合的备份文件。")


class SealedWriter(io.RawIOBase):
    """Takes bytes and writes them encrypted; `close()` writes the last chunk, without which the file can't be read."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        super().__init__()
        self._target = target
        self._suite = current.suite()
        self._head = MAGICS[self._suite.code] + os.urandom(SALT) + os.urandom(PREFIX)
        self._key = derive_key(passphrase, self._head, self._suite.stream_key)
        self._number, self._waiting = 0, bytearray()
        target.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._waiting += piece
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
        super().close()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        sealed = self._suite.encrypt(self._key, make_nonce(self._head[-PREFIX:], self._number, last=last), plain, self._head)
        self._target.write(struct.pack(">I", len(sealed)) + sealed)
        self._number += 1


class SealedReader(io.RawIOBase):
    """Gives back the bytes of a SealedWriter. Raises CannotOpen at the first chunk with another passphrase."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        super().__init__()
        self._source = source
        self._head = source.read(MAGIC + SALT + PREFIX)
        self._suite = find_suite(self._head)
        self._key = derive_key(passphrase, self._head, self._suite.stream_key)
        self._number, self._plain, self._ended = 0, b"", False
        self._next = self._read_sealed()
        self._open_next()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._plain and not self._ended:
            self._open_next()
        piece = self._plain[: len(view)]
        view[: len(piece)] = piece
        self._plain = self._plain[len(piece) :]
        return len(piece)

    def _read_sealed(self) -> bytes:
        """Return the next chunk as it lies in the file, empty at its end."""
        size = self._source.read(4)
        if not size:
            return b""
        length = struct.unpack(">I", size)[0] if len(size) == 4 else 0
        sealed = self._source.read(length) if TAG <= length <= CHUNK + TAG else b""
        if len(sealed) != length or not sealed:
            raise CannotOpen("备份文件不完整或已损坏。")
        return sealed

    def _open_next(self) -> None:
        sealed, self._next = self._next, b""
        if sealed:
            self._next = self._read_sealed()
        try:
            nonce = make_nonce(self._head[-PREFIX:], self._number, last=not self._next)
            self._plain = self._suite.decrypt(self._key, nonce, sealed, self._head)
        except WrongKey as problem:
            text = "口令不对(或备份文件开头已损坏)。" if self._number == 0 else "备份文件不完整或已损坏。"
            raise CannotOpen(text) from problem
        self._number += 1
        self._ended = not self._next
