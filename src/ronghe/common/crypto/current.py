"""The set of algorithms in force (RONGHE_CRYPTO), with the keys that this deployment has made for itself."""

from dataclasses import dataclass

from django.conf import settings

from ronghe.common.crypto.suites import FIRST, GUOMI, SUITES, Suite, WrongKey, suite_of_seal, suite_of_signature, write_digest
from ronghe.common.keys import key_path, load_or_make

SIGNING = {FIRST.code: "audit_ed25519", GUOMI.code: "audit_sm2"}
SEALING = {FIRST.code: "sealing_fernet", GUOMI.code: "sealing_sm4"}


def suite() -> Suite:
    """Return the set that is in force."""
    return SUITES[settings.RONGHE_CRYPTO]


def digest(data: bytes) -> str:
    return write_digest(suite(), data)


def signing_key(of: Suite) -> bytes:
    """Return the deployment's private key of a set, made once."""
    return load_or_make(SIGNING[of.code], of.new_signing_key)


def sign(message: bytes) -> str:
    """Return the signature under the set in force: hexadecimal digits behind the tag."""
    now = suite()
    return now.signature_tag + now.sign(signing_key(now), message).hex()


@dataclass(frozen=True)
class PublicKeys:
    """By which signatures are checked: a key for each set that was ever in force, as text 'hex' or 'hex,sm2:hex'."""

    by_suite: dict[str, bytes]

    def check(self, message: bytes, signature: str) -> None:
        """Raise WrongKey where this is no signature of the message by one of these keys."""
        made = suite_of_signature(signature)
        public = self.by_suite.get(made.code)
        if public is None:
            raise WrongKey
        try:
            raw = bytes.fromhex(signature.removeprefix(made.signature_tag))
        except ValueError as problem:
            raise WrongKey from problem
        made.verify(public, message, raw)

    def __str__(self) -> str:
        return ",".join(SUITES[code].signature_tag + public.hex() for code, public in self.by_suite.items())


def public_keys() -> PublicKeys:
    """Return this deployment's public keys: of the set in force, and of the other if it was once."""
    wanted = [one for one in (FIRST, GUOMI) if one is suite() or key_path(SIGNING[one.code]).exists()]
    return PublicKeys({one.code: one.public_of(signing_key(one)) for one in wanted})


def parse_public_keys(text: str) -> PublicKeys:
    """Return the keys of a text that `public_keys` wrote. Raises ValueError for anything else."""
    found = {}
    for part in text.strip().split(","):
        of = suite_of_signature(part)
        raw = bytes.fromhex(part.removeprefix(of.signature_tag))
        if len(raw) != (65 if of is GUOMI else 32):
            raise ValueError(part)
        found[of.code] = raw
    return PublicKeys(found)


def seal(text: str) -> str:
    now = suite()
    return now.seal(load_or_make(SEALING[now.code], now.new_sealing_key), text.encode())


def unseal(sealed: str) -> str:
    """Return what was sealed, under whichever set. Raises WrongKey with another key."""
    made = suite_of_seal(sealed)
    return made.unseal(load_or_make(SEALING[made.code], made.new_sealing_key), sealed).decode()
