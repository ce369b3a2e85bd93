"""Small secrets in the database (a robot's address): sealed with a key that lies beside the data, not in it."""

from ronghe.common.crypto import current
from ronghe.common.crypto.suites import WrongKey


class CannotUnseal(ValueError):
    """The key is another one than the secret was sealed with (restored without its keys)."""


def seal(text: str) -> str:
    """Return the text encrypted under the set of algorithms in force."""
    return current.seal(text)


def unseal(sealed: str) -> str:
    """Return the text that was sealed. Raises CannotUnseal with another key."""
    try:
        return current.unseal(sealed)
    except WrongKey as problem:
        raise CannotUnseal("密钥与加密时的不同,请重新填写机器人地址") from problem
