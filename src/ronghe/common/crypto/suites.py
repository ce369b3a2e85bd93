"""The two sets of algorithms. No Django here: keys come in as bytes.

| | international | guomi |
|---|---|---|
| digest | SHA-256 | SM3 (GB/T 32905) |
| signature | Ed25519 | SM2 with SM3 (GB/T 32918), user 1234567812345678 |
| seal | Fernet; AES-256-GCM by chunks | SM4-GCM (GB/T 32907) |

Values of the international set have no tag: they are what the product has written from its first day. The others begin with theirs.
"""

import base64
import hashlib
import secrets
from abc import ABC, abstractmethod

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SM2_USER = b"1234567812345678"  # the usual identity where none is agreed (GB/T 35276)
NONCE, TAG = 12, 16


class WrongKey(ValueError):
    """What was sealed or signed does not go with this key, or has been changed."""


class Suite(ABC):
    """One set of algorithms. `code` is what RONGHE_CRYPTO names it, the tags stand before its values."""

    code: str
    title: str
    digest_name: str
    digest_tag: str
    signature_tag: str
    seal_tag: str
    stream_key: int  # bytes of a key for `encrypt`

    @abstractmethod
    def hash(self, data: bytes) -> bytes:
        """Return the 32 bytes of the digest."""

    @abstractmethod
    def new_signing_key(self) -> bytes: ...

    @abstractmethod
    def public_of(self, private: bytes) -> bytes: ...

    @abstractmethod
    def sign(self, private: bytes, message: bytes) -> bytes: ...

    @abstractmethod
    def verify(self, public: bytes, message: bytes, signature: bytes) -> None:
        """Raise WrongKey where the signature is not of this message by this key."""

    @abstractmethod
    def new_sealing_key(self) -> bytes: ...

    @abstractmethod
    def seal(self, key: bytes, data: bytes) -> str: ...

    @abstractmethod
    def unseal(self, key: bytes, text: str) -> bytes:
        """Raise WrongKey where it was sealed under another key or has been changed."""

    @abstractmethod
    def encrypt(self, key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes: ...

    @abstractmethod
    def decrypt(self, key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Raise WrongKey where key, nonce or associated data are others, or the bytes were changed."""


class International(Suite):
    code, title = "international", "SHA-256、Ed25519、AES"
    digest_name, digest_tag, signature_tag, seal_tag, stream_key = "SHA-256", "", "", "", 32

    def hash(self, data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    def new_signing_key(self) -> bytes:
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def public_of(self, private: bytes) -> bytes:
        key = Ed25519PrivateKey.from_private_bytes(private).public_key()
        return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)

    def sign(self, private: bytes, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(private).sign(message)

    def verify(self, public: bytes, message: bytes, signature: bytes) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError) as problem:
            raise WrongKey from problem

    def new_sealing_key(self) -> bytes:
        return Fernet.generate_key()

    def seal(self, key: bytes, data: bytes) -> str:
        return Fernet(key).encrypt(data).decode()

    def unseal(self, key: bytes, text: str) -> bytes:
        try:
            return Fernet(key).decrypt(text.encode())
        except (InvalidToken, ValueError) as problem:
            raise WrongKey from problem

    def encrypt(self, key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        return AESGCM(key).encrypt(nonce, data, associated)

    def decrypt(self, key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(nonce, sealed, associated)
        except (InvalidTag, ValueError) as problem:
            raise WrongKey from problem


class Guomi(Suite):
    code, title = "guomi", "SM3、SM2、SM4"
    digest_name, digest_tag, signature_tag, seal_tag, stream_key = "SM3", "sm3:", "sm2:", "sm4:", 16

    def hash(self, data: bytes) -> bytes:
        hasher = hashes.Hash(hashes.SM3())
        hasher.update(data)
        return hasher.finalize()

    def new_signing_key(self) -> bytes:
        from gmalg import SM2  # noqa: PLC0415  (pure Python: only where it is used)

        private, _public = SM2().generate_keypair()
        return bytes(private)

    def public_of(self, private: bytes) -> bytes:
        from gmalg import SM2  # noqa: PLC0415

        return bytes(SM2().generate_pk(private))

    def sign(self, private: bytes, message: bytes) -> bytes:
        from gmalg import SM2  # noqa: PLC0415

        r, s = SM2(private, SM2_USER, self.public_of(private)).sign(message)
        return bytes(r) + bytes(s)

    def verify(self, public: bytes, message: bytes, signature: bytes) -> None:
        from gmalg import SM2  # noqa: PLC0415
        from gmalg.errors import GMError  # noqa: PLC0415

        try:
            good = (
                len(signature) == 64
                and SM2().verify_pk(public)
                and SM2(None, SM2_USER, public).verify(message, signature[:32], signature[32:])
            )
        except (GMError, ValueError, TypeError, IndexError) as problem:
            raise WrongKey from problem
        if not good:
            raise WrongKey

    def new_sealing_key(self) -> bytes:
        return secrets.token_bytes(16)

    def seal(self, key: bytes, data: bytes) -> str:
        nonce = secrets.token_bytes(NONCE)
        return self.seal_tag + base64.urlsafe_b64encode(nonce + self.encrypt(key, nonce, data, b"")).decode()

    def unseal(self, key: bytes, text: str) -> bytes:
        try:
            raw = base64.urlsafe_b64decode(text.removeprefix(self.seal_tag))
        except ValueError as problem:
            raise WrongKey from problem
        return self.decrypt(key, raw[:NONCE], raw[NONCE:], b"")

    def encrypt(self, key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        work = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
        work.authenticate_additional_data(associated)
        return work.update(data) + work.finalize() + work.tag

    def decrypt(self, key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        try:
            work = Cipher(algorithms.SM4(key), modes.GCM(nonce, sealed[-TAG:])).decryptor()
            work.authenticate_additional_data(associated)
            return work.update(sealed[:-TAG]) + work.finalize()
        except (InvalidTag, ValueError) as problem:
            raise WrongKey from problem


SUITES: dict[str, Suite] = {suite.code: suite for suite in (International(), Guomi())}
FIRST, GUOMI = SUITES["international"], SUITES["guomi"]


def suite_of_digest(text: str) -> Suite:
    """Return the set under which a digest was made."""
    return GUOMI if text.startswith(GUOMI.digest_tag) else FIRST


def suite_of_signature(text: str) -> Suite:
    return GUOMI if text.startswith(GUOMI.signature_tag) else FIRST


def suite_of_seal(text: str) -> Suite:
    return GUOMI if text.startswith(GUOMI.seal_tag) else FIRST


def write_digest(suite: Suite, data: bytes) -> str:
    """Return the digest in hexadecimal digits, behind its tag."""
    return suite.digest_tag + suite.hash(data).hex()


def is_digest_of(text: str, data: bytes) -> bool:
    """Tell whether a digest of whichever set is that of the data."""
    return secrets.compare_digest(text, write_digest(suite_of_digest(text), data))
