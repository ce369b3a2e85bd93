"""The product's settings with a quick password hasher: some twenty people log in here on a busy machine."""

from ronghe.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
