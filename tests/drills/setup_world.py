"""Run in the drill's own environment: migrate, make the small world, print the keys of sessions of its 系统管理员 as JSON."""

import json
import os
import sys

import django


def make_session(user):
    """Return the key of a session as a login would have made it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from ronghe.accounts.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def main(count):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.site.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # twenty people in a moment
    call_command("migrate", verbosity=0)
    from tests.people import build_world

    world = build_world()
    keys = [make_session(world.xitong.user) for _ in range(count)]
    print(json.dumps({"keys": keys, "unit": world.unit["注采一站"].pk, "person": world.hejing.pk}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
