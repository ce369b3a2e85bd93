"""Small secrets in the database (a robot's address): sealed with a key that lies beside the data, not in it."""

from cryptography.fernet import Fernet, InvalidToken

from ronghe.common.keys import load_or_make

KEY_NAME = "sealing_fernet"


class CannotUnseal(ValueError):
    """The key is another one than the secret was sealed with (restored without its keys)."""


def seal(text: str) -> str:
    """Return the text encrypted."""
    return Fernet(load_or_make(KEY_NAME, Fernet.generate_key)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the text that was sealed. Raises CannotUnseal with another key."""
    try:
        return Fernet(load_or_make(KEY_NAME, Fernet.generate_key)).decrypt(sealed.encode()).decode()
    except InvalidToken as problem:
        raise CannotUnseal("密钥与加密时的不同,请重新填写机器人地址") from problem
