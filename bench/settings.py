"""The product's settings, with two addresses to compare with: a bare signed-in view, and 25 plain rows."""

from ronghe.site.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
