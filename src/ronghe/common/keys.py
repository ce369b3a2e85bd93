"""Secret keys that a deployment makes once for itself and keeps beside its data, readable by its owner alone."""

import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings


def key_path(name: str) -> Path:
    """Return where the key of this name is kept. A backup holds the folder too, inside its encryption."""
    return Path(settings.RONGHE_KEYS) / name


def load_or_make(name: str, make: Callable[[], bytes]) -> bytes:
    """Return the key, made and written with mode 0600 the first time. Of two processes that start at once, one makes it."""
    path = key_path(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            handle.write(make())
            handle.flush()
            os.fsync(handle.fileno())
        try:
            os.link(draft, path)  # fails where another process was first; its key counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
