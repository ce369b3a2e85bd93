"""The product's settings, with what only tests need: a quick hasher, a database of their own, no manifest."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("RONGHE_DATA", tempfile.mkdtemp(prefix="ronghe-test-"))
os.environ["RONGHE_DEMO"] = "1"
os.environ["RONGHE_SECRET_KEY"] = "a key for tests only"

from ronghe.site.settings import *  # noqa: F403
from ronghe.site.settings import DATA_DIR, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, not memory: the live server's threads need connections of their own; OFF because a test has no power cut
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
